/** What the device store needs of the world, over a fake IndexedDB: no locks between tabs, a clock that stands still. */
import { randomBytes, randomUUID } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { StoreEnvironment } from '../../client/replica/environment.ts';
import { createFakeClock } from './fake-clock.ts';

export function storeEnvironment(indexedDB: IDBFactory = new IDBFactory()): StoreEnvironment {
  return {
    indexedDB,
    keyRange: IDBKeyRange,
    withLock: async (_name, _when, work) => work(),
    log: () => {},
    clock: createFakeClock(),
    random: { bytes: (count) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() },
  };
}
