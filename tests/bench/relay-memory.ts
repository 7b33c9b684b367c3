/**
 * What a room costs in which two people are and nobody has written for a while: memory that only the process of the relay has, in all of its
 * threads, beside that of a bare broadcast with the same sockets; what of it is left when all have gone; and what a room
 * costs that is only stored. Servers that were just started: one that has been busy keeps room that hides it. What a process has
 * moves by megabytes with the reserves of its collector and its allocator, whatever it was asked: the middle of several turns.
 */
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as Y from 'yjs';
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
import { privateBytes } from '../support/process-figures.ts';
import { type ApiUser, setUpCase } from '../support/relay-process.ts';
import { buildRestlessRelay } from '../support/restless-relay.ts';
import { connectWire } from '../support/wire-client.ts';
import { type Bench, median } from './figure.ts';

const ROOMS = 1_500;
/** Open before those that are measured: what a server needs once, for its first rooms, is not what one more costs. */
const FIRST_ROOMS = 500;
const PEOPLE = 2;
const TURNS = 3;
/**
 * For both: what the allocator of a thread has free at its end goes back to the system. Else the threads that collect hold megabytes of
 * their last round in one look and none in the next.
 */
const NO_RESERVE = { MALLOC_TRIM_THRESHOLD_: '65536' };
/** What each room holds: some lines of a note. */
const CONTENT = '和衷共济，各负其责。'.repeat(20);
const LOOK_MS = 1_000;
const QUIET_LOOKS = 6;
/** Two rounds of the relay through its rooms: those in which nothing happens have parked, which others do after a minute. */
const PARKED_MS = 12_000;

/** Bytes per room. */
interface Memory {
  readonly open: number;
  /** When everybody has gone; and how much more when all have come and gone once more. */
  readonly left: number;
  readonly leftAgain: number;
  /** In all, when nobody has come yet. */
  readonly started: number;
}

const bench: Bench = {
  title: 'relay memory of idle rooms',
  run: async () => {
    const empty = await startMeasuredRelay(undefined, undefined, NO_RESERVE);
    const emptyBytes = await settledBytes(empty.relay.pid, empty.figuresPort);
    const house = await setUpCase(empty.relay);
    const members = await membersFor(house, (FIRST_ROOMS + ROOMS) * PEOPLE);
    const documents = await documentsFor(house, FIRST_ROOMS + ROOMS);
    const { origin, dataDirectory } = empty.relay;
    await Promise.all(
      members.map(async ({ cookie }, n) => {
        for (let at = n; at < documents.length; at += members.length) await write(origin, documents[at] ?? '', cookie);
      }),
    );
    await empty.relay.stop('SIGTERM');

    const restless = await buildRestlessRelay();
    const turns: Turn[] = [];
    try {
      for (let turn = 0; turn < TURNS; turn++)
        turns.push(await takeTurn(dataDirectory, restless.program, documents, members));
    } finally {
      restless.remove();
      rmSync(dataDirectory, { recursive: true, force: true });
    }
    const figure = (of: (turn: Turn) => number) => kilobytes(turns.map(of));
    return [
      {
        name: `memory of an open idle room of ${PEOPLE}`,
        value: figure(({ ours }) => ours.open),
        ratio: {
          of: `a bare broadcast (${figure(({ theirs }) => theirs.open)})`,
          value: median(turns.map(({ ours }) => ours.open)) / median(turns.map(({ theirs }) => theirs.open)),
          bar: 1.3,
        },
      },
      { name: 'left of a room when everybody has gone', value: figure(({ ours }) => ours.left) },
      { name: 'the same in the bare broadcast', value: figure(({ theirs }) => theirs.left) },
      { name: 'left more when all have come and gone once more', value: figure(({ ours }) => ours.leftAgain) },
      {
        name: 'memory of a stored, closed room',
        value: figure(({ ours }) => (ours.started - emptyBytes) / documents.length),
      },
    ];
  },
};

interface Turn {
  readonly ours: Memory;
  readonly theirs: Memory;
}

/** Both servers anew, side by side. */
async function takeTurn(
  dataDirectory: string,
  program: string,
  documents: readonly string[],
  members: readonly ApiUser[],
): Promise<Turn> {
  const { relay, figuresPort } = await startMeasuredRelay(dataDirectory, program, NO_RESERVE);
  const bare = await startBare(undefined, NO_RESERVE);
  try {
    const places = placesIn(relay, { documents, people: PEOPLE, members });
    const atBare = places.map((place) => placeAt(place, bare.port));
    const [ours, theirs] = await Promise.all([
      memoryOf(relay.pid, figuresPort, places),
      memoryOf(bare.child.pid ?? 0, bare.figuresPort, atBare),
    ]);
    return { ours, theirs };
  } finally {
    bare.child.kill('SIGTERM');
    await relay.stop('SIGTERM');
  }
}

async function write(origin: string, documentId: string, cookie: string): Promise<void> {
  const client = connectWire({ origin, address: { documentId, room: 'body' }, cookie, doc: new Y.Doc() });
  await client.synced();
  client.doc.getText('prose').insert(0, CONTENT);
  await client.saved();
  client.cut();
}

async function memoryOf(pid: number, figuresPort: number, places: readonly Place[]): Promise<Memory> {
  const settled = () => settledBytes(pid, figuresPort);
  const started = await settled();
  const atFirst = places.slice(0, FIRST_ROOMS * PEOPLE);
  const parked = async () => {
    await delay(PARKED_MS);
    return settled();
  };
  const open = await withPeopleAt({ places: atFirst, isShown: true }, async () => {
    const few = await parked();
    const others = places.slice(atFirst.length);
    return withPeopleAt({ places: others, isShown: true }, async () => ((await parked()) - few) / ROOMS);
  });
  const left = await settled();
  await withPeopleAt({ places, isShown: true }, () => delay(LOOK_MS));
  const again = await settled();
  const rooms = FIRST_ROOMS + ROOMS;
  return { started, open, left: (left - started) / rooms, leftAgain: (again - left) / rooms };
}

/** What a process needs when it has done what there was to do: the least that is seen, until it grows no smaller. */
async function settledBytes(pid: number, figuresPort: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet++) {
    await delay(LOOK_MS);
    await askServer(figuresPort, '/collect');
    const bytes = privateBytes(pid);
    if (bytes < least * 0.99) quiet = 0;
    least = Math.min(least, bytes);
  }
  return least;
}

/** The middle of all turns, the least and the most. */
function kilobytes(turns: readonly number[]): string {
  const [middle, least, most] = [median(turns), Math.min(...turns), Math.max(...turns)].map((bytes) =>
    (bytes / 1024).toFixed(1),
  );
  return `${middle} KB (${least} to ${most})`;
}

export default bench;
