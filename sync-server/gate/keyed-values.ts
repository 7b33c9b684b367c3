/**
 * What stands under a key is one value. Several in one struct can be split by a deletion of some of them, and then replicas
 * differ on which of them count as deleted. An honest client sets one at a time; only what was deleted since can have been
 * joined, and then all of it comes as deleted.
 */
import * as Y from 'yjs';
import { newAt, newsByClient } from './neighbours.ts';
import type { NewStruct } from './scan.ts';
import { type ScannedStruct, scanUpdate } from './scan.ts';
import type { StructId } from './struct-id.ts';

type Item = Extract<ScannedStruct, { kind: 'item' }>;

/** Whether no new struct puts several values under one key, but such as the update deletes as well. */
export function areValuesSingle(newStructs: readonly NewStruct[], update: Uint8Array, doc: Y.Doc): boolean {
  const news = newsByClient(newStructs);
  const known = new Map<Item, boolean>();
  return newStructs.every(({ client, struct }) => {
    if (struct.kind !== 'item' || struct.length === 1 || struct.content === 'deleted') return true;
    return !isKeyed(struct, news, known, doc) || isDeletedBy(update, client, struct);
  });
}

/** Whether one range of the update's deletions covers all of the item. */
function isDeletedBy(update: Uint8Array, client: number, { clock, length }: Item): boolean {
  const deletes = scanUpdate(update)?.deletes ?? [];
  return deletes.some((range) => {
    return range.client === client && range.clock <= clock && range.clock + range.length >= clock + length;
  });
}

/** Whether a new item stands under a key: as it says itself, or as the first of its neighbours that says so does. */
function isKeyed(
  item: Item,
  news: ReadonlyMap<number, readonly Item[]>,
  known: Map<Item, boolean>,
  doc: Y.Doc,
): boolean {
  const path: Item[] = [];
  let answer = false;
  for (let current: Item | null = item; current !== null; ) {
    const said = current.parent !== null ? current.parentSub !== null : known.get(current);
    // A circle has no beginning; such an update waits for ever and is not taken.
    known.set(current, false);
    path.push(current);
    const next: StructId | null = current.origin ?? current.rightOrigin;
    if (said !== undefined || next === null) {
      answer = said ?? false;
      break;
    }
    if (next.clock < Y.getState(doc.store, next.client)) {
      const held: unknown = Y.getItem(doc.store, Y.createID(next.client, next.clock));
      answer = held instanceof Y.Item && held.parentSub !== null;
      break;
    }
    current = newAt(news, next);
  }
  for (const passed of path) known.set(passed, answer);
  return answer;
}
