/**
 * The update that nearly all are: one run of text put behind a held character, before the one that follows there or, by somebody
 * who knew of nothing behind it, at the end. It is compared with one held item at most and cannot be out of order, so a body
 * room need not ask the rules about that (keyed-values.ts, conflict.ts, neighbours.ts).
 */
import * as Y from 'yjs';
import type { NewStruct } from './scan.ts';
import { isSameId, type StructId } from './struct-id.ts';

/** Whether the only new struct is put at once behind a held one, in a list. False where it is not as simple as that. */
export function touchesItsNeighbours(newStructs: readonly NewStruct[], doc: Y.Doc): boolean {
  const [only] = newStructs;
  if (only === undefined || newStructs.length > 1 || only.struct.kind !== 'item') return false;
  const { origin, rightOrigin, clock } = only.struct;
  const held = (client: number) => Y.getState(doc.store, client);
  // What goes on behind its own held part stands where that does, whatever it says.
  if (origin === null || origin.clock >= held(origin.client) || clock < held(only.client)) return false;
  const left: unknown = Y.getItem(doc.store, Y.createID(origin.client, origin.clock));
  if (!(left instanceof Y.Item) || left.parentSub !== null || left.lastId.clock !== origin.clock) return false;
  return isPutBetween(left.lastId, left.right, rightOrigin);
}

/** Whether what is put behind the last character of an item, and before `rightOrigin`, comes at once before what stands there. */
export function isPutBetween(last: StructId, right: Y.Item | null, rightOrigin: StructId | null): boolean {
  if (right === null) return rightOrigin === null;
  // What was put behind the same character has to be gone through.
  if (rightOrigin === null) return !isSameId(right.origin, last);
  return right.parentSub === null && isSameId(right.id, rightOrigin);
}
