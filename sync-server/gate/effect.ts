/**
 * What an update would change in what the relay holds: the structs that are new, the deletions that are new, or that
 * it cannot be placed yet because something it builds on is missing. Reads the live document's store and never
 * touches it (a typed root would make Yjs tidy formatting by itself).
 */
import * as Y from 'yjs';
import type { NewStruct, ScannedSection, ScannedStruct, ScannedUpdate } from './scan.ts';
import type { StructId } from './struct-id.ts';
import { touchesItsNeighbours } from './touching.ts';
import { WaitingLine } from './waiting-line.ts';
import type { WorkMeter } from './work.ts';

/** A range of held, living content that the update would delete. `isFormatting`: formatting marks only, no content. */
interface NewDeletion {
  readonly isFormatting: boolean;
}

export type Effect =
  | { readonly type: 'missing' }
  /** Weighing it takes more work than is left; it was not weighed to its end. */
  | { readonly type: 'tooCostly' }
  | {
      readonly type: 'known';
      readonly newStructs: readonly NewStruct[];
      readonly newDeletions: readonly NewDeletion[];
      /** It says again something that is held. */
      readonly isRetelling: boolean;
      /**
       * It is what typing makes: one run of new words between held neighbours that touch, and deletions of what is all there. What it
       * changes is then the update itself, byte for byte; anything else may hold what is known, or change more than it says.
       */
      readonly isTyping: boolean;
    };

/** Weighs a scanned update against a document. */
export function effectOf(update: ScannedUpdate, doc: Y.Doc, work: WorkMeter): Effect {
  const { store } = doc;
  const reach = reachAfter(update.sections, (client) => Y.getState(store, client));
  if (reach === null) return { type: 'missing' };

  const newStructs: NewStruct[] = [];
  let isRetelling = false;
  let isTyping = true;
  for (const { client, structs } of update.sections) {
    const held = Y.getState(store, client);
    if (structs.length === 0) isTyping = false;
    for (const struct of structs) {
      isTyping &&= struct.kind === 'item' && struct.content === 'string' && struct.clock >= held;
      if (struct.kind !== 'skip' && struct.clock + struct.length > held) newStructs.push({ client, struct });
      if (struct.kind === 'item' && struct.clock < held) isRetelling = true;
    }
  }

  const newDeletions: NewDeletion[] = [];
  for (const range of update.deletes) {
    const end = range.clock + range.length;
    const held = Y.getState(store, range.client);
    if (end > (reach.get(range.client) ?? held)) return { type: 'missing' };
    if (end > held) {
      newDeletions.push({ isFormatting: false });
      isTyping = false;
    }
    const structs = store.clients.get(range.client);
    if (structs === undefined || range.clock >= held) continue;
    for (let i = Y.findIndexSS(structs, range.clock); i < structs.length; i++) {
      const struct = structs[i];
      if (struct === undefined || struct.id.clock >= end) break;
      if (!work.spend()) return { type: 'tooCostly' };
      if (struct.deleted) isTyping = false;
      else {
        newDeletions.push({ isFormatting: struct instanceof Y.Item && struct.content instanceof Y.ContentFormat });
      }
    }
  }
  isTyping &&= newStructs.length === 0 || touchesItsNeighbours(newStructs, doc);
  return { type: 'known', newStructs, newDeletions, isRetelling, isTyping };
}

/**
 * Places the sections in dependency order without Yjs: the clock each client reaches, or null when something stays
 * unplaced (a hole, an origin or a parent that is neither held nor placed before it, or a circle).
 */
function reachAfter(
  sections: readonly ScannedSection[],
  heldClock: (client: number) => number,
): ReadonlyMap<number, number> | null {
  const reach = new Map<number, number>();
  const reachOf = (client: number) => reach.get(client) ?? heldClock(client);
  const cursors = sections.map((section) => ({ section, next: 0 }));
  const lines = new Map<number, WaitingLine<(typeof cursors)[number]>>();
  const ready = [...cursors];
  for (let cursor = ready.pop(); cursor !== undefined; cursor = ready.pop()) {
    const { client, structs } = cursor.section;
    const before = reachOf(client);
    let needed: StructId | null = null;
    for (let struct = structs[cursor.next]; struct !== undefined; struct = structs[++cursor.next]) {
      const end = struct.clock + struct.length;
      if (struct.kind === 'skip' || end <= reachOf(client)) continue;
      if (struct.clock > reachOf(client)) return null;
      needed = struct.kind === 'item' ? missingId(struct, client, reachOf) : null;
      if (needed !== null) break;
      reach.set(client, end);
    }
    if (needed?.client === client) return null;
    if (needed !== null) {
      const line = lines.get(needed.client) ?? new WaitingLine();
      lines.set(needed.client, line);
      line.add(needed.clock, cursor);
    }
    const own = lines.get(client);
    const reached = reachOf(client);
    if (own === undefined || reached === before) continue;
    for (let due = own.takeDue(reached); due !== undefined; due = own.takeDue(reached)) ready.push(due);
  }
  return [...lines.values()].every((line) => line.isEmpty) ? reach : null;
}

/** The first id this item builds on that is not there yet. */
export function missingId(
  struct: Extract<ScannedStruct, { kind: 'item' }>,
  client: number,
  reachOf: (client: number) => number,
): StructId | null {
  const needed: (StructId | null)[] = [struct.origin, struct.rightOrigin];
  if (struct.parent !== null && 'item' in struct.parent) needed.push(struct.parent.item);
  for (const id of needed) {
    // A struct being placed cannot build on itself: what its own client reached so far is the limit.
    const limit =
      id?.client === client ? Math.min(reachOf(client), struct.clock) : id === null ? 0 : reachOf(id.client);
    if (id !== null && id.clock >= limit) return id;
  }
  return null;
}
