/**
 * The fuzz: rooms of every kind, each with a thousand moves of people who send anything at all beside honest ones, all from
 * one seed. The first fault ends it; what led to it is made as short as it goes and can be kept as a file.
 */
import * as Y from 'yjs';
import type { RoomKind } from '../../shared/rooms.ts';
import { encodeMessage } from '../../shared/wire/messages.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { Fault, HOSTILE, type Hostile, LivingRoom, type Move, statementFrame } from './living-room.ts';
import { takeApart } from './loose-update.ts';
import { mutateFrame } from './mutate-frame.ts';
import type { Known } from './mutate-update.ts';
import { putBack, type Recording, recordBody, recordEvents, updateIn, WRITERS } from './recorded-sessions.ts';
import type { KeptRun } from './run-file.ts';

/** Frames into one room before the next: rooms stay small, so that a frame costs what it says and not the room. */
const FRAMES_PER_ROOM = 1_000;
/** A full look at everybody after so many. */
const FRAMES_PER_CHECK = 200;
/** How long a failing run is shortened. */
const SHORTEN_MS = 20_000;

export interface FuzzReport {
  readonly frames: number;
  readonly rooms: number;
  readonly slowestMs: number;
  /** Frames by what became of them. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** How often each mutation was at work. */
  readonly mutations: ReadonlyMap<string, number>;
  /** What went wrong; null when nothing did. */
  readonly failure: { readonly fault: string; readonly run: KeptRun } | null;
}

interface Fuel {
  readonly recording: Recording;
  readonly known: Known;
  readonly honest: readonly Uint8Array[];
}

const ALWAYS_ROOTS = ['prose', 'blocks', 'fields', 'events', 'nowhere', '__proto__', ''];
const ULID = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

/** @param afterRoom called after every room with the frames so far; the place to look at memory, or to say something */
export async function fuzz(
  { frames, seed }: { readonly frames: number; readonly seed: number },
  afterRoom: (framesSoFar: number) => void = () => {},
): Promise<FuzzReport> {
  const fuels = await makeFuels(seed);
  const outcomes = new Map<string, number>();
  const mutations = new Map<string, number>();
  let slowestMs = 0;
  let done = 0;
  let rooms = 0;
  for (; done < frames; rooms++) {
    const random = randomFrom(seed + rooms);
    const fuel = random.pick(fuels);
    const room = new LivingRoom(fuel.recording);
    const moves: Move[] = [];
    const next = { frame: 0 };
    const count = Math.min(FRAMES_PER_ROOM, frames - done);
    const fault = faultOf(() => {
      for (let n = 0; n < count; n++) {
        for (const move of nextMoves(random, fuel, n, next, mutations)) {
          moves.push(move);
          room.move(move);
        }
        if (n % FRAMES_PER_CHECK === FRAMES_PER_CHECK - 1) room.check();
      }
      room.check();
    });
    for (const [outcome, times] of room.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
    slowestMs = Math.max(slowestMs, room.slowestMs);
    done += count;
    if (fault !== null) {
      const run = shortened({ start: fuel.recording, moves });
      return { frames: done, rooms: rooms + 1, slowestMs, outcomes, mutations, failure: { fault, run } };
    }
    afterRoom(done);
  }
  return { frames: done, rooms, slowestMs, outcomes, mutations, failure: null };
}

/** Replays a kept run; what went wrong, null when nothing did. */
export function replay({ start, moves }: KeptRun): string | null {
  return faultOf(() => {
    const room = new LivingRoom(start);
    for (const move of moves) room.move(move);
    room.check();
  });
}

async function makeFuels(seed: number): Promise<readonly Fuel[]> {
  const bodies = [await recordBody(seed), await recordBody(seed + 1)];
  const events = (['review', 'work', 'record'] as const).map((room) => recordEvents(room, seed));
  // Bodies twice as often: more can be wrong in them.
  const recordings = [...bodies, ...bodies, ...bodies, ...events];
  return [...recordings, ...[...bodies, ...events].map(putBack)].map(fuelOf);
}

function fuelOf(recording: Recording): Fuel {
  const honest = recording.frames.map(({ bytes }) => bytes);
  const updates = honest.flatMap((bytes) => {
    const update = updateIn(bytes);
    return update === null || update.length <= 2 ? [] : [update];
  });
  const reach = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(recording.stored));
  const clients = new Set(reach.keys());
  const roots = new Set(ALWAYS_ROOTS);
  const keys = new Set([`person-0/${ULID}`, `person-9/${ULID}`, `relay/${ULID}`, 'person-0/', '__proto__', 'x']);
  for (const update of [recording.stored, ...updates]) {
    for (const { client, structs } of takeApart(update).sections) {
      clients.add(client);
      for (const { parent, parentSub } of structs) {
        if (typeof parent === 'string') roots.add(parent);
        if (parentSub !== undefined) keys.add(parentSub);
      }
    }
  }
  const known = { reach, clients: [...clients], roots: [...roots], keys: [...keys], updates };
  return { recording, known, honest };
}

function nextMoves(
  random: Random,
  fuel: Fuel,
  n: number,
  next: { frame: number },
  mutations: Map<string, number>,
): Move[] {
  const moves: Move[] = [];
  // Some frames come while the room loads.
  if (n === 20) moves.push({ type: 'loaded' });
  const { recording, known, honest } = fuel;
  // What was sent goes on in its order, so that there is something to hold a forgery against.
  const sent = random.chance(0.3) ? recording.frames[next.frame++] : undefined;
  if (sent !== undefined) {
    const { personId, bytes } = sent;
    const author = personId === WRITERS[0] ? 'writer-a' : 'writer-b';
    const isBrought = recording.proven !== null && random.chance(0.3);
    const who = isBrought ? random.pick(Object.keys(HOSTILE) as Hostile[]) : author;
    moves.push({ type: 'frame', who, bytes });
    count(mutations, isBrought ? 'brought by somebody' : 'none');
  } else if (recording.proven !== null && random.chance(0.08)) {
    const bytes = saidOfOwners(random, recording.room, recording.proven);
    moves.push({ type: 'frame', who: random.pick(Object.keys(HOSTILE) as Hostile[]), bytes });
    count(mutations, 'said of owners');
  } else {
    const near = {
      ...known,
      updates: around(known.updates, (next.frame / recording.frames.length) * known.updates.length),
    };
    const { bytes, mutations: done } = mutateFrame(random, random.chance(0.8) ? near : known, honest);
    moves.push({ type: 'frame', who: random.pick(Object.keys(HOSTILE) as Hostile[]), bytes });
    for (const name of done) count(mutations, name);
  }
  if (random.chance(0.4)) moves.push({ type: 'commit', count: 1 + random.int(4) });
  if (random.chance(0.3)) moves.push({ type: 'wait', ms: random.pick([1, 20, 500, 3_000]) });
  if (random.chance(0.04)) moves.push({ type: 'edit', at: random.int(1_000) });
  if (random.chance(0.15)) moves.push({ type: 'leave', who: random.pick(Object.keys(HOSTILE) as Hostile[]) });
  if (random.chance(0.01)) moves.push({ type: 'tick' });
  if (random.chance(0.003)) moves.push({ type: 'freeze' });
  return moves;
}

/** The relay's own word, a forged one, or a claim, also of what is another's. */
function saidOfOwners(random: Random, room: RoomKind, proven: ReadonlyMap<number, string>): Uint8Array {
  const clientIds = [...proven.keys(), 7, 2 ** 53 - 1].filter(() => random.chance(0.5));
  if (random.chance(0.5)) return encodeMessage({ type: 'claim', clientIds });
  const genuine = statementFrame(room, proven);
  // Early on nobody has shown it yet: then claims count.
  if (random.chance(0.3)) return genuine;
  const forged = genuine.slice();
  forged[random.int(forged.length)] = random.int(256);
  return forged;
}

/** The updates that are said about now. */
function around(updates: readonly Uint8Array[], at: number): readonly Uint8Array[] {
  const from = Math.max(0, Math.floor(at) - 6);
  const near = updates.slice(from, from + 10);
  return near.length === 0 ? updates : near;
}

/** Leaves out moves, many at a time and then few, as long as it still goes wrong. */
function shortened(run: KeptRun): KeptRun {
  const until = Date.now() + SHORTEN_MS;
  const empty = { ...run.start, stored: new Uint8Array([0, 0]), owners: new Map<number, string>() };
  const start = replay({ start: empty, moves: run.moves }) === null ? run.start : empty;
  let moves = run.moves;
  for (let size = Math.ceil(moves.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < moves.length && Date.now() < until; ) {
      const fewer = [...moves.slice(0, at), ...moves.slice(at + size)];
      if (replay({ start, moves: fewer }) === null) at += size;
      else moves = fewer;
    }
  }
  return { start, moves };
}

function faultOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
