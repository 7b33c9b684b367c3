/**
 * The real relay as a child process on a directory of its own, and a script's way in: sign-in, people, cases, documents.
 * Used by the tests of the process and by browser tests. Whoever starts one stops it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Audience, Role } from '../../shared/permissions.ts';
import type { DocumentKind } from '../../shared/vocabulary.ts';
import { buildIfStale } from '../../sync-server/build.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OWN = join(ROOT, 'dist/server/main.js');
const READY = /Concord is ready at (\S+)/;

export interface RelayProcess {
  readonly origin: string;
  readonly dataDirectory: string;
  readonly pid: number;
  /** Everything it has printed. */
  output(): string;
  /** Its exit code once it has ended, for whatever reason; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Sends the signal and waits for the end; the exit code, null when a signal ended it. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface RelayOptions {
  /** A new temporary one when left out. */
  readonly dataDirectory?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Arguments of Node itself. */
  readonly nodeArgs?: readonly string[];
  /** The largest file it may write, in units of the shell's `ulimit -f`: a disk that is full at some point. */
  readonly fileLimit?: number;
  /** Also build the client, for tests that open pages. */
  readonly withClient?: boolean;
  /** Another build's dist/server/main.js. */
  readonly program?: string;
}

/** Runs dist/server/main.js until it has ended; what it printed and its exit code. */
export async function runRelay(options: RelayOptions): Promise<{ code: number | null; output: string }> {
  const { child, output } = await spawnRelay(options);
  const code = await ended(child);
  return { code, output: output() };
}

/** Starts a relay on a free port and waits until it listens. */
export async function startRelay(options: RelayOptions = {}): Promise<RelayProcess> {
  const { child, output, dataDirectory } = await spawnRelay(options);
  const origin = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = READY.exec(output())?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`the relay ended with ${code}: ${output()}`)));
  });
  const whenEnded = ended(child);
  return {
    origin,
    dataDirectory,
    pid: child.pid ?? 0,
    output,
    ended: whenEnded,
    stop: async (signal) => {
      child.kill(signal);
      return whenEnded;
    },
  };
}

async function spawnRelay(options: RelayOptions) {
  const { dataDirectory, env = {}, args = [], nodeArgs = [], withClient = false, program = OWN, fileLimit } = options;
  await buildIfStale('server');
  if (withClient) await buildIfStale('client');
  const directory = dataDirectory ?? mkdtempSync(join(tmpdir(), 'concord-test-'));
  const command = [process.execPath, ...nodeArgs, program, ...args];
  const [first = '', ...rest] =
    fileLimit === undefined ? command : ['sh', '-c', `ulimit -f ${fileLimit}; exec "$@"`, 'sh', ...command];
  const child = spawn(first, rest, {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      CONCORD_DATA_DIR: directory,
      CONCORD_LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed += text;
    });
  }
  return { child, output: () => printed, dataDirectory: directory };
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

/** Somebody signed in: asks the API in their name. */
export interface ApiUser {
  readonly personId: string;
  readonly cookie: string;
  ask(method: string, path: string, body?: unknown): Promise<Response>;
}

export const TEST_PASSWORD = 'test-password-1';

/** Asks without a session. */
export function ask(origin: string, method: string, path: string, body?: unknown, cookie = ''): Promise<Response> {
  return fetch(origin + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), cookie },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The cookie of an answer that opened a session; empty when it did not. */
function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Signs in. Throws when it is refused. */
export async function signIn(origin: string, name: string, password: string): Promise<ApiUser> {
  const response = await ask(origin, 'POST', '/api/session', { name, password });
  if (response.status !== 204) throw new Error(`sign-in of ${name}: ${response.status}`);
  return userOf(origin, cookieOf(response));
}

async function userOf(origin: string, cookie: string): Promise<ApiUser> {
  const me = (await (await ask(origin, 'GET', '/api/session', undefined, cookie)).json()) as {
    person: { personId: string };
  };
  return {
    personId: me.person.personId,
    cookie,
    ask: (method, path, body) => ask(origin, method, path, body, cookie),
  };
}

/** A house with an administrator, one agency, and people in it by role, all members of one case. */
export interface TestCase {
  readonly administrator: ApiUser;
  readonly agencyId: string;
  readonly caseId: string;
  /** Signs in a new member. */
  addMember(name: string, role: Role): Promise<ApiUser>;
  addDocument(kind?: DocumentKind, audience?: Audience): Promise<string>;
}

/** Sets up a fresh relay with a case whose host is the administrator. */
export async function setUpCase(relay: RelayProcess): Promise<TestCase> {
  const { origin } = relay;
  const token = /#setup=(\S+)/.exec(relay.output())?.[1] ?? '';
  const response = await ask(origin, 'POST', '/api/setup', {
    token,
    name: 'administrator',
    password: TEST_PASSWORD,
    agencyName: '云城区司法局',
    agencyMark: '云城',
  });
  if (response.status !== 204) throw new Error(`setup: ${response.status} ${await response.text()}`);
  const administrator = await userOf(origin, cookieOf(response));
  const me = (await (await administrator.ask('GET', '/api/session')).json()) as { agencies: { agencyId: string }[] };
  const agencyId = me.agencies[0]?.agencyId ?? '';
  const caseId = randomUUID();
  await expectOk(
    administrator.ask('PUT', `/api/cases/${caseId}`, { title: '欠薪', category: 'wageArrears', agencyId }),
  );
  return {
    administrator,
    agencyId,
    caseId,
    addMember: async (name, role) => {
      const personId = randomUUID();
      const person = { name, password: TEST_PASSWORD, agencyIds: [agencyId], isAdministrator: false };
      await expectOk(administrator.ask('PUT', `/api/people/${personId}`, person));
      const command = { commandId: randomUUID(), type: 'inviteMember', caseId, personId, agencyId, role };
      await expectOk(administrator.ask('POST', '/api/commands', command));
      return signIn(origin, name, TEST_PASSWORD);
    },
    addDocument: async (kind = 'jointMinutes', audience = 'joint') => {
      const documentId = randomUUID();
      const input = { caseId, kind, title: '会议纪要', audience };
      await expectOk(administrator.ask('PUT', `/api/documents/${documentId}`, input));
      return documentId;
    },
  };
}

/** Waits for an answer and fails unless it is a yes. */
export async function expectOk(asked: Promise<Response>): Promise<Response> {
  const response = await asked;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response;
}
