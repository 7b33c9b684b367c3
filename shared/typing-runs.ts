/**
 * What one person types in one go stays together, whoever types at the same place. Yjs puts insertions that were made behind
 * the same character, unseen by each other, in the order of their clientIDs: a colleague who begins behind the first letter
 * of my word could so come between it and my second letter. Therefore every replica has two clientIDs. Whoever begins
 * behind a character of somebody else writes under the higher one, whoever goes on behind their own under the lower
 * one, and the lower ones come first. An algorithm of Yjs, not of ours: a client that does not do this does no harm.
 */
import type * as Y from 'yjs';

/** Ids of replicas are below it, ids of beginnings are not; both are within what Yjs can write. */
const BEGINNING = 2 ** 52;

/** The replica's clientID for typing, given any random one. */
export function typingClientId(random: number): number {
  return random % BEGINNING;
}

/** The clientID under which a replica begins behind words of others. */
function beginningClientId(clientId: number): number {
  return typingClientId(clientId) + BEGINNING;
}

/** The clientIDs under which a replica writes. */
export function clientIdsOf({ clientID }: Y.Doc): readonly number[] {
  return [clientID, beginningClientId(clientID)];
}

/** The clientID of the same use (typing, beginning) as `clientId`, given any random one. */
export function clientIdLike(clientId: number, random: number): number {
  return clientId < BEGINNING ? typingClientId(random) : beginningClientId(random);
}

/** Whether the unit at an index was written by this replica since it was opened. */
export function isOwnUnit(text: Y.Text, index: number): boolean {
  const { doc } = text;
  if (doc === null || index < 0) return false;
  let at = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    at += item.length;
    if (at <= index) continue;
    const { client } = item.id;
    return client === doc.clientID || client === beginningClientId(doc.clientID);
  }
  return false;
}

/**
 * Writes an insertion into a text, inside a transaction, under the clientID that keeps runs together.
 * @param isGoingOn whether it stands behind a unit that this replica wrote
 */
export function insertTyped(text: Y.Text, isGoingOn: boolean, insert: () => void): void {
  const { doc } = text;
  if (doc === null || isGoingOn) {
    insert();
    return;
  }
  const { clientID } = doc;
  doc.clientID = beginningClientId(clientID);
  try {
    insert();
  } finally {
    doc.clientID = clientID;
  }
}
