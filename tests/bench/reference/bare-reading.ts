/**
 * The least that opening a document from the device can be: its entries read from IndexedDB, each applied to a Y.Doc. Runs in
 * the product's own page, beside the product; checks nothing, shows nothing.
 */
import * as Y from 'yjs';

const promised = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function readBare(documentId: string) {
  const beganAt = performance.now();
  const doc = new Y.Doc();
  let entries = 0;
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith('concord-') !== true) continue;
    const database = await promised(indexedDB.open(name));
    const [store] = database.objectStoreNames;
    if (store !== undefined) {
      const prefix = ['entry', documentId, 'body'];
      const objects = database.transaction(store).objectStore(store);
      const found: { bytes: Uint8Array }[] = await promised(objects.getAll(IDBKeyRange.bound(prefix, [...prefix, []])));
      for (const { bytes } of found) Y.applyUpdate(doc, bytes);
      entries += found.length;
    }
    database.close();
  }
  return { ms: performance.now() - beganAt, entries, characters: doc.getText('prose').length };
}

Object.assign(window, { readBare });
