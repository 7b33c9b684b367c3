/**
 * Everything stored of a room as one update: applied to a document and written out (merging the updates themselves would
 * grow with the square of their number). What is deleted leaves its content behind. Pure; compactor-thread.ts runs it.
 */
import * as Y from 'yjs';
import type { StoredRoom, WholeState } from '../room/effects.ts';

/** A snapshot to be: the state of a room after update `seq`. */
export interface Compacted extends WholeState {
  readonly seq: number;
}

/**
 * Null when there is nothing to gain.
 * @throws when what is stored does not stand alone: it must not take the place of the rows it was made from
 */
export function compactRoom({ updates, lastSeq, updatesSinceSnapshot }: StoredRoom): Compacted | null {
  if (updatesSinceSnapshot === 0) return null;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('what is stored has a hole');
  const compacted = { seq: lastSeq, state: Y.encodeStateAsUpdate(doc), stateVector: Y.encodeStateVector(doc) };
  doc.destroy();
  return compacted;
}
