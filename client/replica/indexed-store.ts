/**
 * Our own store function for idb-keyval: its `createStore` can neither ask for strict durability, nor give way when
 * another version of the page wants to change the database, nor recover a connection that the browser closed. One object
 * store per database; the database's version is never raised (formats are versioned inside the values). Each database
 * carries a random identity, so that one which was deleted and made anew is never taken for the one before.
 */
import { promisifyRequest, type UseStore } from 'idb-keyval';
import type { Observable, StoreFailure } from './contract.ts';
import type { Clock, Randomness } from './environment.ts';
import { observableOf } from './observable.ts';
import { failureOf } from './room-store.ts';

export interface IndexedStore {
  /** For keystrokes: complete when the browser has handed the bytes to the operating system. */
  readonly relaxed: UseStore;
  /** For what must survive a power cut: commands, compaction, what the relay acknowledged, held edits. */
  readonly strict: UseStore;
  /** Why the database cannot be opened right now; null while it can, or nobody has tried. */
  readonly trouble: Observable<StoreFailure | null>;
  /** Opens the database; the identity it was given when it was made, null while a full disk takes none. */
  identity(): Promise<string | null>;
  /**
   * Calls back when the database was deleted under this page and another is in its place: before anything is read from
   * the new one or written into it.
   */
  onReplaced(listener: () => void): void;
  close(): void;
}

const OBJECT_STORE = 'records';
const IDENTITY_KEY = ['identity'];
/** Opening takes milliseconds; after this somebody else is in the way: a deletion that waits for another tab. */
const SLOW_OPEN_MS = 5_000;
const REOPEN_MS = 5_000;

/** The returned functions reject with the DOMException of IndexedDB (quota, unknown, not found). */
export function createIndexedStore(
  factory: IDBFactory,
  databaseName: string,
  world: { readonly clock: Clock; readonly random: Pick<Randomness, 'uuid'> },
): IndexedStore {
  const { clock } = world;
  let opening: Promise<IDBDatabase> | null = null;
  let identity: string | null = null;
  let isClosed = false;
  let cancelReopen = () => {};
  const trouble = observableOf<StoreFailure | null>(null);
  let onReplaced = () => {};

  function open(): Promise<IDBDatabase> {
    if (opening !== null) return opening;
    const cancelSlow = clock.after(SLOW_OPEN_MS, () => trouble.set({ why: 'blocked', message: 'opening takes long' }));
    opening = connect().then(identify).finally(cancelSlow);
    opening.then(
      () => trouble.set(null),
      (error: unknown) => {
        forget();
        trouble.set(failureOf(error));
      },
    );
    return opening;
  }

  function connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = factory.open(databaseName);
      request.onupgradeneeded = () => request.result.createObjectStore(OBJECT_STORE);
      request.onblocked = () => trouble.set({ why: 'blocked', message: 'another page holds the database' });
      request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'));
      request.onsuccess = () => {
        const database = request.result;
        database.onclose = lost;
        database.onversionchange = () => {
          // Somebody deletes it, or a newer page changes it: whoever stays in the way only makes them wait.
          database.close();
          lost();
        };
        resolve(database);
      };
    });
  }

  /** Reads who the database is, or names it; tells when it is not the one from before. */
  async function identify(database: IDBDatabase): Promise<IDBDatabase> {
    const reading = database.transaction(OBJECT_STORE, 'readonly');
    const known: unknown = await promisifyRequest(reading.objectStore(OBJECT_STORE).get(IDENTITY_KEY));
    // A full disk takes no name; what is there can be read all the same.
    const found = typeof known === 'string' ? known : await name(database).catch(() => null);
    const isAnother = identity !== null && identity !== found;
    identity = found;
    if (isAnother) onReplaced();
    return database;
  }

  /** Of two tabs that name it at once, the first is right. */
  async function name(database: IDBDatabase): Promise<string> {
    const naming = database.transaction(OBJECT_STORE, 'readwrite', { durability: 'strict' });
    const store = naming.objectStore(OBJECT_STORE);
    const known: unknown = await promisifyRequest(store.get(IDENTITY_KEY));
    if (typeof known === 'string') return known;
    const fresh = world.random.uuid();
    store.put(fresh, IDENTITY_KEY);
    await transactionEnd(naming);
    return fresh;
  }

  function forget() {
    opening = null;
  }

  /** The browser took the connection away. What is in memory may be all there is: look at once whether the database is still there. */
  function lost() {
    forget();
    if (!isClosed) reopen();
  }

  function reopen() {
    cancelReopen();
    open().catch((error: unknown) => {
      trouble.set({ why: 'gone', message: failureOf(error).message });
      if (!isClosed) cancelReopen = clock.after(REOPEN_MS, reopen);
    });
  }

  function use(durability: 'relaxed' | 'strict'): UseStore {
    return async (mode, callback) => {
      const run = async (connection: Promise<IDBDatabase>) => {
        const transaction = (await connection).transaction(OBJECT_STORE, mode, { durability });
        return callback(transaction.objectStore(OBJECT_STORE));
      };
      const connection = open();
      try {
        return await run(connection);
      } catch (error) {
        if (!isLostConnection(error, connection !== opening)) throw error;
        // The browser closed the connection under us; a second one is all it takes.
        if (connection === opening) forget();
        return run(open());
      }
    };
  }

  return {
    relaxed: use('relaxed'),
    strict: use('strict'),
    trouble,
    identity: async () => {
      await open();
      return identity;
    },
    onReplaced: (listener) => {
      onReplaced = listener;
    },
    close: () => {
      isClosed = true;
      cancelReopen();
      opening?.then(
        (database) => database.close(),
        () => {},
      );
      forget();
    },
  };
}

/** A transaction that the browser aborted with its connection changed nothing. @param isLost the connection is known to be gone */
function isLostConnection(error: unknown, isLost: boolean): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'InvalidStateError' || (error.name === 'AbortError' && isLost);
}

/** Settles when the whole transaction has: a request that succeeded may still be rolled back. */
export function transactionEnd(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error ?? new Error('The write to IndexedDB failed'));
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('The write to IndexedDB was aborted', 'AbortError'));
  });
}
