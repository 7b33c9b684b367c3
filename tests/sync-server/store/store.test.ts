/** The store: rows in a chain, rooms as they were, failure that is never taken for success, one process per directory. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHAIN_START, verifyRows } from '../../../sync-server/store/chain.ts';
import { openForWriting } from '../../../sync-server/store/database.ts';
import { lockDirectory } from '../../../sync-server/store/lock.ts';
import type { WriteRequest } from '../../../sync-server/store/requests.ts';
import { readRows } from '../../../sync-server/store/room-reading.ts';
import { AT_MS, foldRequest, PEOPLE, populate, stageStore, uuid } from './store-stage.ts';

const append = (room: string, byte: number, change: Partial<WriteRequest> = {}): WriteRequest =>
  ({
    kind: 'append',
    room,
    update: Uint8Array.of(byte),
    author: 'p',
    agencyId: 'a',
    role: 'mediator',
    connection: 'c',
    newClientIds: [],
    ...change,
  }) as WriteRequest;

/** Updates as they come out of the journal: `room`, number, and the one byte that they say. */
const fold = (...entries: readonly (readonly [room: string, seq: number, byte: number])[]): WriteRequest =>
  foldRequest(
    entries.map(([room, seq, byte]) => ({
      ...{ room, seq, update: Uint8Array.of(byte), author: 'p', carrier: 'p', agencyId: 'a', role: 'mediator' },
      ...{ connection: 'c', atMs: AT_MS, newClientIds: [] },
    })),
  );
const FOLDED = { kind: 'folded', lost: [] };

describe('the log', () => {
  it('gives each room its own rows, and a room back as it was', () => {
    const stage = stageStore();
    const replies = stage.run(append('r', 1), append('s', 9), append('r', 2, { newClientIds: [2 ** 52] }));
    expect(replies).toEqual([
      { kind: 'appended', seq: 1 },
      { kind: 'appended', seq: 1 },
      { kind: 'appended', seq: 2 },
    ]);
    const room = stage.reader.loadRoom('r');
    expect(room.updates.map((update) => [...update])).toEqual([[1], [2]]);
    expect(room.ownersByClient).toEqual(new Map([[2 ** 52, 'p']]));
    expect(room).toMatchObject({ lastSeq: 2, updatesSinceSnapshot: 2 });
    expect(stage.reader.loadRoom('nobody')).toMatchObject({ updates: [], lastSeq: 0 });
  });

  it('is read with statements that are made once, and nothing is kept of what they said', () => {
    const { reader, run, checkpoint } = stageStore();
    const sql = 'SELECT seq FROM log WHERE room = ?';
    run(append('r', 1), append('r', 2));
    expect(reader.db.prepare(sql).get('r')).toMatchObject({ seq: 1 });
    run(append('r', 3));
    expect(reader.db.prepare(sql)).toBe(reader.db.prepare(sql));
    expect(reader.db.prepare(sql).all('r')).toHaveLength(3);
    // A statement that had not let go would hold the write-ahead log.
    expect(checkpoint()).toBeUndefined();
    expect(reader.db.prepare(sql).all('s')).toEqual([]);
  });

  it('keeps a snapshot instead of the rows before it, and never an older one', () => {
    const stage = stageStore();
    stage.run(append('r', 1), append('r', 2), append('r', 3));
    stage.run({ kind: 'snapshot', room: 'r', seq: 2, state: Uint8Array.of(12) });
    stage.run({ kind: 'snapshot', room: 'r', seq: 1, state: Uint8Array.of(11) });
    const room = stage.reader.loadRoom('r');
    expect(room.updates.map((update) => [...update])).toEqual([[12], [3]]);
    expect(room).toMatchObject({ lastSeq: 3, updatesSinceSnapshot: 1 });
  });

  it('chains every row over the payload hash, so that a payload that is gone leaves the chain valid and is missed', () => {
    const stage = stageStore();
    stage.run(append('r', 1), append('r', 2), append('r', 3));
    stage.run({ kind: 'snapshot', room: 'r', seq: 2, state: Uint8Array.of(12) });
    stage.db.exec("UPDATE log SET payload = NULL WHERE room = 'r' AND seq = 2");
    const rows = readRows(stage.db, 'r', 0);
    expect(rows).toHaveLength(3);
    expect(verifyRows('r', CHAIN_START, rows)).toEqual([{ room: 'r', seq: 2, what: 'payload-missing' }]);
    expect(stage.reader.loadRoom('r').updates.map((update) => [...update])).toEqual([[12], [3]]);
  });

  it.each([
    ["UPDATE log SET payload = x'ff' WHERE room = 'r' AND seq = 3", 'row 3 payload-changed'],
    ["UPDATE log SET payload = NULL WHERE room = 'r' AND seq = 3", 'row 3 payload-missing'],
    ["UPDATE log SET author = 'q' WHERE room = 'r' AND seq = 4", 'row 4 row-changed'],
    ["DELETE FROM log WHERE room = 'r' AND seq = 3", 'row 3 row-missing'],
    ["DELETE FROM log WHERE room = 'r' AND seq >= 2", 'row 2 row-missing'],
    ["UPDATE snapshots SET state = x'ff' WHERE room = 'r'", 'row 2 snapshot-changed'],
    ["INSERT INTO owners VALUES ('r', 7, 'q')", 'row 4 owners-differ'],
    ["UPDATE heads SET seq = 3 WHERE room = 'r'", 'row 4 head-differs'],
    ["UPDATE snapshots SET seq = 3 WHERE room = 'r'", 'row 3 snapshot-changed'],
  ])('[R14] does not give out a room that is not what was written: %s', (tampering, said) => {
    const stage = stageStore();
    stage.run(append('r', 1), append('r', 2), append('r', 3), append('r', 4), append('s', 9));
    stage.run({ kind: 'snapshot', room: 'r', seq: 2, state: Uint8Array.of(12) });
    stage.db.exec(tampering);
    expect(() => stage.reader.loadRoom('r')).toThrow(said);
    expect(stage.reader.loadRoom('s').lastSeq).toBe(1);
  });
});

describe('failure', () => {
  it('[R8] a full disk takes nothing of what is folded, and all of it once when there is room again', () => {
    const stage = stageStore();
    stage.run(fold(['r', 1, 1]));
    stage.db.exec('PRAGMA max_page_count = 60');
    const large = append('s', 3, { update: new Uint8Array(400_000) } as Partial<WriteRequest>);
    expect(stage.run(fold(['r', 2, 2]), large).map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect(stage.reader.loadRoom('r').lastSeq).toBe(1);
    // What follows a row that is not there is not taken; the same again is, and no row twice.
    expect(stage.run(fold(['r', 3, 3]))).toMatchObject([{ kind: 'folded', lost: [{ room: 'r', seq: 3 }] }]);
    expect(stage.run(fold(['r', 2, 2]), fold(['r', 2, 2], ['r', 3, 3]))).toEqual([FOLDED, FOLDED]);
    expect(stage.reader.loadRoom('r').updates.map((update) => [...update])).toEqual([[1], [2], [3]]);
  });

  it('a request that fails beside them takes nothing of what came together apart', () => {
    const stage = stageStore();
    const failing: WriteRequest = { kind: 'snapshot', room: 'nobody', seq: 1, state: Uint8Array.of(1) };
    const replies = stage.run(fold(['r', 1, 1], ['s', 1, 4], ['r', 2, 2], ['r', 3, 3]), failing);
    expect(replies).toMatchObject([FOLDED, { kind: 'failed', of: 'request' }]);
    expect(readRows(stage.db, 'r', 0).map(({ seq }) => seq)).toEqual([3]);
  });

  it('[R16] an update that the log does not take is lost alone, with what follows it in its room, though all came together', () => {
    const stage = stageStore();
    stage.db.exec(`CREATE TRIGGER broken BEFORE INSERT ON log WHEN new.room = 'r' AND new.seq >= 2
      BEGIN SELECT RAISE(ABORT, 'not this one'); END`);
    const replies = stage.run(fold(['r', 1, 1], ['r', 2, 2], ['s', 1, 4], ['r', 3, 3], ['s', 2, 5]), append('q', 6));
    expect(replies).toMatchObject([
      {
        kind: 'folded',
        lost: [
          { room: 'r', seq: 2, message: 'not this one' },
          { room: 'r', seq: 3 },
        ],
      },
      { kind: 'appended', seq: 1 },
    ]);
    expect(['r', 's', 'q'].map((room) => stage.reader.loadRoom(room).lastSeq)).toEqual([1, 2, 1]);
  });

  it('[R16] a row that was acknowledged is kept also when what people read of it cannot be noted', () => {
    const stage = stageStore();
    // What an event log is told of is read while it is noted; this cannot be read.
    expect(stage.run(fold(['r', 1, 1], ['d/work', 1, 255], ['d/work', 2, 3]))).toEqual([FOLDED]);
    expect(stage.run(append('d/work', 255), append('s', 4)).map(({ kind }) => kind)).toEqual(['failed', 'appended']);
    expect(['r', 's', 'd/work'].map((room) => stage.reader.loadRoom(room).lastSeq)).toEqual([1, 1, 2]);
  });

  it('[R16] after a commit that failed the store is opened anew, and what failed is neither kept nor acknowledged', () => {
    let opened = 0;
    let isBroken = false;
    let canOpen = true;
    const stage = stageStore(1, (db) => {
      opened++;
      if (!canOpen) throw new Error('no disk');
      const exec = db.exec.bind(db);
      const failing = (sql: string) => {
        // As when the disk did not take what was synced: the connection itself still believes in it.
        if (sql === 'COMMIT' && isBroken) throw Object.assign(new Error('disk I/O error'), { sqliteCode: 10 });
        return exec(sql);
      };
      return Object.defineProperty(db, 'exec', { value: failing });
    });
    stage.run(append('r', 1), append('s', 1));
    isBroken = true;
    expect(stage.run(append('r', 2), append('s', 2)).map((reply) => reply.kind)).toEqual(['failed', 'failed']);
    canOpen = false;
    expect(stage.run(append('q', 1), { kind: 'settle' })).toEqual([
      { kind: 'failed', of: 'store', message: 'no disk' },
      { kind: 'failed', of: 'store', message: 'no disk' },
    ]);
    isBroken = false;
    canOpen = true;
    expect(stage.run(append('s', 3), append('t', 1)).map(({ kind }) => kind)).toEqual(['appended', 'appended']);
    expect(opened).toBe(3);
    expect(stage.reader.loadRoom('r').lastSeq).toBe(1);
    expect(stage.reader.loadRoom('s').updates.map((update) => [...update])).toEqual([[1], [3]]);
  });

  it('[R8] a sync that fails while committed work is moved takes nothing back: it is told, and tried again later', () => {
    let opened = 0;
    let isBroken = false;
    const stage = stageStore(1, (db) => {
      opened++;
      const prepare = db.prepare.bind(db);
      const failing = (sql: string) => {
        if (sql.includes('PASSIVE') && isBroken) throw Object.assign(new Error('disk I/O error'), { sqliteCode: 1034 });
        return prepare(sql);
      };
      return Object.defineProperty(db, 'prepare', { value: failing });
    });
    const page = { update: new Uint8Array(4_000) };
    let seq = 0;
    const fill = (pages: number) => {
      const batch = Array.from({ length: pages }, () => append('r', ++seq, page));
      expect(stage.run(...batch).every(({ kind }) => kind === 'appended')).toBe(true);
    };
    fill(100);
    expect(stage.checkpoint()).toBeUndefined();
    isBroken = true;
    fill(1_000);
    expect(stage.checkpoint()).toBe('disk I/O error');
    expect(stage.reader.loadRoom('r').lastSeq).toBe(1_100);
    // The connection is another one; not every batch tries the disk again.
    fill(20);
    expect(opened).toBe(2);
    expect(stage.checkpoint()).toBeUndefined();
    isBroken = false;
    fill(200);
    expect(stage.checkpoint()).toBeNull();
    expect(stage.checkpoint()).toBeUndefined();
    expect(stage.reader.loadRoom('r').lastSeq).toBe(1_320);
  });

  it('[R16] a request that fails by itself is undone alone', () => {
    const stage = stageStore();
    const orphan: WriteRequest = {
      kind: 'openSession',
      tokenHash: 't',
      personId: uuid(2, 404),
      expiresAtMs: AT_MS + 1,
    };
    const replies = stage.run(append('r', 1), orphan, append('r', 2));
    expect(replies.map((reply) => reply.kind)).toEqual(['appended', 'failed', 'appended']);
    expect(stage.reader.loadRoom('r').lastSeq).toBe(2);
  });
});

describe('people and sessions', () => {
  it('knows a session until it ends, and ends them all with a new password', () => {
    const stage = stageStore();
    populate(stage);
    stage.run({ kind: 'openSession', tokenHash: 't', personId: PEOPLE.host, expiresAtMs: AT_MS + 1000 });
    expect(stage.reader.sessionPerson('t', AT_MS)?.personId).toBe(PEOPLE.host);
    expect(stage.reader.sessionPerson('t', AT_MS + 1000)).toBeNull();
    const person = { personId: PEOPLE.host, name: 'host', agencyIds: [uuid(1, 1)], isAdministrator: true };
    stage.run({ kind: 'putPerson', person: { ...person, passwordHash: null } });
    expect(stage.reader.sessionPerson('t', AT_MS)).not.toBeNull();
    stage.run({ kind: 'putPerson', person: { ...person, passwordHash: 'new' } });
    expect(stage.reader.sessionPerson('t', AT_MS)).toBeNull();
  });

  it('keeps names apart and asks for what is missing', () => {
    const stage = stageStore();
    populate(stage);
    const person = { name: 'host', passwordHash: 'x', agencyIds: [uuid(1, 1)], isAdministrator: false };
    const put = (change: object): WriteRequest => ({
      kind: 'putPerson',
      person: { personId: uuid(2, 50), ...person, ...change },
    });
    expect(stage.run(put({}))).toEqual([{ kind: 'refused', code: 'name-taken' }]);
    expect(stage.run(put({ name: 'n', passwordHash: null }))).toEqual([{ kind: 'refused', code: 'password-needed' }]);
    expect(stage.run(put({ name: 'n', agencyIds: [uuid(1, 9)] }))).toEqual([
      { kind: 'refused', code: 'unknown-agency' },
    ]);
  });
});

describe('opening', () => {
  it('keeps its generation, takes back an announced freeze, and leaves a newer store alone', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'concord-open-')), 'concord.sqlite');
    const first = openForWriting(path, () => 'first');
    first.exec(`PRAGMA foreign_keys = OFF; INSERT INTO documents VALUES
      ('d', 'c', 'caseNote', 't', 'joint', NULL, 'freezing', NULL, 1, 'p', 1)`);
    first.close();
    const second = openForWriting(path, () => 'second');
    expect(second.prepare('SELECT value FROM meta').get()).toEqual({ value: 'first' });
    expect(second.prepare('SELECT state FROM documents').get()).toEqual({ state: 'draft' });
    second.exec('PRAGMA user_version = 99');
    second.close();
    expect(() => openForWriting(path, () => 'third')).toThrow('version 99');
  });
});

describe('the lock', () => {
  it('gives a directory to one holder at a time', () => {
    const directory = mkdtempSync(join(tmpdir(), 'concord-lock-'));
    const first = lockDirectory(directory);
    expect(first).not.toBeNull();
    expect(lockDirectory(directory)).toBeNull();
    first?.release();
    const again = lockDirectory(directory);
    expect(again).not.toBeNull();
    again?.release();
  });
});
