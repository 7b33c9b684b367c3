/**
 * A store in which anything was changed behind the relay's back is found out: random tamperings, each undone before the next.
 * TAMPERINGS sets how many.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CHAIN_START, chainHash, type Fault, hashOf, snapshotHash } from '../../../sync-server/store/chain.ts';
import { eraseDocument } from '../../../sync-server/store/erase.ts';
import { type HeadName, signHeads, verifySignedHeads } from '../../../sync-server/store/heads.ts';
import type { JournalEntry } from '../../../sync-server/store/journal-entries.ts';
import { readRows, readSnapshot } from '../../../sync-server/store/room-reading.ts';
import { rowToUpdates } from '../../../sync-server/store/row-entries.ts';
import { loadSigningKey } from '../../../sync-server/store/signing-key.ts';
import type { Database } from '../../../sync-server/store/sqlite.ts';
import { verifyStore } from '../../../sync-server/store/verify-store.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { AT_MS, foldRequest, type StoreStage, stageStore } from './store-stage.ts';

const TAMPERINGS = Number(process.env.TAMPERINGS ?? 300);
const ROOMS = ['d1/body', 'd1/work', 'd2/body', 'd3/body'];
const ROWS = 14;
/** Signed before and after the erasure, and after these rows of each room; the rooms of the first document have grown since. */
const SIGNED_AFTER = [4, 9, 12];
const HEADS = 2 + SIGNED_AFTER.length;
const GROWN = ROOMS.slice(0, 2);
const SNAPSHOTS: Readonly<Record<string, number>> = { 'd1/body': 9, 'd2/body': 6 };

/** What two people wrote in it came together, three updates at a time. */
const TOGETHER = 'd5/body';
const AT_A_TIME = 3;

/**
 * Rooms that two people wrote in, two of them with a snapshot, one with several updates in each row, and a document that the
 * operator has erased from.
 */
function writtenStore(): StoreStage {
  const stage = stageStore();
  write(stage, 'd4/body', ROWS);
  stage.run({ kind: 'signHeads' });
  const erasure = { documentId: 'd4', scope: 'deleted', key: stage.signingKey, atMs: AT_MS } as const;
  eraseDocument(stage.db, erasure);
  writeTogether(stage);
  const writers = ROOMS.map((room) => writing(stage, room));
  for (let seq = 1; seq <= ROWS; seq++) {
    for (const [n, write] of writers.entries()) if (seq <= 12 || GROWN.includes(ROOMS[n] ?? '')) write(seq);
    if (SIGNED_AFTER.includes(seq)) stage.run({ kind: 'signHeads' });
  }
  return stage;
}

function write(stage: StoreStage, room: string, rows: number): void {
  const one = writing(stage, room);
  for (let seq = 1; seq <= rows; seq++) one(seq);
}

function writeTogether(stage: StoreStage): void {
  const random = randomFrom(11);
  const doc = new Y.Doc();
  doc.clientID = 50;
  const entries: JournalEntry[] = [];
  doc.on('update', (update) => {
    const author = random.pick(['p', 'q']);
    const seq = entries.length + 1;
    entries.push({
      ...{ room: TOGETHER, seq, update, author, carrier: author, agencyId: 'a', role: 'mediator', connection: 'c' },
      ...{ atMs: AT_MS + seq, newClientIds: seq === 1 ? [doc.clientID] : [] },
    });
  });
  for (let n = 0; n < AT_A_TIME * 4; n++) doc.getText('prose').insert(random.int(n), '句');
  for (let at = 0; at < entries.length; at += AT_A_TIME) stage.run(foldRequest(entries.slice(at, at + AT_A_TIME)));
}

/** Somebody at work in a room: writes its next row. */
function writing(stage: StoreStage, room: string): (seq: number) => void {
  const random = randomFrom(7);
  const doc = new Y.Doc();
  doc.clientID = 1 + Math.max(0, ROOMS.indexOf(room));
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
  const text = doc.getText('prose');
  return (seq) => {
    if (text.length > 4 && random.chance(0.3)) text.delete(random.int(text.length - 2), 2);
    else if (random.chance(0.2)) doc.getMap('fields').set(`k${random.int(3)}`, seq);
    else text.insert(random.int(text.length + 1), `第${seq}句`);
    const update = updates.at(-1);
    if (update === undefined) throw new Error('nothing was written');
    stage.run({
      kind: 'append',
      room,
      update,
      author: random.pick(['p', 'q']),
      agencyId: 'a',
      role: 'mediator',
      connection: 'c',
      newClientIds: seq === 1 ? [doc.clientID] : [],
    });
    if (seq === SNAPSHOTS[room]) stage.run({ kind: 'snapshot', room, seq, state: Y.encodeStateAsUpdate(doc) });
  };
}

function faultsOf({ db, signingKey }: StoreStage, expected: HeadName | null = null): Fault[] {
  return [
    ...verifySignedHeads(db, signingKey, expected).faults,
    ...[...verifyStore(db)].flatMap((report) => report.faults),
  ];
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
  'what a row says of its updates before the last': (db, random) => {
    const seq = AT_A_TIME * (1 + random.int(4));
    const row = readRows(db, TOGETHER, seq - 1)[0];
    const told = JSON.parse(row?.earlier ?? '') as (string | number)[][];
    const one = told[random.int(told.length)] ?? [];
    const at = random.int(one.length);
    const change = random.pick([
      () => told.reverse(),
      () => told.pop(),
      () => told.push([AT_MS, 0]),
      () => one.splice(2, 5, ...(one.length > 2 ? [] : ['x', 'x', 'a', 'host', 'c'])),
      () => one.splice(at, 1, typeof one[at] === 'number' ? Number(one[at]) + 1 : 'x'),
    ]);
    change();
    const changed = random.pick([JSON.stringify(told), JSON.stringify(told), '[', '{}', null]);
    // Two that say the same of themselves may be exchanged without changing anything.
    put(db, 'earlier', changed === row?.earlier ? null : changed, TOGETHER, seq);
  },
  'where the updates of a row begin': (db, random) => {
    const seq = AT_A_TIME * (1 + random.int(4));
    const row = readRows(db, TOGETHER, seq - 1)[0];
    const told = JSON.parse(row?.earlier ?? '') as number[][];
    for (const [n, by] of [1, -1].entries()) if (told[n]) told[n][1] = Number(told[n][1]) + by;
    put(db, 'earlier', JSON.stringify(told), TOGETHER, seq);
  },
  'what cannot have been written, with a chain computed anew to the end': (db, random) => {
    const wrong = ['[null]', '[[1]]', '[[1,-1]]', '[[1,99999]]', '[[1,1,"p","p",null,null]]', '[[1,0,2]]', '[]', ''];
    const earlier = random.pick(wrong);
    put(db, 'earlier', earlier, 'd1/body', ROWS);
    const [row] = readRows(db, 'd1/body', ROWS - 1);
    const [before] = readRows(db, 'd1/body', ROWS - 2);
    if (row === undefined || before === undefined) throw new Error('no row');
    const chain = chainHash(before.chain, row);
    put(db, 'chain', chain, 'd1/body', ROWS);
    db.prepare('UPDATE heads SET chain = ? WHERE room = ?').run(chain, 'd1/body');
  },
  'where the hash of what was erased begins': (db, random) => {
    const seq = 1 + random.int(ROWS);
    const [row] = readRows(db, 'd4/body', seq - 1);
    const hash = Buffer.from(row?.payloadHash ?? []);
    put(db, 'earlier', hash.toString('latin1', 0, 1), 'd4/body', seq);
    put(db, 'payload_hash', hash.subarray(1), 'd4/body', seq);
  },
  'updates of a row taken out of it, with their hash': (db, random) => {
    const seq = AT_A_TIME * (1 + random.int(4));
    const row = readRows(db, TOGETHER, seq - 1)[0];
    const last = row && rowToUpdates(row).at(-1);
    put(db, 'earlier', null, TOGETHER, seq);
    put(db, 'payload', last ?? null, TOGETHER, seq);
    put(db, 'payload_hash', hashOf(last ?? new Uint8Array()), TOGETHER, seq);
  },
  'erased payload after the snapshot': (db, random) => {
    const room = random.pick(ROOMS);
    const from = SNAPSHOTS[room] ?? 0;
    put(db, 'payload', null, room, from + 1 + random.int(lengthOf(room) - from));
  },
  'dropped row': (db, random) => {
    const { room, seq } = someRow(db, random);
    db.prepare('DELETE FROM log WHERE room = ? AND seq = ?').run(room, seq);
  },
  'two rows in each other’s place': (db, random) => {
    const { room, seq } = someRow(db, random);
    const other = 1 + ((seq + random.int(lengthOf(room) - 1)) % lengthOf(room));
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
  'the last rows': (db, random) => {
    const { room, seq } = someRow(db, random);
    db.prepare('DELETE FROM log WHERE room = ? AND seq >= ?').run(room, seq);
  },
  'the last rows, down into what is signed, with the head': (db, random) => {
    const room = random.pick(ROOMS);
    cutTail(db, room, 1 + random.int(11));
  },
  'a room with all its traces': (db, random) => {
    const room = random.pick(ROOMS);
    for (const table of ['log', 'snapshots', 'owners', 'heads', ...random.pick([[], ['signed_rooms']])]) {
      db.prepare(`DELETE FROM ${table} WHERE room = ?`).run(room);
    }
  },
  'a snapshot': (db, random) => {
    db.prepare('DELETE FROM snapshots WHERE room = ?').run(random.pick(Object.keys(SNAPSHOTS)));
  },
  'a snapshot, and the head says so': (db, random) => {
    const room = random.pick(Object.keys(SNAPSHOTS));
    db.prepare('DELETE FROM snapshots WHERE room = ?').run(room);
    db.prepare('UPDATE heads SET snapshot_seq = 0, is_signed = 0 WHERE room = ?').run(room);
  },
  'an owner': (db, random) => {
    const room = random.pick(ROOMS);
    const change = random.pick([
      "UPDATE owners SET person_id = 'x' WHERE room = ?",
      'UPDATE owners SET client_id = client_id + 100 WHERE room = ?',
      'DELETE FROM owners WHERE room = ?',
      "INSERT INTO owners (room, client_id, person_id) VALUES (?, 99, 'q')",
    ]);
    db.prepare(change).run(room);
  },
  'an owner in the row that says so': (db, random) => {
    put(db, 'owned', random.pick([null, '[[9,"p"]]']), random.pick(ROOMS), 1);
  },
  'the format of a row': (db, random) => {
    const { room, seq } = someRow(db, random);
    put(db, 'format', 1, room, seq);
  },
  'a head': (db, random) => {
    const room = random.pick(ROOMS);
    const change = random.pick(['seq = seq - 1', "chain = x'00'", 'snapshot_seq = snapshot_seq + 1', 'seq = seq + 1']);
    db.prepare(`UPDATE heads SET ${change} WHERE room = ?`).run(room);
  },
  'a chain computed anew to its end, from a signed row on': (db, random) => {
    const room = random.pick(ROOMS);
    const from = 1 + random.int(12);
    put(db, 'author', 'forged', room, from);
    let before = readRows(db, room, 0).findLast(({ seq }) => seq < from) ?? CHAIN_START;
    for (const row of readRows(db, room, from - 1)) {
      const chain = chainHash(before.chain, row);
      put(db, 'chain', chain, room, row.seq);
      before = { seq: row.seq, chain };
    }
    db.prepare('UPDATE heads SET chain = ? WHERE room = ?').run(before.chain, room);
    const snapshot = readSnapshot(db, room);
    const chain = readRows(db, room, (snapshot?.seq ?? 0) - 1)[0]?.chain;
    if (snapshot === null || chain === undefined) return;
    const hash = snapshotHash({ ...snapshot, chain });
    db.prepare('UPDATE snapshots SET chain = ?, state_hash = ? WHERE room = ?').run(chain, hash, room);
  },
  'a payload erased by somebody without the key': (db, random) => {
    const room = random.pick(ROOMS);
    const until = lengthOf(room);
    const state = Y.encodeStateAsUpdate(new Y.Doc());
    db.prepare('UPDATE log SET payload = NULL WHERE room = ?').run(room);
    const { chain, ...row } = readRows(db, room, until - 1)[0] ?? { chain: new Uint8Array() };
    const forged = { ...row, seq: until + 1, owned: null, erases: until, earlier: null, payloadHash: hashOf(state) };
    const next = chainHash(chain, forged as Parameters<typeof chainHash>[1]);
    db.prepare(
      `INSERT INTO log SELECT room, seq + 1, author, carrier, agency_id, role, connection, at_ms, ?, ?, ?, format, NULL, seq, NULL
       FROM log WHERE room = ? AND seq = ?`,
    ).run(state, forged.payloadHash, next, room, until);
    db.prepare('DELETE FROM snapshots WHERE room = ?').run(room);
    db.prepare('UPDATE heads SET seq = ?, chain = ?, snapshot_seq = 0, is_signed = 0 WHERE room = ?').run(
      until + 1,
      next,
      room,
    );
  },
  'what stands for erased rows': (db, random) => {
    const [row] = readRows(db, 'd4/body', ROWS);
    if (row === undefined) throw new Error('nothing was erased');
    if (random.chance(0.5)) put(db, 'erases', random.pick([null, 1]), 'd4/body', row.seq);
    else put(db, 'payload', bitFlipped(row.payload, random), 'd4/body', row.seq);
  },
  'a signed head': (db, random) => {
    const change = random.pick([
      'at_ms = at_ms + 1',
      "before = x'00'",
      "rooms_hash = x'00'",
      "public_key = x'00'",
      "signature = x'00'",
      'n = n + 100',
    ]);
    db.prepare(`UPDATE signed_heads SET ${change} WHERE n = ?`).run(1 + random.int(HEADS));
  },
  'a signed head removed': (db, random) => {
    db.prepare('DELETE FROM signed_heads WHERE n = ?').run(1 + random.int(HEADS));
  },
  'the last signed heads with what they say, as if they had never been': (db, random) => {
    const n = 1 + random.int(HEADS);
    db.prepare('DELETE FROM signed_heads WHERE n >= ?').run(n);
    db.prepare('DELETE FROM signed_rooms WHERE n >= ?').run(n);
    if (random.chance(0.5)) db.prepare("UPDATE meta SET value = ? WHERE key = 'signedHeads'").run(String(n - 1));
  },
  'the last signed head by another key': (db, random) => {
    const n = HEADS;
    db.prepare('DELETE FROM signed_heads WHERE n = ?').run(n);
    db.prepare('DELETE FROM signed_rooms WHERE n = ?').run(n);
    db.exec('UPDATE heads SET is_signed = 0');
    if (signHeads(db, OTHER_KEY, AT_MS + random.int(1000))?.n !== n) throw new Error('not signed');
  },
  'what a signed head says of a room': (db, random) => {
    const change = random.pick(['seq = seq - 1', "chain = x'00'", 'snapshot_seq = 99', "room = 'd9/body'"]);
    const n = 1 + random.int(HEADS);
    const room = n <= 2 ? 'd4/body' : random.pick(ROOMS);
    db.prepare(`UPDATE signed_rooms SET ${change} WHERE n = ? AND room = ?`).run(n, room);
  },
};

/** Removes rows from one on, as if they had never been written. */
function cutTail(db: Database, room: string, from: number): void {
  db.prepare('DELETE FROM log WHERE room = ? AND seq >= ?').run(room, from);
  db.prepare('DELETE FROM snapshots WHERE room = ? AND seq >= ?').run(room, from);
  const last = readRows(db, room, from - 2)[0];
  if (last === undefined) db.prepare('DELETE FROM heads WHERE room = ?').run(room);
  else {
    db.prepare('UPDATE heads SET seq = ?, chain = ?, snapshot_seq = ?, is_signed = 0 WHERE room = ?').run(
      last.seq,
      last.chain,
      readSnapshot(db, room)?.seq ?? 0,
      room,
    );
  }
}

const OTHER_KEY = loadSigningKey(mkdtempSync(join(tmpdir(), 'concord-key-')));

function lengthOf(room: string): number {
  return GROWN.includes(room) ? ROWS : 12;
}

function someRow(db: Database, random: Random) {
  const room = random.pick([...ROOMS, TOGETHER]);
  const row = readRows(db, room, random.int(lengthOf(room)))[0];
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
    const stage = writtenStore();
    const { db } = stage;
    expect(faultsOf(stage)).toEqual([]);
    const ways = Object.entries(WAYS);
    const missed: string[] = [];
    for (let n = 0; n < TAMPERINGS; n++) {
      const [way, tamper] = ways[n % ways.length] ?? ['none', () => undefined];
      db.exec('BEGIN');
      tamper(db, randomFrom(n));
      if (faultsOf(stage).length === 0) missed.push(`${way} (${n})`);
      db.exec('ROLLBACK');
    }
    expect(missed).toEqual([]);
    expect(faultsOf(stage)).toEqual([]);
  });

  it('[R14] and whose rows and heads are whole is found out by a head written down before', () => {
    const stage = writtenStore();
    const { db } = stage;
    const then = verifySignedHeads(db, stage.signingKey, null).last;
    if (then === null) throw new Error('nothing is signed');
    db.exec('BEGIN');
    // Everything back as it was before anything but the erasure was signed, nothing left of the rest.
    for (const room of [...ROOMS, TOGETHER]) {
      for (const table of ['log', 'snapshots', 'owners', 'heads', 'signed_rooms']) {
        db.prepare(`DELETE FROM ${table} WHERE room = ?`).run(room);
      }
    }
    db.exec("DELETE FROM signed_heads WHERE n > 2; UPDATE meta SET value = '2' WHERE key = 'signedHeads'");
    expect(faultsOf(stage)).toEqual([]);
    expect(faultsOf(stage, then)).toEqual([{ room: 'signed heads', seq: then.n, what: 'not-the-expected-head' }]);
    db.exec('ROLLBACK');
    stage.run({ kind: 'signHeads' });
    expect(faultsOf(stage, then)).toEqual([]);
  });

  it('[R14] is not found out when rows nobody has signed yet are cut off together with what the head says of them', () => {
    const stage = writtenStore();
    cutTail(stage.db, 'd1/body', 13);
    expect(faultsOf(stage)).toEqual([]);
  });
});
