/**
 * The body of a document as this device has it, read without opening the document: no connection, nobody sees it, nothing is
 * written. A copy: it does not follow what comes later.
 */
import * as Y from 'yjs';
import type { LocalStore } from './local-store.ts';

/** Null when the device has none of it, or it cannot be read. */
export async function readBodyCopy(store: Pick<LocalStore, 'room'>, documentId: string): Promise<Y.Doc | null> {
  const read = await store.room({ documentId, room: 'body' }).read(0);
  if (!read.ok || read.value.updates.length === 0) return null;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const { update } of read.value.updates) Y.applyUpdate(doc, update);
  });
  return doc;
}
