/**
 * Where each room stands (`heads`), and the relay's signatures over that. A signed head names the rooms that changed since
 * the one before it, whose digest it contains: so the last one vouches for everything up to it, and signing costs what has
 * changed, not what is there. Nobody who lacks the key can make another; a whole store put back as it was once, this file
 * and all, looks right by itself: only a digest written down elsewhere tells.
 */
import { createHash } from 'node:crypto';
import { type Fault, isSame, type Owner, ownersHash, type RoomHead } from './chain.ts';
import { isSignedBy, type SigningKey } from './signing-key.ts';
import type { Database } from './sqlite.ts';

/** How a signed head is named outside: its number and what it hashes to. */
export interface HeadName {
  readonly n: number;
  readonly digest: string;
}

interface SignedHead {
  readonly n: number;
  readonly atMs: number;
  /** Digest of the signed head before it; empty for the first. */
  readonly before: Uint8Array;
  readonly roomsHash: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a signed head says of a room. */
export interface SignedRoom {
  readonly n: number;
  readonly room: string;
  readonly seq: number;
  readonly chain: Uint8Array;
  readonly snapshotSeq: number;
  /** The snapshot's hash; null before there is one. */
  readonly snapshotHash: Uint8Array | null;
}

/** Tables of the heads, filled from the log as it is. */
export function addHeads(db: Database): void {
  db.exec(`
    CREATE TABLE heads (
      room TEXT PRIMARY KEY, seq INTEGER NOT NULL, chain BLOB NOT NULL, snapshot_seq INTEGER NOT NULL,
      is_signed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO heads (room, seq, chain, snapshot_seq, is_signed)
      SELECT l.room, l.seq, l.chain, coalesce(s.seq, 0), 0
      FROM (SELECT room, max(seq) AS seq FROM log GROUP BY room) last
      JOIN log l ON l.room = last.room AND l.seq = last.seq LEFT JOIN snapshots s ON s.room = l.room;
    CREATE TABLE signed_heads (
      n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, before BLOB NOT NULL, rooms_hash BLOB NOT NULL,
      public_key BLOB NOT NULL, signature BLOB NOT NULL
    ) STRICT;
    CREATE TABLE signed_rooms (
      room TEXT NOT NULL, n INTEGER NOT NULL, seq INTEGER NOT NULL, chain BLOB NOT NULL, snapshot_seq INTEGER NOT NULL,
      snapshot_hash BLOB, PRIMARY KEY (room, n)
    ) STRICT, WITHOUT ROWID;`);
}

/** The owners of a room's clientIDs, in order. */
export const READ_OWNERS =
  'SELECT client_id AS clientId, person_id AS personId FROM owners WHERE room = ? ORDER BY client_id';
export function readOwners(db: Database, room: string): Owner[] {
  return db.prepare(READ_OWNERS).all(room) as unknown as Owner[];
}

/** The hash of no owners, as SQL. */
export const NO_OWNERS = `x'${hex(ownersHash([]))}'`;

/** Gives the heads of a store that had none the hash of the owners as they are. */
export function hashOwners(db: Database): void {
  db.exec(`ALTER TABLE heads ADD COLUMN owners_hash BLOB NOT NULL DEFAULT ${NO_OWNERS}`);
  const put = db.prepare('UPDATE heads SET owners_hash = ? WHERE room = ?');
  const rooms = db.prepare('SELECT DISTINCT room FROM owners').all() as { room: string }[];
  for (const { room } of rooms) put.run(ownersHash(readOwners(db, room)), room);
}

/** Where a room stands; null for one that nobody has written in. */
export function readHead(db: Database, room: string): (RoomHead & { readonly isSigned: number }) | null {
  const row = db
    .prepare(
      `SELECT seq, chain, snapshot_seq AS snapshotSeq, owners_hash AS ownersHash, is_signed AS isSigned
       FROM heads WHERE room = ?`,
    )
    .get(room) as unknown as (RoomHead & { readonly isSigned: number }) | undefined;
  return row ?? null;
}

/**
 * Signs where all rooms stand now, inside the caller's transaction.
 * @returns the name of the new signed head; null when nothing has changed since the last one by this key
 */
export function signHeads(db: Database, key: SigningKey, atMs: number): HeadName | null {
  const last = readSignedHeads(db, 'ORDER BY n DESC LIMIT 1')[0];
  const unsigned = db
    .prepare(
      `SELECT h.room, h.seq, h.chain, h.snapshot_seq AS snapshotSeq, s.state_hash AS snapshotHash
       FROM heads h LEFT JOIN snapshots s ON s.room = h.room AND s.seq = h.snapshot_seq
       WHERE h.is_signed = 0 ORDER BY h.room`,
    )
    .all() as unknown as Omit<SignedRoom, 'n'>[];
  if (unsigned.length === 0 && last !== undefined && isSame(last.publicKey, key.publicKey)) return null;
  const n = (last?.n ?? 0) + 1;
  const put = db.prepare(
    'INSERT INTO signed_rooms (room, n, seq, chain, snapshot_seq, snapshot_hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { room, seq, chain, snapshotSeq, snapshotHash } of unsigned) {
    put.run(room, n, seq, chain, snapshotSeq, snapshotHash);
  }
  db.exec('UPDATE heads SET is_signed = 1 WHERE is_signed = 0');
  const before = last === undefined ? new Uint8Array() : digestOf(last);
  const head = { n, atMs, before, roomsHash: hashOfRooms(unsigned), publicKey: key.publicKey };
  db.prepare(
    'INSERT INTO signed_heads (n, at_ms, before, rooms_hash, public_key, signature) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(n, atMs, before, head.roomsHash, key.publicKey, key.sign(bytesOf(head)));
  db.prepare(
    "INSERT INTO meta (key, value) VALUES ('signedHeads', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  ).run(String(n));
  return { n, digest: hex(digestOf(head)) };
}

/** What the signatures say, and what is wrong with them. */
export interface SignedReport {
  readonly heads: number;
  readonly last: (HeadName & { readonly atMs: number }) | null;
  readonly faults: readonly Fault[];
}

/**
 * Holds the signed heads against each other, their signatures and the rooms they name; what they say of each room is for
 * whoever walks the rooms (`signedRooms`).
 * @param key the relay's key; null when it is not at hand: the signatures then only agree with themselves
 * @param expected a head printed earlier, which must still be there
 */
export function verifySignedHeads(
  db: Database,
  key: Pick<SigningKey, 'publicKey'> | null,
  expected: HeadName | null,
): SignedReport {
  const faults: Fault[] = [];
  const fault = (seq: number, what: Fault['what']) => faults.push({ room: SIGNED_HEADS, seq, what });
  const rooms = db
    .prepare(`SELECT ${SIGNED_ROOM} FROM signed_rooms ORDER BY n, room`)
    .iterate() as unknown as Iterator<SignedRoom>;
  let room = rooms.next();
  const roomsOf = (n: number) => {
    const of: SignedRoom[] = [];
    for (; !room.done && room.value.n <= n; room = rooms.next()) of.push(room.value);
    return of;
  };
  let last: SignedHead | undefined;
  let isExpectedThere = false;
  for (const head of readSignedHeads(db, 'ORDER BY n')) {
    const { n, before, roomsHash } = head;
    if (n !== (last?.n ?? 0) + 1) fault((last?.n ?? 0) + 1, 'signed-head-missing');
    const follows = isSame(before, last === undefined ? new Uint8Array() : digestOf(last));
    const isTrue =
      isSame(hashOfRooms(roomsOf(n)), roomsHash) && isSignedBy(head.publicKey, bytesOf(head), head.signature);
    if (!follows || !isTrue) fault(n, 'signed-head-changed');
    if (n === expected?.n) isExpectedThere = hex(digestOf(head)) === expected.digest;
    last = head;
  }
  // Whoever made an earlier head with another key, the last one vouches for it.
  if (last !== undefined && key !== null && !isSame(last.publicKey, key.publicKey))
    fault(last.n, 'signed-by-another-key');
  const known = db.prepare("SELECT value FROM meta WHERE key = 'signedHeads'").get() as { value: string } | undefined;
  const next = (last?.n ?? 0) + 1;
  if (last === undefined || Number(known?.value) !== last.n || !room.done) fault(next, 'signed-head-missing');
  if (expected !== null && !isExpectedThere) fault(expected.n, 'not-the-expected-head');
  return {
    heads: last?.n ?? 0,
    last: last === undefined ? null : { n: last.n, digest: hex(digestOf(last)), atMs: last.atMs },
    faults,
  };
}

/** What has been signed of a room, in order. */
export function signedRooms(db: Database, room: string): SignedRoom[] {
  return db
    .prepare(`SELECT ${SIGNED_ROOM} FROM signed_rooms WHERE room = ? ORDER BY n`)
    .all(room) as unknown as SignedRoom[];
}

const SIGNED_HEADS = 'signed heads';
const SIGNED_ROOM = 'n, room, seq, chain, snapshot_seq AS snapshotSeq, snapshot_hash AS snapshotHash';

function readSignedHeads(db: Database, which: string): SignedHead[] {
  return db
    .prepare(
      `SELECT n, at_ms AS atMs, before, rooms_hash AS roomsHash, public_key AS publicKey, signature
       FROM signed_heads ${which}`,
    )
    .all() as unknown as SignedHead[];
}

/** What is signed: says first what it is, so that it stands for nothing else that the key signs. */
function bytesOf({ n, atMs, before, roomsHash, publicKey }: Omit<SignedHead, 'signature'>): Uint8Array {
  return Buffer.from(JSON.stringify(['concord signed head', n, atMs, hex(before), hex(roomsHash), hex(publicKey)]));
}

function digestOf(head: Omit<SignedHead, 'signature'>): Uint8Array {
  return createHash('sha256').update(bytesOf(head)).digest();
}

function hashOfRooms(rooms: readonly Omit<SignedRoom, 'n'>[]): Uint8Array {
  const hash = createHash('sha256');
  for (const { room, seq, chain, snapshotSeq, snapshotHash } of rooms) {
    hash.update(JSON.stringify([room, seq, hex(chain), snapshotSeq, snapshotHash && hex(snapshotHash)]));
  }
  return hash.digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
