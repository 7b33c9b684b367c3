/**
 * The update that nearly all are: one run of text put between two held characters that still touch, or behind the last one.
 * There is nothing to compare it with and nothing it could be out of order with, so a body room need not ask the rules about
 * that (keyed-values.ts, conflict.ts, neighbours.ts).
 */
import * as Y from 'yjs';
import type { NewStruct } from './effect.ts';

/** Whether the only new struct goes between held neighbours that touch, in a list. False where it is not as simple as that. */
export function touchesItsNeighbours(newStructs: readonly NewStruct[], doc: Y.Doc): boolean {
  const [only] = newStructs;
  if (only === undefined || newStructs.length > 1 || only.struct.kind !== 'item') return false;
  const { origin, rightOrigin, clock } = only.struct;
  const held = (client: number) => Y.getState(doc.store, client);
  // What goes on behind its own held part stands where that does, whatever it says.
  if (origin === null || origin.clock >= held(origin.client) || clock < held(only.client)) return false;
  const left: unknown = Y.getItem(doc.store, Y.createID(origin.client, origin.clock));
  if (!(left instanceof Y.Item) || left.parentSub !== null || left.lastId.clock !== origin.clock) return false;
  const { right } = left;
  if (right === null || rightOrigin === null) return right === rightOrigin;
  return right.parentSub === null && right.id.client === rightOrigin.client && right.id.clock === rightOrigin.clock;
}
