/** The store: rows in a chain, rooms as they were, failure that is never taken for success, one process per directory. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHAIN_START, verifyRows } from '../../../sync-server/store/chain.ts';
import { openForWriting } from '../../../sync-server/store/database.ts';
import { FailedLives } from '../../../sync-server/store/failed-lives.ts';
import { lockDirectory } from '../../../sync-server/store/lock.ts';
import type { WriteRequest } from '../../../sync-server/store/requests.ts';
import { readRows } from '../../../sync-server/store/room-reading.ts';
import { AT_MS, PEOPLE, populate, stageStore, uuid } from './store-stage.ts';

const append = (room: string, byte: number, change: Partial<WriteRequest> = {}): WriteRequest =>
  ({
    kind: 'append',
    room,
    life: `${room}#1`,
    update: Uint8Array.of(byte),
    author: 'p',
    agencyId: 'a',
    role: 'mediator',
    connection: 'c',
    newClientIds: [],
    ...change,
  }) as WriteRequest;

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
    expect(room).toMatchObject({ lastSeq: 2, rowsSinceSnapshot: 2 });
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
    expect(room).toMatchObject({ lastSeq: 3, rowsSinceSnapshot: 1 });
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
  it('[R8] a full disk fails every append of the batch, keeps none, and refuses the rest of that life of the room', () => {
    const stage = stageStore();
    stage.run(append('r', 1));
    stage.db.exec('PRAGMA max_page_count = 60');
    const large = { update: new Uint8Array(400_000) };
    const replies = stage.run(append('r', 2), append('s', 3, large));
    expect(replies.map((reply) => reply.kind)).toEqual(['failed', 'failed']);
    expect(stage.reader.loadRoom('r').lastSeq).toBe(1);
    // What was sent before the failure was known builds on a hole.
    expect(stage.run(append('r', 4))[0]).toMatchObject({ kind: 'failed' });
    expect(stage.run(append('r', 5, { life: 'r#2' } as Partial<WriteRequest>))).toEqual([{ kind: 'appended', seq: 2 }]);
    expect(stage.reader.loadRoom('r').updates.map((update) => [...update])).toEqual([[1], [5]]);
  });

  it('[R16] an append that fails by itself fails alone, and takes only its own room with it', () => {
    const stage = stageStore();
    const poison = { update: Uint8Array.of(255) };
    // What an event log is told of is read while it is noted; this cannot be read.
    const replies = stage.run(append('r', 1), append('d/work', 2, poison), append('d/work', 3), append('s', 4));
    expect(replies.map((reply) => reply.kind)).toEqual(['appended', 'failed', 'failed', 'appended']);
    expect(stage.run(append('r', 5), append('s', 6)).map((reply) => reply.kind)).toEqual(['appended', 'appended']);
    expect(['r', 's', 'd/work'].map((room) => stage.reader.loadRoom(room).lastSeq)).toEqual([2, 2, 0]);
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
    // The lives that lost an append build on a hole; others go on, on a connection of their own.
    const anew = { life: 's#2' } as Partial<WriteRequest>;
    const replies = stage.run(append('r', 3), append('q', 2), append('s', 3, anew), append('t', 1));
    expect(replies.map((reply) => reply.kind)).toEqual(['failed', 'failed', 'appended', 'appended']);
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
    fill(100);
    expect(opened).toBe(2);
    expect(stage.checkpoint()).toBeUndefined();
    isBroken = false;
    fill(1_000);
    expect(stage.checkpoint()).toBeNull();
    expect(stage.checkpoint()).toBeUndefined();
    expect(stage.reader.loadRoom('r').lastSeq).toBe(2_200);
  });

  it('keeps in mind only the life of a room that lost an append, until the next one writes', () => {
    const lives = new FailedLives();
    lives.add({ room: 'r', life: 'r#1' });
    lives.add({ room: 's', life: 's#1' });
    expect(lives.has({ room: 'r', life: 'r#1' })).toBe(true);
    expect(lives.has({ room: 'r', life: 'r#2' })).toBe(false);
    expect(lives.has({ room: 'q', life: 'q#1' })).toBe(false);
    expect(lives.size).toBe(1);
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
