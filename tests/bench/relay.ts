/**
 * What the relay's care costs beside forwarding bytes: the same people typing the same characters through the relay, which
 * checks, stores and then forwards, through a bare broadcast, and through one that appends to a log first, each server a
 * process of its own, in turns.
 * `--profile` writes the relay's CPU profile of each part into the folder PROFILE_DIR, else the one it is run from;
 * `--part=<words>` runs only the parts whose name holds these words.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { type ApiUser, type RelayProcess, setUpCase, startRelay } from '../support/relay-process.ts';
import type { Bench, Figure } from './figure.ts';

const SUPPORT = join(import.meta.dirname, '../support');
const REPORTER = ['--import', pathToFileURL(join(SUPPORT, 'measured-process.mjs')).href];
/** Below the relay's bound of sockets of one person. */
const SOCKETS_PER_MEMBER = 100;
const SECONDS = 5;
/** Deliveries per second, and for how long, before anything is counted. */
const WARM_UP = { perSecond: 50_000, seconds: 10 };
const SATURATED_MS = 250;
/** The fastest pace in time is known to this factor. */
const NARROW = 1.1;

interface Part {
  readonly name: string;
  readonly rooms: number;
  readonly people: number;
  /** Edits per second in all rooms together. */
  readonly perSecond: number;
  /** At most this against the bare broadcast's: CPU per delivery, typical delay; at least this: deliveries per second. */
  readonly bars: { readonly cpu?: number; readonly p50?: number; readonly most?: number; readonly memory?: number };
}

const PARTS: readonly Part[] = [
  { name: '50 people in a room', rooms: 1, people: 50, perSecond: 100, bars: { cpu: 1.3, p50: 2, most: 5 } },
  { name: '200 people in a room', rooms: 1, people: 200, perSecond: 40, bars: { cpu: 1.2, p50: 2, most: 5 } },
  { name: '1,500 rooms of two', rooms: 1_500, people: 2, perSecond: 1_000, bars: { most: 0.8, memory: 1.3 } },
];

interface Measured {
  readonly deliveries: number;
  readonly wanted: number;
  readonly p50: number;
  readonly p99: number;
  readonly ms: number;
}

interface Place {
  readonly url: string;
  readonly cookie: string;
  readonly origin: string;
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly cpuPort: number;
}

const bench: Bench = {
  title: 'relay beside a bare broadcast',
  run: async () => {
    const parts = askedParts();
    const cpuPort = await freePort();
    const nodeOptions = REPORTER.join(' ');
    const relay = await startRelay({ env: { NODE_OPTIONS: nodeOptions, CPU_PORT: String(cpuPort) } });
    const folder = mkdtempSync(join(tmpdir(), 'concord-log-'));
    const bare = await startBare();
    const log = await startBare(join(folder, 'log'));
    try {
      const house = await setUpCase(relay);
      const members: ApiUser[] = [];
      const sockets = Math.max(...parts.map(({ rooms, people }) => rooms * people));
      while (members.length * SOCKETS_PER_MEMBER < sockets) {
        members.push(await house.addMember(`typist ${members.length}`, 'mediator'));
      }
      const figures: Figure[] = [];
      for (const part of parts) {
        const documents: string[] = [];
        for (let n = 0; n < part.rooms; n++) documents.push(await house.addDocument('caseNote'));
        const places = placesOf(part, relay, documents, members);
        const at = (server: Server) => ({
          cpuPort: server.cpuPort,
          places: places.map((place) => atBare(place, relay, server.port)),
        });
        figures.push(...(await compare(part, { cpuPort, places }, at(bare), at(log))));
      }
      return figures;
    } finally {
      bare.child.kill('SIGTERM');
      log.child.kill('SIGTERM');
      await relay.stop('SIGTERM');
      for (const directory of [folder, relay.dataDirectory]) rmSync(directory, { recursive: true, force: true });
    }
  },
};

function askedParts(): readonly Part[] {
  const words = process.argv.find((word) => word.startsWith('--part='))?.slice('--part='.length) ?? '';
  return PARTS.filter(({ name }) => name.includes(words));
}

interface Served {
  readonly cpuPort: number;
  readonly places: readonly Place[];
}

/** The relay, and a log without a gate, each against the bare broadcast. */
async function compare(part: Part, ours: Served, bareServed: Served, logServed: Served): Promise<Figure[]> {
  const bare = await serve(part, bareServed, null);
  const log = await serve(part, logServed, null);
  const isProfiled = process.argv.includes('--profile');
  const file = join(process.env.PROFILE_DIR ?? process.cwd(), `relay-${part.name.replaceAll(' ', '-')}.cpuprofile`);
  const relay = await serve(part, ours, isProfiled ? file : null);
  const figures = (of: keyof typeof bare, name: string, say: (value: number) => string, isMost = false) => {
    const { bars } = part;
    const bar = of in bars ? bars[of as keyof typeof bars] : undefined;
    const against = (value: number) => ({ of: 'a bare broadcast', value: value / bare[of] });
    return [
      {
        name: `${part.name}: ${name}`,
        value: say(relay[of]),
        ratio: { ...against(relay[of]), ...(bar !== undefined && { [isMost ? 'floor' : 'bar']: bar }) },
      },
      { name: `${part.name}: ${name}, a log alone`, value: say(log[of]), ratio: against(log[of]) },
    ];
  };
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  return [
    ...figures('cpu', 'CPU per delivery', (value) => `${value.toFixed(1)} µs`),
    ...figures('p50', 'from hand to hand (p50)', ms),
    ...figures('p99', 'from hand to hand (p99)', ms),
    ...figures('most', `deliveries per second until p99 is over ${SATURATED_MS} ms`, (value) => value.toFixed(0), true),
    ...figures('memory', 'memory of an open idle room', (value) => `${(value / 1024).toFixed(0)} KB`),
  ];
}

/**
 * One server, one part: what a delivery costs at an easy pace, how many it can do, and what a room costs in which nobody
 * writes after that.
 */
async function serve(part: Part, { cpuPort, places }: Served, profile: string | null) {
  const costs = await withTypists(places, async (type) => {
    // Compiles the code and lets every session be greeted before anything is counted: a relay runs for weeks.
    await type(part, Math.min(WARM_UP.perSecond / (part.people - 1), part.perSecond * 10), WARM_UP.seconds);
    if (profile !== null) await ask(cpuPort, '/profile');
    const before = await cpuOf(cpuPort);
    const easy = await type(part, part.perSecond);
    const cpu = ((await cpuOf(cpuPort)) - before) / easy.deliveries;
    if (profile !== null) await ask(cpuPort, `/write/${encodeURIComponent(profile)}`);
    if (easy.deliveries < easy.wanted) throw new Error(`${easy.wanted - easy.deliveries} edits did not arrive`);
    const most = await mostPerSecond(part, type);
    return { cpu, p50: easy.p50, p99: easy.p99, most };
  });
  const empty = await settledMemory(cpuPort);
  const memory = await withTypists(places, async () => ((await settledMemory(cpuPort)) - empty) / part.rooms);
  return { ...costs, memory };
}

type Typing = (part: Part, perSecond: number, seconds?: number) => Promise<Measured>;

/** Deliveries per second at the fastest pace that is still in time: doubled until it is not, then narrowed down. */
async function mostPerSecond(part: Part, type: Typing): Promise<number> {
  let inTime = { perSecond: part.perSecond, deliveriesPerSecond: 0 };
  let tooLate = Number.POSITIVE_INFINITY;
  while (tooLate / inTime.perSecond > NARROW) {
    const perSecond =
      tooLate === Number.POSITIVE_INFINITY ? inTime.perSecond * 2 : Math.sqrt(inTime.perSecond * tooLate);
    const { deliveries, wanted, p99, ms } = await type(part, perSecond);
    if (deliveries < wanted || p99 > SATURATED_MS) tooLate = perSecond;
    else inTime = { perSecond, deliveriesPerSecond: (deliveries * 1000) / ms };
  }
  return inTime.deliveriesPerSecond;
}

/** People at these places, who leave when it is done. */
async function withTypists<Result>(places: readonly Place[], act: (type: Typing) => Promise<Result>): Promise<Result> {
  const load = fork(join(SUPPORT, 'typing-load.mjs'));
  try {
    await asked(load, { join: places });
    return await act(({ people }, perSecond, seconds = SECONDS) => {
      return asked<Measured>(load, { type: { perSecond, seconds, people } });
    });
  } finally {
    load.kill('SIGKILL');
  }
}

/** What a server keeps when it has done what there was to do: the least that is seen until it grows no smaller. */
async function settledMemory(cpuPort: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let unchanged = 0; unchanged < 3; unchanged++) {
    await delay(500);
    const { heapBytes } = await ask<{ heapBytes: number }>(cpuPort, '/memory');
    if (heapBytes < least * 0.99) unchanged = 0;
    least = Math.min(least, heapBytes);
  }
  return least;
}

function placesOf(part: Part, relay: RelayProcess, documents: readonly string[], members: readonly ApiUser[]): Place[] {
  return documents.flatMap((documentId, room) =>
    Array.from({ length: part.people }, (_, n) => {
      const member = members[Math.floor((room * part.people + n) / SOCKETS_PER_MEMBER) % members.length];
      const url = `${relay.origin.replace(/^http/, 'ws')}/sync/${documentId}/body`;
      return { url, cookie: member?.cookie ?? '', origin: relay.origin };
    }),
  );
}

function atBare(place: Place, relay: RelayProcess, port: number): Place {
  return { ...place, url: place.url.replace(relay.origin.replace(/^http/, 'ws'), `ws://127.0.0.1:${port}`) };
}

/** @param logPath what it is sent is first made durable there */
async function startBare(logPath?: string): Promise<Server> {
  const cpuPort = await freePort();
  const words = [...REPORTER, join(SUPPORT, 'bare-broadcast.mjs'), ...(logPath === undefined ? [] : [logPath])];
  const child = spawn(process.execPath, words, {
    env: { ...process.env, CPU_PORT: String(cpuPort) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (text) => resolve(Number(text))));
  return { child, port, cpuPort };
}

function asked<Answer>(load: ChildProcess, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    load.once('message', (answer: { done?: Answer; failed?: string }) => {
      if (answer.done === undefined) reject(new Error(answer.failed));
      else resolve(answer.done);
    });
    load.send(message);
  });
}

async function ask<Answer>(cpuPort: number, path: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${cpuPort}${path}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

const cpuOf = async (cpuPort: number) => (await ask<{ microseconds: number }>(cpuPort, '/')).microseconds;

export default bench;
