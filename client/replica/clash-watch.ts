/**
 * Somebody else who took a clientID of this page by accident: found by words of theirs under it. Nobody but this page goes on
 * under its clientIDs; where another does, one number means two different words, and documents that hold them never agree.
 * Sees the document alone; what becomes of the words is local-copy.ts.
 */
import * as Y from 'yjs';
import { ORIGIN } from '../../shared/origins.ts';
import { clientIdsOf } from '../../shared/typing-runs.ts';
import { randomTypingClientId } from './client-ids.ts';
import type { Randomness } from './environment.ts';

export interface ClashWatch {
  /** The relay told words of somebody else under a clientID that was written under here: nothing of this document is kept any more. */
  hasClashed(): boolean;
}

/** @param clashed the clientID that two have written under */
export function watchForClash(doc: Y.Doc, random: Randomness, clashed: (clientId: number) => void): ClashWatch {
  let hasClashed = false;

  // Before the document tells of the update, so that what arrived is not kept.
  doc.on('afterTransaction', ({ origin, beforeState, afterState }: Y.Transaction) => {
    if (origin !== ORIGIN.connection) return;
    const taken = clientIdsOf(doc).find(
      (clientId) => (afterState.get(clientId) ?? 0) > (beforeState.get(clientId) ?? 0),
    );
    if (taken === undefined) return;
    // Not written under it yet: another one, and no harm is done.
    if (clientIdsOf(doc).every((clientId) => !beforeState.has(clientId))) {
      doc.clientID = randomTypingClientId(random);
      return;
    }
    hasClashed = true;
    clashed(taken);
  });

  return { hasClashed: () => hasClashed };
}

/**
 * What somebody is to be sent who has all up to `stateVector`, and with it everything that was written in this page: under a
 * clientID that somebody else took too, they would take it for what they hold already.
 */
export function askingForOwn(stateVector: Uint8Array, doc: Y.Doc): Uint8Array {
  const asked = Y.decodeStateVector(stateVector);
  for (const clientId of clientIdsOf(doc)) asked.delete(clientId);
  return Y.encodeStateVector(asked);
}
