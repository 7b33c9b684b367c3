/**
 * Reads a room as it was stored, and only as it was stored: what no longer hashes to what was written is an error, never
 * content (R14). The rows that are in the snapshot are not read here; store/verify-store.ts walks all of them.
 */
import type { StoredRoom } from '../room/effects.ts';
import {
  CHAIN_START,
  type Fault,
  type LogRow,
  type StoredSnapshot,
  verifyHead,
  verifyRows,
  verifySnapshot,
} from './chain.ts';
import { readHead, readOwners } from './heads.ts';
import { rowToUpdates } from './row-entries.ts';
import type { Database } from './sqlite.ts';
import { isCorruption } from './store-error.ts';

/** What is stored of a room is not what was written. */
export class DamagedRoomError extends Error {
  constructor(what: readonly Fault[] | string) {
    super(`damaged: ${typeof what === 'string' ? what : what.map(said).join(', ')}`);
  }
}

function said({ room, seq, what }: Fault): string {
  return `${room} row ${seq} ${what}`;
}

/**
 * Reads what a room is to be served from, all of one moment: begins and ends a transaction.
 * @throws DamagedRoomError
 */
export function loadRoom(db: Database, room: string): StoredRoom {
  db.exec('BEGIN');
  try {
    return readRoom(db, room);
  } catch (error) {
    throw isCorruption(error) ? new DamagedRoomError('its pages cannot be read') : error;
  } finally {
    endReading(db);
  }
}

function endReading(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch (error) {
    // Damage that was met while reading is reported here once more; the transaction is over all the same.
    if (db.isTransaction) throw error;
  }
}

/**
 * The same within the caller's transaction.
 * @throws DamagedRoomError
 */
export function readRoom(db: Database, room: string): StoredRoom {
  const snapshot = readSnapshot(db, room);
  const rows = readRows(db, room, snapshot?.seq ?? 0);
  const owners = readOwners(db, room);
  const faults = [
    ...(snapshot === null ? [] : verifySnapshot(snapshot, readChain(db, room, snapshot.seq))),
    ...verifyRows(room, snapshot ?? CHAIN_START, rows),
    ...verifyHead(room, readHead(db, room), rows.at(-1) ?? snapshot ?? CHAIN_START, snapshot?.seq ?? 0, owners),
  ];
  if (faults.length > 0) throw new DamagedRoomError(faults);
  const updates = rows.flatMap(rowToUpdates);
  const lastSeq = rows.at(-1)?.seq ?? snapshot?.seq ?? 0;
  return {
    updates: snapshot === null ? updates : [snapshot.state, ...updates],
    ownersByClient: new Map(owners.map(({ clientId, personId }) => [clientId, personId])),
    lastSeq,
    stateVector: snapshot?.stateVector ?? null,
    updatesSinceSnapshot: lastSeq - (snapshot?.seq ?? 0),
  };
}

/** The snapshot of a room; null when it has none yet. */
export function readSnapshot(db: Database, room: string): StoredSnapshot | null {
  const row = db
    .prepare(
      'SELECT room, seq, state, state_hash AS stateHash, chain, state_vector AS stateVector FROM snapshots WHERE room = ?',
    )
    .get(room) as unknown as StoredSnapshot | undefined;
  return row ?? null;
}

const LOG_ROW = `format, room, seq, author, carrier, agency_id AS agencyId, role, connection, at_ms AS atMs, owned, erases,
  earlier, payload, payload_hash AS payloadHash, chain`;

/** The rows of a room whose last update comes after a number, in order. */
export function readRows(db: Database, room: string, afterSeq: number): LogRow[] {
  const rows = db.prepare(`SELECT ${LOG_ROW} FROM log WHERE room = ? AND seq > ? ORDER BY seq`);
  return rows.all(room, afterSeq) as unknown as LogRow[];
}

/** The rows of a room, the newest first, read one at a time. */
export function newestRows(db: Database, room: string): Iterable<LogRow> {
  const rows = db.prepare(`SELECT ${LOG_ROW} FROM log WHERE room = ? ORDER BY seq DESC`);
  return rows.iterate(room) as Iterable<unknown> as Iterable<LogRow>;
}

/** The chain at the row that ends with an update; null when none does. */
export function readChain(db: Database, room: string, seq: number): Uint8Array | null {
  const row = db.prepare('SELECT chain FROM log WHERE room = ? AND seq = ?').get(room, seq) as
    | { chain: Uint8Array }
    | undefined;
  return row?.chain ?? null;
}
