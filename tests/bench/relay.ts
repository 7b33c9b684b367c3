/**
 * What the relay's care costs beside forwarding bytes: the same people typing the same characters through the relay, which
 * checks, stores and then forwards, through a bare broadcast, and through one that appends to a log first, each server a
 * process of its own, in turns.
 * `--profile` writes the relay's CPU profile of each part into the folder PROFILE_DIR, else the one it is run from;
 * `--part=<words>` runs only the parts whose name holds these words.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  askServer,
  documentsFor,
  membersFor,
  type Place,
  placeAt,
  placesIn,
  startBare,
  startMeasuredRelay,
  withPeopleAt,
} from '../support/measured-servers.ts';
import { setUpCase } from '../support/relay-process.ts';
import type { Bench, Figure } from './figure.ts';

const SECONDS = 5;
/** Deliveries per second, and for how long, before anything is counted. */
const WARM_UP = { perSecond: 50_000, seconds: 30 };
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
  readonly bars: { readonly cpu?: number; readonly p50?: number; readonly most?: number };
}

const PARTS: readonly Part[] = [
  { name: '50 people in a room', rooms: 1, people: 50, perSecond: 100, bars: { cpu: 1.3, p50: 2, most: 5 } },
  { name: '200 people in a room', rooms: 1, people: 200, perSecond: 40, bars: { cpu: 1.2, p50: 2, most: 5 } },
  { name: '1,500 rooms of two', rooms: 1_500, people: 2, perSecond: 1_000, bars: { most: 0.8 } },
];

interface Measured {
  readonly deliveries: number;
  readonly wanted: number;
  readonly p50: number;
  readonly p99: number;
  readonly ms: number;
}

const bench: Bench = {
  title: 'relay beside a bare broadcast',
  run: async () => {
    const parts = askedParts();
    const { relay, figuresPort } = await startMeasuredRelay();
    const folder = mkdtempSync(join(tmpdir(), 'concord-log-'));
    const bare = await startBare();
    const log = await startBare(join(folder, 'log'));
    try {
      const house = await setUpCase(relay);
      const members = await membersFor(house, Math.max(...parts.map(({ rooms, people }) => rooms * people)));
      const figures: Figure[] = [];
      for (const part of parts) {
        const documents = await documentsFor(house, part.rooms);
        const places = placesIn(relay, { documents, people: part.people, members });
        const at = (server: typeof bare) => ({
          figuresPort: server.figuresPort,
          places: places.map((place) => placeAt(place, server.port)),
        });
        figures.push(...(await compare(part, { figuresPort, places }, at(bare), at(log))));
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
  readonly figuresPort: number;
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
  ];
}

/** One server, one part: what a delivery costs at an easy pace, and how many it can do. */
async function serve(part: Part, { figuresPort, places }: Served, profile: string | null) {
  return withPeopleAt({ places }, async (people) => {
    const type: Typing = ({ people: each }, perSecond, seconds = SECONDS) => {
      return people<Measured>({ type: { perSecond, seconds, people: each } });
    };
    // Compiles the code and lets every session be greeted before anything is counted: a relay runs for weeks.
    await type(part, Math.min(WARM_UP.perSecond / (part.people - 1), part.perSecond * 10), WARM_UP.seconds);
    if (profile !== null) await askServer(figuresPort, '/profile');
    const before = await cpuOf(figuresPort);
    const easy = await type(part, part.perSecond);
    const cpu = ((await cpuOf(figuresPort)) - before) / easy.deliveries;
    if (profile !== null) await askServer(figuresPort, `/write/${encodeURIComponent(profile)}`);
    if (easy.deliveries < easy.wanted) throw new Error(`${easy.wanted - easy.deliveries} edits did not arrive`);
    const most = await mostPerSecond(part, type);
    return { cpu, p50: easy.p50, p99: easy.p99, most };
  });
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

async function cpuOf(figuresPort: number): Promise<number> {
  return (await askServer<{ microseconds: number }>(figuresPort, '/')).microseconds;
}

export default bench;
