/**
 * What the relay's care costs beside forwarding bytes: the same people typing the same characters through the relay, which
 * checks, stores and then forwards, and through a bare broadcast, each server a process of its own, in turns.
 * `--profile` writes the relay's CPU profile of each part into the folder PROFILE_DIR, else the one it is run from;
 * `--part=<words>` runs only the parts whose name holds these words.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { type ApiUser, type RelayProcess, setUpCase, startRelay } from '../support/relay-process.ts';
import type { Bench, Figure } from './figure.ts';

const SUPPORT = join(import.meta.dirname, '../support');
const REPORTER = ['--import', pathToFileURL(join(SUPPORT, 'measured-process.mjs')).href];
/** Below the relay's bound of sockets of one person. */
const SOCKETS_PER_MEMBER = 100;
const SECONDS = 5;
const SATURATED_MS = 250;

interface Part {
  readonly name: string;
  readonly rooms: number;
  readonly people: number;
  /** Edits per second in all rooms together. */
  readonly perSecond: number;
  /** At most this CPU per delivery, against the bare broadcast's. */
  readonly bar?: number;
}

const PARTS: readonly Part[] = [
  { name: '50 people in a room', rooms: 1, people: 50, perSecond: 100, bar: 1.3 },
  { name: '200 people in a room', rooms: 1, people: 200, perSecond: 40, bar: 1.2 },
  { name: '300 rooms of two', rooms: 300, people: 2, perSecond: 1_000 },
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

const bench: Bench = {
  title: 'relay beside a bare broadcast',
  run: async () => {
    const cpuPort = await freePort();
    const nodeOptions = REPORTER.join(' ');
    const relay = await startRelay({ env: { NODE_OPTIONS: nodeOptions, CPU_PORT: String(cpuPort) } });
    const bare = await startBare();
    try {
      const house = await setUpCase(relay);
      const members: ApiUser[] = [];
      for (let n = 0; n < 7; n++) members.push(await house.addMember(`typist ${n}`, 'mediator'));
      const figures: Figure[] = [];
      for (const part of askedParts()) {
        const documents: string[] = [];
        for (let n = 0; n < part.rooms; n++) documents.push(await house.addDocument('caseNote'));
        const ours = { cpuPort, places: placesOf(part, relay, documents, members) };
        const theirs = { cpuPort: bare.cpuPort, places: ours.places.map((place) => atBare(place, relay, bare.port)) };
        figures.push(...(await compare(part, ours, theirs)));
      }
      return figures;
    } finally {
      bare.child.kill('SIGTERM');
      await relay.stop('SIGTERM');
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

async function compare(part: Part, ours: Served, theirs: Served): Promise<Figure[]> {
  const bare = await serve(part, theirs, null);
  const isProfiled = process.argv.includes('--profile');
  const file = join(process.env.PROFILE_DIR ?? process.cwd(), `relay-${part.name.replaceAll(' ', '-')}.cpuprofile`);
  const relay = await serve(part, ours, isProfiled ? file : null);
  const of = 'a bare broadcast';
  const ratio = (value: number, bar?: number) => ({ of, value, ...(bar !== undefined && { bar }) });
  return [
    {
      name: `${part.name}: CPU per delivery`,
      value: `${relay.cpu.toFixed(1)} µs`,
      ratio: ratio(relay.cpu / bare.cpu, part.bar),
    },
    {
      name: `${part.name}: from hand to hand (p50)`,
      value: `${relay.p50.toFixed(1)} ms`,
      ratio: ratio(relay.p50 / bare.p50),
    },
    {
      name: `${part.name}: from hand to hand (p99)`,
      value: `${relay.p99.toFixed(1)} ms`,
      ratio: ratio(relay.p99 / bare.p99),
    },
    {
      name: `${part.name}: deliveries per second until p99 is over ${SATURATED_MS} ms`,
      value: relay.most.toFixed(0),
      ratio: ratio(relay.most / bare.most),
    },
  ];
}

/** One server, one part: what a delivery costs at an easy pace, then how many it can do. */
async function serve(part: Part, { cpuPort, places }: Served, profile: string | null) {
  const load = fork(join(SUPPORT, 'typing-load.mjs'));
  try {
    const type = (perSecond: number) =>
      asked<Measured>(load, { type: { perSecond, seconds: SECONDS, people: part.people } });
    await asked(load, { join: places });
    // Compiles the code and lets every session be greeted before anything is counted: a relay runs for weeks.
    await type(part.perSecond * 5);
    if (profile !== null) await ask(cpuPort, '/profile');
    const before = await cpuOf(cpuPort);
    const easy = await type(part.perSecond);
    const cpu = ((await cpuOf(cpuPort)) - before) / easy.deliveries;
    if (profile !== null) await ask(cpuPort, `/write/${encodeURIComponent(profile)}`);
    if (easy.deliveries < easy.wanted) throw new Error(`${easy.wanted - easy.deliveries} edits did not arrive`);
    let most = 0;
    for (let pace = part.perSecond * 2; pace < part.perSecond * 2_000; pace *= 1.5) {
      const { deliveries, wanted, p99, ms } = await type(pace);
      if (deliveries < wanted || p99 > SATURATED_MS) break;
      most = (deliveries * 1000) / ms;
    }
    return { cpu, p50: easy.p50, p99: easy.p99, most };
  } finally {
    load.kill('SIGKILL');
  }
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

async function startBare(): Promise<{ child: ChildProcess; port: number; cpuPort: number }> {
  const cpuPort = await freePort();
  const child = spawn(process.execPath, [...REPORTER, join(SUPPORT, 'bare-broadcast.mjs')], {
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

async function ask(cpuPort: number, path: string): Promise<{ microseconds: number }> {
  const response = await fetch(`http://127.0.0.1:${cpuPort}${path}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { microseconds: number };
}

const cpuOf = async (cpuPort: number) => (await ask(cpuPort, '/')).microseconds;

export default bench;
