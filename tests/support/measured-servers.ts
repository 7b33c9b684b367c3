/**
 * Servers measured side by side in benchmarks: the relay and the bare broadcast, each a process of its own that tells what it
 * has used (measured-process.mjs), and the people at them, who are one more process. Starts, asks and ends; judges nothing.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from './free-port.ts';
import { type ApiUser, type RelayProcess, startRelay, type TestCase } from './relay-process.ts';

const REPORTER = ['--import', pathToFileURL(join(import.meta.dirname, 'measured-process.mjs')).href];
/** Below the relay's bounds of sockets and of rooms of one person. */
const SOCKETS_PER_MEMBER = 20;
/** The relay shares its time among people: a crowd is no crowd when two have all the sockets. */
const MEMBERS_AT_LEAST = 30;

export interface MeasuredRelay {
  readonly relay: RelayProcess;
  readonly figuresPort: number;
}

interface BareServer {
  readonly child: ChildProcess;
  readonly port: number;
  readonly figuresPort: number;
}

/** Where somebody sits: a room, and as whom. */
export interface Place {
  readonly url: string;
  readonly cookie: string;
  readonly origin: string;
}

/** @param dataDirectory a new one when left out. @param program another build's; this one's when left out */
export async function startMeasuredRelay(
  dataDirectory?: string,
  program?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredRelay> {
  const figuresPort = await freePort();
  const relay = await startRelay({
    env: { ...env, NODE_OPTIONS: REPORTER.join(' '), FIGURES_PORT: String(figuresPort) },
    ...(dataDirectory !== undefined && { dataDirectory }),
    ...(program !== undefined && { program }),
  });
  return { relay, figuresPort };
}

/** @param logPath what it is sent is first made durable there */
export async function startBare(logPath?: string, env: Readonly<Record<string, string>> = {}): Promise<BareServer> {
  const figuresPort = await freePort();
  const program = join(import.meta.dirname, 'bare-broadcast.mjs');
  const child = spawn(process.execPath, [...REPORTER, program, ...(logPath === undefined ? [] : [logPath])], {
    env: { ...process.env, ...env, FIGURES_PORT: String(figuresPort) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (text) => resolve(Number(text))));
  return { child, port, figuresPort };
}

/** What a measured server answers at this path (measured-process.mjs). */
export async function askServer<Answer>(figuresPort: number, path: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${figuresPort}${path}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

/** As many members of the case as so many places need, and at least a crowd. */
export async function membersFor(house: TestCase, places: number): Promise<ApiUser[]> {
  const count = Math.max(Math.min(places, MEMBERS_AT_LEAST), Math.ceil(places / SOCKETS_PER_MEMBER));
  const members: ApiUser[] = [];
  while (members.length < count) {
    members.push(await house.addMember(`member ${members.length}`, 'mediator'));
  }
  return members;
}

/** Case notes of the case, as many rooms. */
export async function documentsFor(house: TestCase, rooms: number): Promise<string[]> {
  const documents: string[] = [];
  while (documents.length < rooms) documents.push(await house.addDocument('caseNote'));
  return documents;
}

/** So many people at the body of each document, in the relay. */
export function placesIn(
  relay: RelayProcess,
  { documents, people, members }: { documents: readonly string[]; people: number; members: readonly ApiUser[] },
): Place[] {
  return documents.flatMap((documentId, room) =>
    Array.from({ length: people }, (_, n) => {
      const member = members[(room * people + n) % members.length];
      const url = `${relay.origin.replace(/^http/, 'ws')}/sync/${documentId}/body`;
      return { url, cookie: member?.cookie ?? '', origin: relay.origin };
    }),
  );
}

/** The same place in another server. */
export function placeAt(place: Place, port: number): Place {
  return { ...place, url: `ws://127.0.0.1:${port}${new URL(place.url).pathname}` };
}

/** Asks the people in typing-load.mjs. */
export type People = <Answer>(message: object) => Promise<Answer>;

/** People at these places, who leave when it is done. @param isShown they show who they are, and say what they lack and have */
export async function withPeopleAt<Result>(
  { places, isShown = false }: { readonly places: readonly Place[]; readonly isShown?: boolean },
  act: (people: People) => Promise<Result>,
): Promise<Result> {
  const load = fork(join(import.meta.dirname, 'typing-load.mjs'));
  const ended = new Promise<never>((_, reject) =>
    load.once('exit', () => reject(new Error('the people were cut off'))),
  );
  const people: People = (message) => {
    const answered = new Promise<never>((resolve, reject) => {
      load.once('message', (answer: { done?: never; failed?: string }) => {
        if (answer.done === undefined) reject(new Error(answer.failed));
        else resolve(answer.done);
      });
      load.send(message);
    });
    return Promise.race([answered, ended]);
  };
  try {
    await people({ join: places, isShown });
    return await Promise.race([act(people), ended]);
  } finally {
    load.kill('SIGKILL');
  }
}
