/**
 * The update log of one room in IndexedDB. Marks are given out inside the write transaction, so several tabs append
 * without talking; compaction puts one entry in the place of exactly the entries it read, in one transaction, so a crash
 * at any point leaves either all of the old or the new. Applies updates to a fresh Y.Doc, never merges them (quadratic).
 */
import { promisifyRequest } from 'idb-keyval';
import * as Y from 'yjs';
import { z } from 'zod';
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';
import { PROSE_SCHEMA_VERSION } from '../../shared/versions.ts';
import { type KeyProvider, openEnvelope } from './envelope.ts';
import type { StoreEnvironment } from './environment.ts';
import { type IndexedStore, transactionEnd } from './indexed-store.ts';
import type { StoredStatement } from './room-ownership.ts';
import {
  asValue,
  type HeldRecord,
  NO_FACTS,
  type RoomFacts,
  type RoomStore,
  roomFactsSchema,
  type StoredUpdate,
  withConfirmed,
  withEntry,
} from './room-store.ts';

const heldFactsSchema = z.object({
  heldId: z.string(),
  reason: z.string(),
  mark: z.number(),
  handedIn: z.boolean(),
  envelope: z.unknown(),
});

export interface RoomLogParts {
  readonly databaseName: string;
  readonly indexed: IndexedStore;
  readonly keys: KeyProvider;
  readonly environment: StoreEnvironment;
}

/** The record that says that a document is whole on this device; it goes with the copy, in the same transaction. */
export function copyKey(documentId: string) {
  return ['copy', documentId] as const;
}

export function openRoomLog(address: RoomAddress, parts: RoomLogParts): RoomStore {
  const { indexed, keys, environment } = parts;
  const { factsKey, heldKey, entryKey, statementKey, entriesAfter } = roomKeys(address, environment.keyRange);
  const readFacts = (store: IDBObjectStore) => readRoomFacts(store, address, environment.keyRange);
  /** The first fact names the log. */
  const named = (facts: RoomFacts, before: RoomFacts): RoomFacts =>
    before === NO_FACTS ? { ...facts, logId: environment.random.uuid() } : facts;

  async function readEntries(mark: number) {
    const found = await indexed.relaxed('readonly', async (store) => {
      const [entryKeys, entries, held, facts] = await Promise.all([
        promisifyRequest(store.getAllKeys(entriesAfter(mark))),
        promisifyRequest(store.getAll(entriesAfter(mark))),
        promisifyRequest(store.get(heldKey)),
        readFacts(store),
      ]);
      return { marks: entryKeys.map(markOf), entries: entries as unknown[], held: held as unknown, facts };
    });
    const updates = await Promise.all(
      found.entries.map(async (stored, i): Promise<StoredUpdate> => {
        const opened = await openEnvelope(keys, stored);
        const mark = found.marks[i] ?? 0;
        if (!opened.ok) throw new Error(`entry ${mark} of ${address.room} cannot be read: ${opened.reason}`);
        return { mark, update: opened.bytes };
      }),
    );
    return { updates, facts: found.facts, held: await openHeld(keys, found.held) };
  }

  function changeFacts(change: (facts: RoomFacts) => RoomFacts) {
    return asValue(() =>
      indexed.strict('readwrite', async (store) => {
        const before = await readFacts(store);
        const changed = change(before);
        if (changed === before) return before;
        const after = named(changed, before);
        store.put(after, factsKey);
        await transactionEnd(store.transaction);
        return after;
      }),
    );
  }

  return {
    read: (mark) => asValue(() => readEntries(mark)),
    append: (update, isLocal, own, logId = '') =>
      asValue(async () => {
        const envelope = await keys.seal(update);
        return indexed.relaxed('readwrite', async (store) => {
          const before = await readFacts(store);
          if (logId !== '' && before.logId !== logId) return null;
          const facts = named(withEntry(before, isLocal, PROSE_SCHEMA_VERSION, own), before);
          // `add`, not `put`: an entry is never overwritten.
          store.add(envelope, entryKey(facts.lastMark));
          store.put(facts, factsKey);
          await transactionEnd(store.transaction);
          return facts;
        });
      }),
    changeFacts,
    readStatements: () => asValue(() => readStatements(address, parts)),
    changeStatements: ({ put, remove, confirmed }) =>
      asValue(async () => {
        const sealed = await Promise.all(
          put.map(async ({ key, frame }) => ({ key, envelope: await keys.seal(frame) })),
        );
        return indexed.strict('readwrite', async (store) => {
          const before = await readFacts(store);
          const after = withConfirmed(before, confirmed);
          if (after !== before) store.put(after, factsKey);
          for (const { key, envelope } of sealed) store.put(envelope, statementKey(key));
          for (const key of remove) store.delete(statementKey(key));
          await transactionEnd(store.transaction);
          return after;
        });
      }),
    compact: (minEntries) =>
      asValue(async () => {
        let removed = 0;
        await environment.withLock(`${parts.databaseName}/compact/${roomKey(address)}`, 'skip', async () => {
          const { updates } = await readEntries(0);
          const last = updates.at(-1);
          if (updates.length < minEntries || last === undefined) return;
          const envelope = await keys.seal(applied(updates));
          removed = await indexed.strict('readwrite', async (store) => {
            const present = new Set((await promisifyRequest(store.getAllKeys(entriesAfter(0)))).map(markOf));
            // Somebody discarded or compacted the room meanwhile: what was read is no longer what is there.
            if (!updates.every(({ mark }) => present.has(mark))) return 0;
            for (const { mark } of updates) if (mark !== last.mark) store.delete(entryKey(mark));
            store.put(envelope, entryKey(last.mark));
            await transactionEnd(store.transaction);
            return updates.length - 1;
          });
        });
        return removed;
      }),
    replaceAll: (update, mark, own) =>
      asValue(async () => {
        const envelope = await keys.seal(update);
        return indexed.strict('readwrite', async (store) => {
          const before = await readFacts(store);
          if (before.lastMark !== mark) return false;
          const after = withEntry(before, true, PROSE_SCHEMA_VERSION, [own]);
          store.delete(entriesAfter(0));
          store.add(envelope, entryKey(after.lastMark));
          store.put(after, factsKey);
          await transactionEnd(store.transaction);
          return true;
        });
      }),
    keepHeld: (held) =>
      asValue(async () => {
        const { update, ...facts } = held;
        const envelope = await keys.seal(update);
        await indexed.strict('readwrite', (store) => {
          store.put({ ...facts, envelope }, heldKey);
          return transactionEnd(store.transaction);
        });
        return null;
      }),
    discard: (consent) =>
      asValue(() =>
        indexed.strict('readwrite', async (store) => {
          const facts = await readFacts(store);
          const held = heldFactsSchema.safeParse(await promisifyRequest(store.get(heldKey)));
          const withHost = held.success && held.data.handedIn ? held.data.mark : 0;
          const exported = consent === 'handedIn' ? 0 : consent.exportedMark;
          if (facts.lastLocalMark > Math.max(facts.ackedMark, withHost, exported)) {
            throw new Error('there are edits that nobody else has');
          }
          await removeRoom(store, address, environment.keyRange);
          store.delete(['record', ...copyKey(address.documentId)]);
          await transactionEnd(store.transaction);
          return null;
        }),
      ),
  };
}

function roomKeys({ documentId, room }: RoomAddress, keyRange: typeof IDBKeyRange) {
  const id = [documentId, room] as const;
  const entryKey = (mark: number) => ['entry', ...id, mark];
  return {
    factsKey: ['facts', ...id],
    heldKey: ['held', ...id],
    entryKey,
    statementKey: (key: string) => ['owners', ...id, key],
    statements: keyRange.bound(['owners', ...id], ['owners', ...id, []]),
    entriesAfter: (mark: number) => keyRange.bound(entryKey(mark), ['entry', ...id, []], true),
  };
}

/** The facts, or what must be assumed when they are lost: everything here is this person's and unacknowledged. */
async function readRoomFacts(
  store: IDBObjectStore,
  address: RoomAddress,
  keyRange: typeof IDBKeyRange,
): Promise<RoomFacts> {
  const { factsKey, entriesAfter } = roomKeys(address, keyRange);
  const stored = roomFactsSchema.safeParse(await promisifyRequest(store.get(factsKey)));
  if (stored.success) return stored.data;
  const marks = (await promisifyRequest(store.getAllKeys(entriesAfter(0)))).map(markOf);
  const lastMark = Math.max(0, ...marks.slice(-1));
  if (lastMark === 0) return NO_FACTS;
  return { ...NO_FACTS, lastMark, lastLocalMark: lastMark };
}

/** Whether nothing of a room is only here: the relay has acknowledged every edit, or a host has what it refused. */
export async function mayGo(
  store: IDBObjectStore,
  address: RoomAddress,
  keyRange: typeof IDBKeyRange,
  generation: string,
): Promise<boolean> {
  const facts = await readRoomFacts(store, address, keyRange);
  const stored: unknown = await promisifyRequest(store.get(roomKeys(address, keyRange).heldKey));
  const held = heldFactsSchema.safeParse(stored);
  // A record of refused edits that cannot be read is somebody's words all the same.
  if (stored !== undefined && !(held.success && held.data.handedIn)) return false;
  // What an earlier store of the relay had, the one of now may lack: a backup was put back.
  if (facts.lastMark > 0 && facts.generation !== generation) return false;
  return facts.lastLocalMark <= Math.max(facts.ackedMark, held.success ? held.data.mark : 0);
}

/** Deletes a room's entries and refused edits in the caller's transaction, which has made sure that they may go. */
export async function removeRoom(
  store: IDBObjectStore,
  address: RoomAddress,
  keyRange: typeof IDBKeyRange,
): Promise<void> {
  const { factsKey, heldKey, statements, entriesAfter } = roomKeys(address, keyRange);
  const facts = await readRoomFacts(store, address, keyRange);
  store.delete(entriesAfter(0));
  store.delete(statements);
  store.delete(heldKey);
  // Marks are never given out twice: another tab may still know the old ones.
  store.put({ ...facts, lastLocalMark: 0, ackedMark: 0 }, factsKey);
}

/** What the relay stated about owners; what cannot be read is left out, it is stated again at the next joining. */
export async function readStatements(
  address: RoomAddress,
  { indexed, keys, environment }: Pick<RoomLogParts, 'indexed' | 'keys' | 'environment'>,
): Promise<StoredStatement[]> {
  const { statements } = roomKeys(address, environment.keyRange);
  const found = await indexed.relaxed('readonly', async (store) => {
    const [names, envelopes] = await Promise.all([
      promisifyRequest(store.getAllKeys(statements)),
      promisifyRequest(store.getAll(statements)),
    ]);
    return { names: names.map((name) => String((name as IDBValidKey[])[3])), envelopes: envelopes as unknown[] };
  });
  const opened = await Promise.all(found.envelopes.map((envelope) => openEnvelope(keys, envelope)));
  return opened.flatMap((each, i) => (each.ok ? [{ key: found.names[i] ?? '', frame: each.bytes }] : []));
}

function markOf(key: IDBValidKey): number {
  return Number((key as IDBValidKey[])[3]);
}

function applied(updates: readonly StoredUpdate[]): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const { update } of updates) Y.applyUpdate(doc, update);
  });
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/** The record of refused edits as it was found in the store; null when there is none that can be read. */
export async function openHeld(keys: KeyProvider, stored: unknown): Promise<HeldRecord | null> {
  if (stored === undefined) return null;
  const held = heldFactsSchema.safeParse(stored);
  if (!held.success) return null;
  const { envelope, ...facts } = held.data;
  const opened = await openEnvelope(keys, envelope);
  return opened.ok ? { ...facts, update: opened.bytes } : null;
}
