/**
 * One person's store on this device: the update logs of all rooms they opened and a few sealed records (commands, the
 * catalogue). One IndexedDB database per person, named by a hash; keys hold ids and numbers, never content. Failures
 * are values. What one room's log is, says room-store.ts; how it is kept here, room-log.ts.
 */
import { promisifyRequest } from 'idb-keyval';
import { toBase64 } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import type { z } from 'zod';
import { ROOM_KINDS, type RoomAddress, type RoomKind } from '../../shared/rooms.ts';
import type { Observable, StoreFailure } from './contract.ts';
import { type KeyProvider, openEnvelope, openJson, sealJson } from './envelope.ts';
import type { StoreEnvironment } from './environment.ts';
import { createIndexedStore, transactionEnd } from './indexed-store.ts';
import { copyKey, mayGo, openHeld, openRoomLog, readStatements, removeRoom } from './room-log.ts';
import {
  asValue,
  type HeldRecord,
  isUnacknowledged,
  type RoomStore,
  roomFactsSchema,
  type Stored,
} from './room-store.ts';

export interface LocalStore {
  /** Name of the database: also the name under which tabs of this person find each other. */
  readonly name: string;
  /** Why the database cannot be opened right now; null while it can. */
  readonly trouble: Observable<StoreFailure | null>;
  /** The random name that the database got when it was made: another one is another database, without what was in it. */
  identity(): Promise<Stored<string | null>>;
  /** Calls back before anything is done with a database that is in the place of one that was deleted under this page. */
  onReplaced(listener: () => void): void;
  room(address: RoomAddress): RoomStore;
  /** Rooms with edits that the relay has not acknowledged. */
  unacknowledgedRooms(): Promise<Stored<RoomAddress[]>>;
  /**
   * Removes a document's copy: all rooms or none, in one transaction that looks first. `stays` while any room holds edits
   * that the relay has not acknowledged, or refused ones that the host does not have, or was not compared with the relay's
   * store of now. Never unasked.
   */
  letGo(documentId: string, generation: string): Promise<Stored<'gone' | 'stays'>>;
  /** Everything in the store about one document, readable or not, as plain JSON. */
  exportDocument(documentId: string): Promise<Stored<DocumentExport>>;
  readRecord<T>(key: RecordKey, schema: z.ZodType<T>): Promise<Stored<T | null>>;
  writeRecord(key: RecordKey, value: unknown): Promise<Stored<null>>;
  deleteRecord(key: RecordKey): Promise<Stored<null>>;
  /** All records under a first word, in the order of their keys; an unreadable one is left where it is and logged. */
  readRecords<T>(first: string, schema: z.ZodType<T>): Promise<Stored<T[]>>;
  close(): void;
}

/** Ids and numbers only. */
type RecordKey = readonly [string, ...(string | number)[]];

interface DocumentExport {
  readonly format: 'concord-local-export';
  readonly version: 1;
  readonly documentId: string;
  readonly rooms: readonly {
    readonly room: RoomKind;
    readonly facts: unknown;
    /** Yjs updates (V1) in base64 in the order they were written; `null` with the reason where one cannot be read. */
    readonly updates: readonly { readonly mark: number; readonly update: string | null; readonly reason?: string }[];
    /** Edits that the relay refused, in one update; null when there are none that can be read. */
    readonly held: (Omit<HeldRecord, 'update'> & { readonly update: string }) | null;
    /** What the relay stated about owners of clientIDs: its frames in base64. */
    readonly statements: readonly string[];
  }[];
}

/** @param personId whose store; another person's is another database that this code never opens */
export function personDatabaseName(personId: string): string {
  const bytes = digest(new TextEncoder().encode(`concord ${personId}`));
  return `concord-${[...bytes.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export function openLocalStore(databaseName: string, keys: KeyProvider, environment: StoreEnvironment): LocalStore {
  const { keyRange, log } = environment;
  const indexed = createIndexedStore(environment.indexedDB, databaseName, environment);

  return {
    name: databaseName,
    trouble: indexed.trouble,
    identity: () => asValue(() => indexed.identity()),
    onReplaced: indexed.onReplaced,
    room: (address) => openRoomLog(address, { databaseName, indexed, keys, environment }),
    unacknowledgedRooms: () =>
      asValue(async () => {
        const found = await indexed.relaxed('readonly', async (store) => {
          const range = keyRange.bound(['facts'], ['facts', []]);
          const [factKeys, values] = await Promise.all([
            promisifyRequest(store.getAllKeys(range)),
            promisifyRequest(store.getAll(range)),
          ]);
          return factKeys.map((key, i) => ({ key, value: values[i] as unknown }));
        });
        return found.flatMap(({ key, value }) => {
          const facts = roomFactsSchema.safeParse(value);
          const [, documentId, room] = key as ['facts', string, RoomKind];
          return facts.success && !isUnacknowledged(facts.data) ? [] : [{ documentId, room }];
        });
      }),
    letGo: (documentId, generation) =>
      asValue(() =>
        indexed.strict('readwrite', async (store) => {
          const rooms = ROOM_KINDS.map((room) => ({ documentId, room }));
          const may = await Promise.all(rooms.map((address) => mayGo(store, address, keyRange, generation)));
          if (!may.every((each) => each)) return 'stays';
          for (const address of rooms) await removeRoom(store, address, keyRange);
          store.delete(['record', ...copyKey(documentId)]);
          await transactionEnd(store.transaction);
          return 'gone';
        }),
      ),
    exportDocument: (documentId) =>
      asValue(async () => ({
        format: 'concord-local-export',
        version: 1,
        documentId,
        rooms: await Promise.all(ROOM_KINDS.map((room) => exportRoom({ documentId, room }))),
      })),
    readRecord: (key, schema) =>
      asValue(async () => {
        const stored = await indexed.relaxed('readonly', (store) => promisifyRequest(store.get(['record', ...key])));
        return openJson(keys, stored, schema);
      }),
    writeRecord: (key, value) =>
      asValue(async () => {
        const sealed = await sealJson(keys, value);
        await indexed.strict('readwrite', (store) => {
          store.put(sealed, ['record', ...key]);
          return transactionEnd(store.transaction);
        });
        return null;
      }),
    deleteRecord: (key) =>
      asValue(async () => {
        await indexed.strict('readwrite', (store) => {
          store.delete(['record', ...key]);
          return transactionEnd(store.transaction);
        });
        return null;
      }),
    readRecords: (first, schema) =>
      asValue(async () => {
        const range = keyRange.bound(['record', first], ['record', first, []]);
        const stored = await indexed.relaxed('readonly', (store) => promisifyRequest(store.getAll(range)));
        const records = await Promise.all(stored.map((value: unknown) => openJson(keys, value, schema)));
        const readable = records.filter((record) => record !== null);
        if (readable.length < records.length) log('store.unreadable', { count: records.length - readable.length });
        return readable;
      }),
    close: () => indexed.close(),
  };

  async function exportRoom(address: RoomAddress): Promise<DocumentExport['rooms'][number]> {
    const prefix = [address.documentId, address.room];
    const found = await indexed.relaxed('readonly', async (store) => {
      const range = keyRange.bound(['entry', ...prefix], ['entry', ...prefix, []]);
      const [entryKeys, entries, facts, held] = await Promise.all([
        promisifyRequest(store.getAllKeys(range)),
        promisifyRequest(store.getAll(range)),
        promisifyRequest(store.get(['facts', ...prefix])),
        promisifyRequest(store.get(['held', ...prefix])),
      ]);
      return { entryKeys, entries: entries as unknown[], facts: facts as unknown, held: held as unknown };
    });
    const updates = await Promise.all(
      found.entries.map(async (stored, i) => {
        const mark = Number((found.entryKeys[i] as IDBValidKey[])[3]);
        const opened = await openEnvelope(keys, stored);
        return opened.ok ? { mark, update: toBase64(opened.bytes) } : { mark, update: null, reason: opened.reason };
      }),
    );
    const held = await openHeld(keys, found.held);
    const statements = await readStatements(address, { indexed, keys, environment });
    return {
      room: address.room,
      facts: found.facts ?? null,
      updates,
      held: held && { ...held, update: toBase64(held.update) },
      statements: statements.map(({ frame }) => toBase64(frame)),
    };
  }
}
