/**
 * Cuts an update into slices by author, each of which stands on what is held and on the slices before it; what may not be
 * taken, and what builds on that, stays out. Structs are copied byte by byte, nothing is decoded. Who the author of a
 * clientID is, and whether that holds, is decided in recovery.ts.
 */
import * as encoding from 'lib0/encoding';
import { missingId } from './effect.ts';
import type { NewStruct, ScannedDelete, ScannedSection, ScannedStruct } from './scan.ts';
import { WaitingLine } from './waiting-line.ts';
import { writeDeletes } from './write-deletes.ts';

export interface Slice {
  readonly author: string;
  readonly structs: readonly NewStruct[];
  /** The slice as an update of its own. */
  readonly update: Uint8Array;
}

export interface Slices {
  readonly slices: readonly Slice[];
  /** The clock each client of the update has reached with all slices. */
  readonly reach: (client: number) => number;
  /** Nothing stayed out. */
  readonly isWhole: boolean;
}

/** Structs `from` up to `to` of a section. */
interface Run {
  readonly section: ScannedSection;
  readonly from: number;
  to: number;
}

interface Cursor {
  readonly section: ScannedSection;
  readonly author: string | null;
  next: number;
}

/**
 * @param authorOf whose the structs of a client are; null when they may not be taken
 */
export function sliceByAuthor(
  update: Uint8Array,
  sections: readonly ScannedSection[],
  heldClock: (client: number) => number,
  authorOf: (client: number) => string | null,
): Slices {
  const reached = new Map<number, number>();
  const reach = (client: number) => reached.get(client) ?? heldClock(client);
  const cursors = sections.map((section): Cursor => ({ section, author: authorOf(section.client), next: 0 }));
  const lines = new Map<number, WaitingLine<Cursor>>();
  const ready = new Map<string, Cursor[]>();
  const putReady = (cursor: Cursor) => {
    if (cursor.author === null) return;
    const line = ready.get(cursor.author);
    if (line === undefined) ready.set(cursor.author, [cursor]);
    else line.push(cursor);
  };
  cursors.forEach(putReady);

  const advance = (cursor: Cursor, runs: Map<number, Run>) => {
    const { section } = cursor;
    const { client, structs } = section;
    const before = reach(client);
    for (let struct = structs[cursor.next]; struct !== undefined; struct = structs[++cursor.next]) {
      if (!isNew(struct, reach(client))) continue;
      if (struct.clock > reach(client)) break;
      const needed = struct.kind === 'item' ? missingId(struct, client, reach) : null;
      if (needed !== null) {
        const line = lines.get(needed.client) ?? new WaitingLine<Cursor>();
        lines.set(needed.client, line);
        line.add(needed.clock, cursor);
        break;
      }
      const run = runs.get(client);
      if (run === undefined) runs.set(client, { section, from: cursor.next, to: cursor.next + 1 });
      else run.to = cursor.next + 1;
      reached.set(client, struct.clock + struct.length);
    }
    const own = lines.get(client);
    if (own === undefined || reach(client) === before) return;
    for (let due = own.takeDue(reach(client)); due !== undefined; due = own.takeDue(reach(client))) putReady(due);
  };

  const slices: Slice[] = [];
  // One author goes on as far as that one's structs reach, so that there are as few slices as there can be.
  for (let line = longest(ready); line !== null; line = longest(ready)) {
    const runs = new Map<number, Run>();
    for (let cursor = line.waiting.pop(); cursor !== undefined; cursor = line.waiting.pop()) advance(cursor, runs);
    if (runs.size > 0) slices.push(sliceOf(update, line.author, [...runs.values()]));
  }
  const isWhole = cursors.every(({ section, next }) =>
    section.structs.slice(next).every((struct) => !isNew(struct, reach(section.client))),
  );
  return { slices, reach, isWhole };
}

/** Only these deletions, as an update. */
export function encodeDeletions(deletions: readonly ScannedDelete[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  writeDeletes(encoder, deletions);
  return encoding.toUint8Array(encoder);
}

function isNew(struct: ScannedStruct, reach: number): boolean {
  return struct.kind !== 'skip' && struct.clock + struct.length > reach;
}

function longest(ready: ReadonlyMap<string, Cursor[]>): { author: string; waiting: Cursor[] } | null {
  let found: { author: string; waiting: Cursor[] } | null = null;
  for (const [author, waiting] of ready) {
    if (waiting.length > (found?.waiting.length ?? 0)) found = { author, waiting };
  }
  return found;
}

function sliceOf(update: Uint8Array, author: string, runs: readonly Run[]): Slice {
  const encoder = encoding.createEncoder();
  const structs: NewStruct[] = [];
  encoding.writeVarUint(encoder, runs.length);
  for (const { section, from, to } of runs) {
    const taken = section.structs.slice(from, to);
    for (const struct of taken) if (struct.kind !== 'skip') structs.push({ client: section.client, struct });
    encoding.writeVarUint(encoder, taken.length);
    encoding.writeVarUint(encoder, section.client);
    encoding.writeVarUint(encoder, taken[0]?.clock ?? 0);
    const start = section.structs[from - 1]?.endByte ?? section.startByte;
    encoding.writeUint8Array(encoder, update.subarray(start, taken.at(-1)?.endByte ?? start));
  }
  // No deletions.
  encoding.writeVarUint(encoder, 0);
  return { author, structs, update: encoding.toUint8Array(encoder) };
}
