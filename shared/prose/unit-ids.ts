/**
 * The ids of characters in a Y.Text, and where they stand now. An id names its character whatever is written around it; of a
 * deleted one it still knows the place. What was deleted and restored by undo has new ids: only the replica that undid
 * knows which (`isRestored`). Ids come from others and may name anything or nothing.
 */
import * as Y from 'yjs';

export interface UnitId {
  readonly client: number;
  readonly clock: number;
}

export interface UnitPlace {
  /** Where it stands; of a deleted unit, where the next one stands. */
  readonly index: number;
  readonly isThere: boolean;
  /** Found by its new id after this replica undid its deletion. */
  readonly isRestored: boolean;
}

/** The id of the unit at an index of the text. */
export function unitIdAt(text: Y.Text, index: number): UnitId | null {
  const { item } = Y.createRelativePositionFromTypeIndex(text, index, 0);
  return item === null ? null : { client: item.client, clock: item.clock };
}

/** Where units stand, in one pass over the text; null for ids that name nothing in it. */
export function placeUnits(text: Y.Text, ids: readonly UnitId[]): (UnitPlace | null)[] {
  const wanted = new Map<Y.Item, { at: number; diff: number; isRestored: boolean }[]>();
  for (const [at, id] of ids.entries()) {
    const found = findUnit(text, id);
    if (found === null) continue;
    const { item, ...unit } = found;
    wanted.set(item, [...(wanted.get(item) ?? []), { at, ...unit }]);
  }
  const places: (UnitPlace | null)[] = ids.map(() => null);
  let index = 0;
  for (let item = text._start; item !== null; item = item.right) {
    const isThere = !item.deleted && item.countable;
    for (const { at, diff, isRestored } of wanted.get(item) ?? []) {
      places[at] = { index: isThere ? index + diff : index, isThere, isRestored };
    }
    if (isThere) index += item.length;
  }
  return places;
}

function findUnit(text: Y.Text, id: UnitId): { item: Y.Item; diff: number; isRestored: boolean } | null {
  const store = text.doc?.store;
  if (store === undefined) return null;
  let next = Y.createID(id.client, id.clock);
  for (let isRestored = false; ; isRestored = true) {
    if (Y.getState(store, next.client) <= next.clock) return null;
    const item = Y.getItem(store, next);
    // What was cleared away for good is no item any more.
    if (!(item instanceof Y.Item) || item.parent !== text) return null;
    const diff = next.clock - item.id.clock;
    if (item.redone === null) return { item, diff, isRestored };
    next = Y.createID(item.redone.client, item.redone.clock + diff);
  }
}
