/**
 * A store in which anything was changed behind the relay's back is found out: random tamperings, each undone before the next.
 * TAMPERINGS sets how many.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hashOf, snapshotHash } from '../../../sync-server/store/chain.ts';
import type { Database } from '../../../sync-server/store/database.ts';
import { readRows, readSnapshot } from '../../../sync-server/store/room-reading.ts';
import { verifyStore } from '../../../sync-server/store/verify-store.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { stageStore } from './store-stage.ts';

const TAMPERINGS = Number(process.env.TAMPERINGS ?? 300);
const ROOMS = ['d1/body', 'd1/work', 'd2/body', 'd3/body'];
const ROWS = 14;
const SNAPSHOTS: Readonly<Record<string, number>> = { 'd1/body': 9, 'd2/body': 6 };

/** Rooms that two people wrote in, two of them with a snapshot. */
function writtenStore(): Database {
  const stage = stageStore();
  const random = randomFrom(7);
  for (const room of ROOMS) {
    const doc = new Y.Doc();
    doc.clientID = 1 + ROOMS.indexOf(room);
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    const text = doc.getText('prose');
    for (let seq = 1; seq <= ROWS; seq++) {
      if (text.length > 4 && random.chance(0.3)) text.delete(random.int(text.length - 2), 2);
      else if (random.chance(0.2)) doc.getMap('fields').set(`k${random.int(3)}`, seq);
      else text.insert(random.int(text.length + 1), `第${seq}句`);
      const update = updates.at(-1);
      if (update === undefined) throw new Error('nothing was written');
      stage.run({
        kind: 'append',
        room,
        life: '1',
        update,
        author: random.pick(['p', 'q']),
        agencyId: 'a',
        role: 'mediator',
        connection: 'c',
        newClientIds: seq === 1 ? [doc.clientID] : [],
      });
      if (seq === SNAPSHOTS[room]) stage.run({ kind: 'snapshot', room, seq, state: Y.encodeStateAsUpdate(doc) });
    }
  }
  return stage.db;
}

/** Each changes something of a room for good. */
const WAYS: Readonly<Record<string, (db: Database, random: Random) => void>> = {
  payload: (db, random) => {
    const { room, seq, payload } = someRow(db, random);
    put(db, 'payload', bitFlipped(payload, random), room, seq);
  },
  'payload with its hash': (db, random) => {
    const { room, seq, payload } = someRow(db, random);
    const changed = bitFlipped(payload, random);
    put(db, 'payload', changed, room, seq);
    put(db, 'payload_hash', hashOf(changed), room, seq);
  },
  author: (db, random) => {
    const { room, seq, author } = someRow(db, random);
    put(db, random.pick(['author', 'carrier']), author === 'p' ? 'q' : 'r', room, seq);
  },
  'agency, role or connection': (db, random) => {
    const { room, seq } = someRow(db, random);
    put(db, random.pick(['agency_id', 'role', 'connection']), random.pick([null, 'x']), room, seq);
  },
  time: (db, random) => {
    const { room, seq, atMs } = someRow(db, random);
    put(db, 'at_ms', atMs + 1 + random.int(1000), room, seq);
  },
  'erased payload after the snapshot': (db, random) => {
    const room = random.pick(ROOMS);
    const from = SNAPSHOTS[room] ?? 0;
    put(db, 'payload', null, room, from + 1 + random.int(ROWS - from));
  },
  'dropped row': (db, random) => {
    const { room } = someRow(db, random);
    db.prepare('DELETE FROM log WHERE room = ? AND seq = ?').run(room, 1 + random.int(ROWS - 1));
  },
  'two rows in each other’s place': (db, random) => {
    const { room, seq } = someRow(db, random);
    const other = 1 + ((seq + random.int(ROWS - 1)) % ROWS);
    if (other === seq) throw new Error('the same row');
    const move = db.prepare('UPDATE log SET seq = ? WHERE room = ? AND seq = ?');
    for (const [to, from] of [
      [-1, seq],
      [seq, other],
      [other, -1],
    ] as const)
      move.run(to, room, from);
  },
  'rows of two rooms exchanged': (db, random) => {
    const { room, seq } = someRow(db, random);
    const other = random.pick(ROOMS.filter((each) => each !== room));
    const move = db.prepare('UPDATE log SET room = ? WHERE room = ? AND seq = ?');
    move.run('-', room, seq);
    move.run(room, other, seq);
    move.run(other, '-', seq);
  },
  snapshot: (db, random) => {
    const room = random.pick(Object.keys(SNAPSHOTS));
    const state = bitFlipped(readSnapshot(db, room)?.state ?? null, random);
    db.prepare('UPDATE snapshots SET state = ? WHERE room = ?').run(state, room);
  },
  'snapshot of another room': (db) => {
    db.exec(`UPDATE snapshots SET room = '-' WHERE room = 'd1/body'; UPDATE snapshots SET room = 'd1/body'
      WHERE room = 'd2/body'; UPDATE snapshots SET room = 'd2/body' WHERE room = '-'`);
  },
  'snapshot made anew with its hash': (db, random) => {
    const room = random.pick(Object.keys(SNAPSHOTS));
    const doc = new Y.Doc();
    const upTo = (SNAPSHOTS[room] ?? 0) - 1 - random.int(3);
    for (const { payload, seq } of readRows(db, room, 0)) if (seq <= upTo && payload) Y.applyUpdate(doc, payload);
    const known = readSnapshot(db, room);
    if (known === null) throw new Error('no snapshot');
    const state = Y.encodeStateAsUpdate(doc);
    const hash = snapshotHash({ ...known, state });
    db.prepare('UPDATE snapshots SET state = ?, state_hash = ? WHERE room = ?').run(state, hash, room);
  },
  'all rows of a room': (db, random) => {
    db.prepare('DELETE FROM log WHERE room = ?').run(random.pick(ROOMS));
  },
};

function someRow(db: Database, random: Random) {
  const row = readRows(db, random.pick(ROOMS), random.int(ROWS))[0];
  if (row === undefined) throw new Error('no row');
  return row;
}

function put(db: Database, column: string, value: Uint8Array | string | number | null, room: string, seq: number) {
  db.prepare(`UPDATE log SET ${column} = ? WHERE room = ? AND seq = ?`).run(value, room, seq);
}

function bitFlipped(bytes: Uint8Array | null, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes ?? []);
  const at = random.int(changed.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8));
  return changed;
}

describe('a store that was tampered with', () => {
  it(`[R14] is found out, whatever was changed (${TAMPERINGS} times)`, { timeout: 600_000 }, () => {
    const db = writtenStore();
    const faults = () => [...verifyStore(db)].flatMap((report) => report.faults);
    expect(faults()).toEqual([]);
    const ways = Object.entries(WAYS);
    const missed: string[] = [];
    for (let n = 0; n < TAMPERINGS; n++) {
      const [way, tamper] = ways[n % ways.length] ?? ['none', () => undefined];
      db.exec('BEGIN');
      tamper(db, randomFrom(n));
      if (faults().length === 0) missed.push(`${way} (${n})`);
      db.exec('ROLLBACK');
    }
    expect(missed).toEqual([]);
    expect(faults()).toEqual([]);
  });

  it('is not suspected for payloads erased once they are in the snapshot', () => {
    const db = writtenStore();
    db.exec("UPDATE log SET payload = NULL WHERE room = 'd1/body' AND seq < 5");
    const report = [...verifyStore(db)].find(({ room }) => room === 'd1/body');
    expect(report).toEqual({ room: 'd1/body', rows: ROWS, erased: 4, faults: [] });
  });
});
