/**
 * Our own store function for idb-keyval: its `createStore` can neither ask for strict durability, nor give way when
 * another version of the page wants to change the database, nor recover a connection that the browser closed. One object
 * store per database; the database's version is never raised (formats are versioned inside the values).
 */
import type { UseStore } from 'idb-keyval';

export interface IndexedStore {
  /** For keystrokes: complete when the browser has handed the bytes to the operating system. */
  readonly relaxed: UseStore;
  /** For what must survive a power cut: commands, compaction, what the relay acknowledged, held edits. */
  readonly strict: UseStore;
  close(): void;
}

const OBJECT_STORE = 'records';

/**
 * @param onBlocked another tab holds the database in a way that keeps it from opening
 * The returned functions reject with the DOMException of IndexedDB (quota, unknown, not found).
 */
export function createIndexedStore(factory: IDBFactory, databaseName: string, onBlocked: () => void): IndexedStore {
  let opening: Promise<IDBDatabase> | null = null;

  function open(): Promise<IDBDatabase> {
    opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(databaseName);
      request.onupgradeneeded = () => request.result.createObjectStore(OBJECT_STORE);
      request.onblocked = onBlocked;
      request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'));
      request.onsuccess = () => {
        const database = request.result;
        database.onclose = forget;
        database.onversionchange = () => {
          forget();
          database.close();
        };
        resolve(database);
      };
    });
    opening.catch(forget);
    return opening;
  }

  function forget() {
    opening = null;
  }

  function use(durability: 'relaxed' | 'strict'): UseStore {
    return async (mode, callback) => {
      const run = async () => {
        const transaction = (await open()).transaction(OBJECT_STORE, mode, { durability });
        return callback(transaction.objectStore(OBJECT_STORE));
      };
      try {
        return await run();
      } catch (error) {
        if (!isClosedConnection(error)) throw error;
        // The browser closed the connection under us; a second one is all it takes.
        forget();
        return run();
      }
    };
  }

  return {
    relaxed: use('relaxed'),
    strict: use('strict'),
    close: () => {
      opening?.then(
        (database) => database.close(),
        () => {},
      );
      forget();
    },
  };
}

function isClosedConnection(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidStateError';
}

/** Settles when the whole transaction has: a request that succeeded may still be rolled back. */
export function transactionEnd(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error ?? new Error('The write to IndexedDB failed'));
    transaction.onabort = () => reject(transaction.error ?? new Error('The write to IndexedDB was aborted'));
  });
}
