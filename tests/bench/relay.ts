/**
 * What the relay's care costs beside forwarding bytes: the same people typing the same characters through the relay, which
 * checks, stores and then forwards, through a bare broadcast, and through one that appends to a log first, each server a
 * process of its own, in turns. At an easy pace, where every keystroke is written by itself and finds cold caches; at a busy
 * one, half of what the bare broadcast can do; and as fast as each can.
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
import { type Bench, type Figure, median } from './figure.ts';

const SECONDS = 5;
/** A pace is typed at so often; the middle one of the times and costs counts. */
const TURNS = 3;
/** Deliveries per second, and for how long, before anything is counted. */
const WARM_UP = { perSecond: 50_000, seconds: 30 };
const SATURATED_MS = 250;
/** So many windows decide whether a pace is in time. */
const SAME = 2;
/** The fastest pace in time is known to this factor. */
const NARROW = 1.1;

type Wanted = { readonly bar: number } | { readonly floor: number };

interface Part {
  readonly name: string;
  readonly rooms: number;
  readonly people: number;
  /** Edits per second in all rooms together. */
  readonly perSecond: number;
  /** Wanted against the bare broadcast's: CPU per delivery and typical delay, at both paces; deliveries per second. */
  readonly wanted: { readonly cpu?: Wanted; readonly p50?: Wanted; readonly most: Wanted };
}

const PARTS: readonly Part[] = [
  {
    name: '50 people in a room',
    rooms: 1,
    people: 50,
    perSecond: 100,
    wanted: { cpu: { bar: 1.3 }, p50: { bar: 2 }, most: { floor: 5 } },
  },
  {
    name: '200 people in a room',
    rooms: 1,
    people: 200,
    perSecond: 40,
    wanted: { cpu: { bar: 1.2 }, p50: { bar: 2 }, most: { floor: 5 } },
  },
  { name: '1,500 rooms of two', rooms: 1_500, people: 2, perSecond: 1_000, wanted: { most: { floor: 0.8 } } },
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

interface AtPace {
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
}

/** The relay, and a log without a gate, each against the bare broadcast. */
async function compare(part: Part, ours: Served, bareServed: Served, logServed: Served): Promise<Figure[]> {
  const bare = await serve(part, bareServed);
  const log = await serve(part, logServed, { busyPerSecond: bare.busyPerSecond });
  const isProfiled = process.argv.includes('--profile');
  const file = join(process.env.PROFILE_DIR ?? process.cwd(), `relay-${part.name.replaceAll(' ', '-')}.cpuprofile`);
  const relay = await serve(part, ours, { busyPerSecond: bare.busyPerSecond, profile: isProfiled ? file : null });
  const figures = (
    name: string,
    of: (served: typeof bare) => number,
    say: (value: number) => string,
    wanted?: Wanted,
  ) => {
    const against = (value: number) => ({ of: 'a bare broadcast', value: value / of(bare) });
    return [
      { name: `${part.name}: ${name}`, value: say(of(relay)), ratio: { ...against(of(relay)), ...wanted } },
      { name: `${part.name}: ${name}, a log alone`, value: say(of(log)), ratio: against(of(log)) },
    ];
  };
  const { cpu, p50, most } = part.wanted;
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const figuresAt = (perSecond: number, of: (served: typeof bare) => AtPace) => {
    const pace = `${perSecond.toFixed(0)} keystrokes a second`;
    return [
      ...figures(
        `${pace}: CPU per delivery`,
        (served) => of(served).cpu,
        (value) => `${value.toFixed(1)} µs`,
        cpu,
      ),
      ...figures(`${pace}: from hand to hand (p50)`, (served) => of(served).p50, ms, p50),
      ...figures(`${pace}: from hand to hand (p99)`, (served) => of(served).p99, ms),
    ];
  };
  return [
    ...figuresAt(part.perSecond, ({ easy }) => easy),
    ...figuresAt(bare.busyPerSecond, ({ busy }) => busy),
    ...figures(
      `deliveries per second until p99 is over ${SATURATED_MS} ms`,
      (served) => served.most,
      (value) => value.toFixed(0),
      most,
    ),
  ];
}

/**
 * One server, one part: what a delivery costs at an easy and at a busy pace, and how many it can do: that last, since the
 * document has millions of characters then, which is another question.
 * @param busyPerSecond half of what it can do itself when left out, which is for a server that keeps no document
 */
async function serve(
  part: Part,
  { figuresPort, places }: Served,
  { busyPerSecond, profile = null }: { readonly busyPerSecond?: number; readonly profile?: string | null } = {},
) {
  return withPeopleAt({ places }, async (people) => {
    const type: Typing = ({ people: each }, perSecond, seconds = SECONDS) => {
      return people<Measured>({ type: { perSecond, seconds, people: each } });
    };
    // Compiles the code and lets every session be greeted before anything is counted: a relay runs for weeks.
    await type(part, Math.min(WARM_UP.perSecond / (part.people - 1), part.perSecond * 10), WARM_UP.seconds);
    if (profile !== null) await askServer(figuresPort, '/profile');
    const easy = await atPace(part.perSecond, type, { part, figuresPort });
    if (profile !== null) await askServer(figuresPort, `/write/${encodeURIComponent(profile)}`);
    const typeBusily = (perSecond: number) => atPace(perSecond, type, { part, figuresPort });
    if (busyPerSecond !== undefined) {
      const busy = await typeBusily(busyPerSecond);
      return { easy, busy, most: await mostPerSecond(part, type), busyPerSecond };
    }
    const most = await mostPerSecond(part, type);
    const halfPerSecond = most / (part.people - 1) / 2;
    return { easy, busy: await typeBusily(halfPerSecond), most, busyPerSecond: halfPerSecond };
  });
}

/** What a delivery costs and takes at one pace. Throws when an edit does not arrive. */
async function atPace(
  perSecond: number,
  type: Typing,
  { part, figuresPort }: { readonly part: Part; readonly figuresPort: number },
): Promise<AtPace> {
  const turns: AtPace[] = [];
  while (turns.length < TURNS) {
    const before = await cpuOf(figuresPort);
    const { deliveries, wanted, p50, p99 } = await type(part, perSecond);
    if (deliveries < wanted) throw new Error(`${wanted - deliveries} edits did not arrive`);
    turns.push({ cpu: ((await cpuOf(figuresPort)) - before) / deliveries, p50, p99 });
  }
  const middle = (of: keyof AtPace) => median(turns.map((turn) => turn[of]));
  return { cpu: middle('cpu'), p50: middle('p50'), p99: middle('p99') };
}

type Typing = (part: Part, perSecond: number, seconds?: number) => Promise<Measured>;

/**
 * Deliveries per second at the fastest pace that is still in time: doubled until it is not, then narrowed down. One hitch of the
 * machine is a late window: each pace is typed at until two windows say the same.
 */
async function mostPerSecond(part: Part, type: Typing): Promise<number> {
  let inTime = { perSecond: part.perSecond, deliveriesPerSecond: 0 };
  let tooLate = Number.POSITIVE_INFINITY;
  while (tooLate / inTime.perSecond > NARROW) {
    const perSecond =
      tooLate === Number.POSITIVE_INFINITY ? inTime.perSecond * 2 : Math.sqrt(inTime.perSecond * tooLate);
    const rates: number[] = [];
    let late = 0;
    while (late < SAME && rates.length < SAME) {
      const { deliveries, wanted, p99, ms } = await type(part, perSecond);
      if (deliveries < wanted || p99 > SATURATED_MS) late++;
      else rates.push((deliveries * 1000) / ms);
    }
    if (late === SAME) tooLate = perSecond;
    else inTime = { perSecond, deliveriesPerSecond: median(rates) };
  }
  return inTime.deliveriesPerSecond;
}

async function cpuOf(figuresPort: number): Promise<number> {
  return (await askServer<{ microseconds: number }>(figuresPort, '/')).microseconds;
}

export default bench;
