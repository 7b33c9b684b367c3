/** The device store on a real (fake-indexeddb) database: marks, envelopes, compaction with its crash points, failures as values. */
import { IDBFactory } from 'fake-indexeddb';
import { get, set } from 'idb-keyval';
import { toBase64 } from 'lib0/buffer';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { z } from 'zod';
import { type KeyProvider, plainKeys } from '../../../client/replica/envelope.ts';
import type { StoreEnvironment } from '../../../client/replica/environment.ts';
import { createIndexedStore } from '../../../client/replica/indexed-store.ts';
import { type LocalStore, openLocalStore, personDatabaseName } from '../../../client/replica/local-store.ts';
import { readBodyCopy } from '../../../client/replica/read-copy.ts';
import { isUnacknowledged, type RoomStore, type Stored } from '../../../client/replica/room-store.ts';
import { storeEnvironment } from '../../support/store-environment.ts';

const ADDRESS = { documentId: '00000000-0000-4000-8000-000000000001', room: 'body' } as const;
const PERSON = '00000000-0000-4000-8000-0000000000aa';

function open(env = storeEnvironment(), keys: KeyProvider = plainKeys): LocalStore {
  return openLocalStore(personDatabaseName(PERSON), keys, env);
}

function value<T>(stored: Stored<T>): T {
  if (!stored.ok) throw new Error(stored.reason);
  return stored.value;
}

/** Updates of one document, one character each. */
function updatesOf(words: string): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [i, character] of [...words].entries()) doc.getText('prose').insert(i, character);
  return updates;
}

async function wordsIn(room: RoomStore): Promise<string> {
  const doc = new Y.Doc();
  for (const { update } of value(await room.read(0)).updates) Y.applyUpdate(doc, update);
  return doc.getText('prose').toString();
}

async function appendAll(room: RoomStore, words: string, isLocal = true): Promise<void> {
  for (const update of updatesOf(words)) value(await room.append(update, isLocal));
}

describe('a copy that is let go', () => {
  it('[C6] stays while it was not compared with the store that the relay has now', async () => {
    const store = open();
    const room = store.room(ADDRESS);
    await appendAll(room, '备份之后写的');
    value(await room.changeFacts((facts) => ({ ...facts, generation: 'monday', ackedMark: facts.lastMark })));
    // A backup was put back at the relay, which may lack it.
    expect(value(await store.letGo(ADDRESS.documentId, 'restored'))).toBe('stays');
    expect(await wordsIn(room)).toBe('备份之后写的');
    expect(value(await store.letGo(ADDRESS.documentId, 'monday'))).toBe('gone');
    expect(await wordsIn(room)).toBe('');
  });
});

describe('the log of a room', () => {
  it('gives every entry a growing mark, also when two tabs append at once', async () => {
    const env = storeEnvironment();
    const [left, right] = [open(env).room(ADDRESS), open(env).room(ADDRESS)];
    const updates = updatesOf('甲乙丙丁戊己');
    const facts = await Promise.all(updates.map((update, i) => (i % 2 ? left : right).append(update, true)));
    const marks = facts.map((each) => value(each)?.lastMark ?? 0).sort((a, b) => a - b);
    expect(marks).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await wordsIn(left)).toBe('甲乙丙丁戊己');
  });

  it('[C13] takes an entry only into the log it goes on with, and a first one into any', async () => {
    const env = storeEnvironment();
    const room = open(env).room(ADDRESS);
    const [first, second] = updatesOf('甲乙');
    if (first === undefined || second === undefined) throw new Error('two updates are needed');
    expect(value(await room.read(0)).facts.logId).toBe('');
    const { logId } = value(await room.append(first, true, [], '')) ?? { logId: '' };
    expect(logId).not.toBe('');
    expect(value(await room.append(second, true, [], 'the log before'))).toBeNull();
    expect(await wordsIn(room)).toBe('甲');
    expect(value(await room.append(second, true, [], logId))?.logId).toBe(logId);
    expect(await wordsIn(room)).toBe('甲乙');
  });

  it('[C4] has everything after the database is opened anew', async () => {
    const env = storeEnvironment();
    const before = open(env);
    await appendAll(before.room(ADDRESS), '离线');
    before.close();
    expect(await wordsIn(open(env).room(ADDRESS))).toBe('离线');
  });

  it('gives a copy of a body without the document being opened, and nothing of one it does not have', async () => {
    const store = open();
    expect(await readBodyCopy(store, ADDRESS.documentId)).toBeNull();
    await appendAll(store.room(ADDRESS), '案卷');
    const copy = await readBodyCopy(store, ADDRESS.documentId);
    expect(copy?.getText('prose').toString()).toBe('案卷');
    copy?.getText('prose').insert(0, '不写回');
    expect(await wordsIn(store.room(ADDRESS))).toBe('案卷');
  });

  it('knows local entries from those of the relay, and which rooms hold something unacknowledged', async () => {
    const store = open();
    await appendAll(store.room(ADDRESS), '甲乙', false);
    expect(value(await store.unacknowledgedRooms())).toEqual([]);
    await appendAll(store.room({ ...ADDRESS, room: 'review' }), '丙');
    expect(value(await store.unacknowledgedRooms())).toEqual([{ ...ADDRESS, room: 'review' }]);
  });

  it('reads only what came after a mark', async () => {
    const room = open().room(ADDRESS);
    await appendAll(room, '甲乙丙');
    expect(value(await room.read(2)).updates.map(({ mark }) => mark)).toEqual([3]);
  });

  it('takes everything for unacknowledged when its facts are lost', async () => {
    const env = storeEnvironment();
    const store = open(env);
    await appendAll(store.room(ADDRESS), '甲乙');
    const raw = createIndexedStore(env.indexedDB, store.name, env);
    await set(['facts', ADDRESS.documentId, ADDRESS.room], { nonsense: true }, raw.strict);
    const { facts } = value(await store.room(ADDRESS).read(0));
    expect(facts).toMatchObject({ lastMark: 2, lastLocalMark: 2, ackedMark: 0 });
    expect(value(await store.unacknowledgedRooms())).toEqual([ADDRESS]);
  });

  it('holds no word and no name in keys or in the name of the database', async () => {
    const env = storeEnvironment();
    const store = open(env);
    await appendAll(store.room(ADDRESS), '甲乙');
    value(await store.writeRecord(['outbox', 1, 'id'], { title: '欠薪' }));
    const raw = createIndexedStore(env.indexedDB, store.name, env);
    const keys = await raw.relaxed('readonly', (objects) => promisedKeys(objects.getAllKeys()));
    expect(JSON.stringify(keys)).not.toMatch(/[\u4e00-\u9fff]/);
    expect(store.name).toMatch(/^concord-[0-9a-f]{24}$/);
    expect(store.name).not.toContain(PERSON);
    expect(personDatabaseName('another')).not.toBe(store.name);
  });
});

function promisedKeys(request: IDBRequest<IDBValidKey[]>): Promise<IDBValidKey[]> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

describe('an unreadable store', () => {
  it('[C1] gives the reason instead of an empty room, and exports what can be read', async () => {
    const env = storeEnvironment();
    const store = open(env);
    await appendAll(store.room(ADDRESS), '甲乙丙');
    const raw = createIndexedStore(env.indexedDB, store.name, env);
    await set(['entry', ADDRESS.documentId, ADDRESS.room, 2], { v: 99, what: 'from the future' }, raw.strict);
    const read = await store.room(ADDRESS).read(0);
    expect(read).toMatchObject({ ok: false, reason: expect.stringContaining('entry 2') });
    const exported = value(await store.exportDocument(ADDRESS.documentId));
    const body = exported.rooms.find(({ room }) => room === 'body');
    expect(body?.updates.map(({ update, reason }) => [update !== null, reason])).toEqual([
      [true, undefined],
      [false, 'not an envelope of a known version'],
      [true, undefined],
    ]);
    // Neither reading nor compacting has touched it.
    expect((await store.room(ADDRESS).compact(1)).ok).toBe(false);
    expect(await get(['entry', ADDRESS.documentId, ADDRESS.room, 3], raw.strict)).toBeDefined();
  });

  it('says which key is missing when an entry was sealed with another one', async () => {
    const env = storeEnvironment();
    const locked: KeyProvider = {
      seal: async (bytes) => ({ v: 1, keyId: 'device-lock', bytes: bytes.map((byte) => byte ^ 0x55) }),
      open: async (envelope) => envelope.bytes.map((byte) => byte ^ 0x55),
    };
    await appendAll(open(env, locked).room(ADDRESS), '甲');
    expect(await wordsIn(open(env, locked).room(ADDRESS))).toBe('甲');
    expect(await open(env).room(ADDRESS).read(0)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('device-lock'),
    });
  });

  it('turns what the browser throws into a reason', async () => {
    const refusing = new Proxy(new IDBFactory(), {
      get: (target, key) =>
        key === 'open'
          ? () => {
              throw new DOMException('storage is blocked', 'SecurityError');
            }
          : Reflect.get(target, key, target),
    });
    const read = await open(storeEnvironment(refusing)).room(ADDRESS).read(0);
    expect(read).toEqual({ ok: false, reason: 'SecurityError: storage is blocked', why: 'unknown' });
  });
});

describe('one entry in the place of all', () => {
  it('[C6] waits for an acknowledgement, and takes the place of nothing that came meanwhile', async () => {
    const env = storeEnvironment();
    const room = open(env).room(ADDRESS);
    await appendAll(room, '甲乙丙');
    const [update = new Uint8Array()] = updatesOf('丁');
    expect(value(await room.replaceAll(update, 2, 7))).toBe(false);
    expect(await wordsIn(room)).toBe('甲乙丙');
    value(await room.changeFacts((facts) => ({ ...facts, ackedMark: 3 })));
    expect(value(await room.replaceAll(update, 3, 7))).toBe(true);
    const { updates, facts } = value(await open(env).room(ADDRESS).read(0));
    expect(updates).toEqual([{ mark: 4, update }]);
    expect(isUnacknowledged(facts)).toBe(true);
  });
});

describe('compaction', () => {
  it('[C6] keeps the content, the marks and what is unacknowledged', async () => {
    const room = open().room(ADDRESS);
    await appendAll(room, '甲乙丙丁');
    expect(value(await room.compact(3))).toBe(3);
    const { updates, facts } = value(await room.read(0));
    expect(updates.map(({ mark }) => mark)).toEqual([4]);
    expect(isUnacknowledged(facts)).toBe(true);
    expect(await wordsIn(room)).toBe('甲乙丙丁');
    expect(value(await room.append(updatesOf('戊')[0] ?? new Uint8Array(), true))?.lastMark).toBe(5);
  });

  it('does nothing below its threshold', async () => {
    const room = open().room(ADDRESS);
    await appendAll(room, '甲乙');
    expect(value(await room.compact(3))).toBe(0);
    expect(value(await room.read(0)).updates.length).toBe(2);
  });

  it('[C6] leaves an entry alone that another tab appended while it was working', async () => {
    const env = storeEnvironment();
    const other = open(env).room(ADDRESS);
    const updates = updatesOf('甲乙丙丁');
    const slow: KeyProvider = {
      seal: async (bytes) => {
        // Sealing happens between reading and writing: here the other tab is faster.
        if (isCompacting) value(await other.append(updates[3] ?? new Uint8Array(), true));
        return plainKeys.seal(bytes);
      },
      open: plainKeys.open,
    };
    let isCompacting = false;
    const room = open(env, slow).room(ADDRESS);
    for (const update of updates.slice(0, 3)) value(await room.append(update, true));
    isCompacting = true;
    expect(value(await room.compact(2))).toBe(2);
    isCompacting = false;
    expect(value(await room.read(0)).updates.map(({ mark }) => mark)).toEqual([3, 4]);
    expect(await wordsIn(room)).toBe('甲乙丙丁');
  });

  it('[C6] leaves the old entries as they are when it dies before or within its transaction', async () => {
    for (const point of ['before', 'within'] as const) {
      const env = storeEnvironment();
      await appendAll(open(env).room(ADDRESS), '甲乙丙丁');
      const dying: StoreEnvironment = { ...env, indexedDB: abortingFactory(env.indexedDB, point) };
      expect((await open(dying).room(ADDRESS).compact(2)).ok).toBe(false);
      const after = open(env).room(ADDRESS);
      expect(value(await after.read(0)).updates.length).toBe(4);
      expect(await wordsIn(after)).toBe('甲乙丙丁');
    }
  });

  it('[C6] two at once lose nothing, also without locks', async () => {
    const env = storeEnvironment();
    await appendAll(open(env).room(ADDRESS), '甲乙丙丁戊');
    await Promise.all([open(env).room(ADDRESS).compact(2), open(env).room(ADDRESS).compact(2)]);
    expect(await wordsIn(open(env).room(ADDRESS))).toBe('甲乙丙丁戊');
  });
});

/** A factory whose writing transactions die: refused at their beginning, or aborted after their first delete. */
function abortingFactory(factory: IDBFactory, point: 'before' | 'within'): IDBFactory {
  return new Proxy(factory, {
    get(target, key) {
      if (key !== 'open') return Reflect.get(target, key, target);
      return (name: string) => {
        const request = target.open(name);
        request.addEventListener('success', () => {
          const database = request.result;
          const original = database.transaction.bind(database);
          database.transaction = (...args) => {
            const transaction = original(...args);
            if (args[1] !== 'readwrite') return transaction;
            if (point === 'before') {
              transaction.abort();
              throw new DOMException('gone', 'AbortError');
            }
            const store = transaction.objectStore('records');
            const remove = store.delete.bind(store);
            store.delete = (which) => {
              const deleting = remove(which);
              deleting.addEventListener('success', () => transaction.abort());
              return deleting;
            };
            transaction.objectStore = () => store;
            return transaction;
          };
        });
        return request;
      };
    },
  });
}

describe('throwing a room away', () => {
  it('[C6] is refused in the same transaction while there are edits that nobody else has', async () => {
    const room = open().room(ADDRESS);
    await appendAll(room, '甲');
    expect((await room.discard('handedIn')).ok).toBe(false);
    const update = updatesOf('甲')[0] ?? new Uint8Array();
    value(await room.keepHeld({ heldId: 'h', reason: 'frozen', update, mark: 1, handedIn: false }));
    expect((await room.discard('handedIn')).ok).toBe(false);
    expect(await wordsIn(room)).toBe('甲');
    value(await room.keepHeld({ heldId: 'h', reason: 'frozen', update, mark: 1, handedIn: true }));
    await appendAll(room, '乙');
    expect((await room.discard('handedIn')).ok).toBe(false);
    expect(value(await room.read(0)).held).toMatchObject({ heldId: 'h', handedIn: true });
  });

  it('happens when a host has everything, or the person took an export; marks are never given out twice', async () => {
    const room = open().room(ADDRESS);
    await appendAll(room, '甲乙');
    const update = updatesOf('甲乙')[0] ?? new Uint8Array();
    value(await room.keepHeld({ heldId: 'h', reason: 'frozen', update, mark: 2, handedIn: true }));
    value(await room.discard('handedIn'));
    const { updates, facts, held } = value(await room.read(0));
    expect(updates).toEqual([]);
    expect(held).toBeNull();
    expect(isUnacknowledged(facts)).toBe(false);
    expect(value(await room.append(update, true))?.lastMark).toBe(3);
    value(await room.discard({ exportedMark: 3 }));
    expect(value(await room.read(0)).updates).toEqual([]);
  });
});

describe('an export', () => {
  it('holds refused edits too, which may be readable where the entries are not', async () => {
    const store = open();
    const room = store.room(ADDRESS);
    const update = updatesOf('甲')[0] ?? new Uint8Array();
    value(await room.keepHeld({ heldId: 'h', reason: 'frozen', update, mark: 1, handedIn: false }));
    const exported = value(await store.exportDocument(ADDRESS.documentId));
    const found = exported.rooms.find(({ room }) => room === ADDRESS.room);
    expect(found?.held).toEqual({ heldId: 'h', reason: 'frozen', mark: 1, handedIn: false, update: toBase64(update) });
  });

  it('[C6] lets nothing go that was written after it was taken', async () => {
    const room = open().room(ADDRESS);
    await appendAll(room, '甲乙');
    const { lastLocalMark } = value(await room.read(0)).facts;
    await appendAll(room, '丙');
    expect((await room.discard({ exportedMark: lastLocalMark })).ok).toBe(false);
    expect(value(await room.read(0)).updates.length).toBeGreaterThan(lastLocalMark);
    value(await room.discard({ exportedMark: lastLocalMark + 1 }));
    expect(value(await room.read(0)).updates).toEqual([]);
  });
});

describe('sealed records', () => {
  it('come back in the order of their keys, an unreadable one left out and left alone', async () => {
    const env = storeEnvironment();
    const store = open(env);
    const schema = z.object({ n: z.number() });
    for (const n of [3, 1, 2]) value(await store.writeRecord(['outbox', n, 'id'], { n }));
    value(await store.writeRecord(['outbox', 4, 'id'], { other: true }));
    value(await store.writeRecord(['catalogue'], { n: 9 }));
    expect(value(await store.readRecords('outbox', schema))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(value(await store.readRecord(['catalogue'], schema))).toEqual({ n: 9 });
    value(await store.deleteRecord(['outbox', 1, 'id']));
    expect(value(await store.readRecords('outbox', schema))).toEqual([{ n: 2 }, { n: 3 }]);
    expect(value(await store.readRecord(['outbox', 4, 'id'], z.object({ other: z.boolean() })))).toEqual({
      other: true,
    });
  });
});

describe('the connection to the database', () => {
  it('is made anew when the browser has closed it', async () => {
    const env = storeEnvironment();
    const opened: IDBDatabase[] = [];
    const spying = new Proxy(env.indexedDB, {
      get(target, key) {
        if (key !== 'open') return Reflect.get(target, key, target);
        return (name: string) => {
          const request = target.open(name);
          request.addEventListener('success', () => opened.push(request.result));
          return request;
        };
      },
    });
    const room = open({ ...env, indexedDB: spying }).room(ADDRESS);
    await appendAll(room, '甲');
    opened[0]?.close();
    expect(await wordsIn(room)).toBe('甲');
    expect(opened.length).toBe(2);
  });
});
