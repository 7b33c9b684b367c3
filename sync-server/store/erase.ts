/**
 * Erases content from the log of a document and keeps the log valid as evidence: the rows stay, with who, when, how long and
 * the hash of what; their payloads go, and one more row, by the operator, stands for all of them with the document as it is
 * now. Only while no relay runs. Not erased: what devices and backups hold, and what is told elsewhere in the store (titles, commands).
 */
import * as Y from 'yjs';
import { ROOM_KINDS, roomKey } from '../../shared/rooms.ts';
import { signHeads, verifySignedHeads } from './heads.ts';
import { RoomLog } from './room-log.ts';
import { DamagedRoomError, readRoom } from './room-reading.ts';
import { countUpdates } from './row-entries.ts';
import type { SigningKey } from './signing-key.ts';
import { putSnapshot } from './snapshots.ts';
import type { Database } from './sqlite.ts';
import { verifyRoom } from './verify-store.ts';

/** As whose a row in the log stands that the operator made. */
const OPERATOR = 'operator';

/**
 * `deleted`: what people have deleted or overwritten in the document, which only the log still holds.
 * `all`: everything the document says, also what stands in it now. The lines of the relay itself (`record`) stay.
 */
export type ErasureScope = 'deleted' | 'all';

/**
 * Erases in all rooms of a document in one transaction, signed; afterwards nothing of it is left in the file.
 * @returns how many updates lost their content
 * @throws DamagedRoomError when the log is not what was written: nothing is erased then, it is evidence of that
 */
export function eraseDocument(
  db: Database,
  { documentId, scope, key, atMs }: { documentId: string; scope: ErasureScope; key: SigningKey; atMs: number },
): number {
  const rooms = ROOM_KINDS.map((room) => ({ room, name: roomKey({ documentId, room }) }));
  const faults = [
    ...verifySignedHeads(db, key, null).faults,
    ...rooms.flatMap(({ name }) => verifyRoom(db, name).faults),
  ];
  if (faults.length > 0) throw new DamagedRoomError(faults);
  // Freed pages are overwritten, or the bytes would stay in the file until something else needs the room.
  db.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
  let erased = 0;
  try {
    const log = new RoomLog(db);
    for (const { room, name } of rooms) {
      const isEmptied = scope === 'all' && room !== 'record';
      erased += eraseRoom(db, log, { room: name, isEmptied, atMs });
    }
    if (scope === 'all') {
      db.prepare('DELETE FROM held_settlements WHERE held_id IN (SELECT held_id FROM held WHERE document_id = ?)').run(
        documentId,
      );
      db.prepare('DELETE FROM held WHERE document_id = ?').run(documentId);
      // A case's own document has the case's id: the case keeps its name.
      db.prepare("UPDATE documents SET title = '' WHERE document_id = ? AND document_id <> case_id").run(documentId);
    }
    log.writeHeads();
    signHeads(db, key, atMs);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
  // The write-ahead log holds the bytes as well, and a page keeps what is shorter than what was there.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  return erased;
}

function eraseRoom(
  db: Database,
  log: RoomLog,
  { room, isEmptied, atMs }: { room: string; isEmptied: boolean; atMs: number },
): number {
  const { updates, ownersByClient, lastSeq } = readRoom(db, room);
  if (lastSeq === 0) return 0;
  const state = collected(updates, isEmptied);
  const seq = log.append(
    {
      ...{ room, update: state, author: OPERATOR, carrier: OPERATOR, agencyId: null, role: null, connection: null },
      ...{ atMs, newClientIds: [] },
    },
    { until: lastSeq, owners: [...ownersByClient] },
  );
  const erased = db
    .prepare('SELECT earlier FROM log WHERE room = ? AND seq < ? AND payload IS NOT NULL')
    .all(room, seq) as { earlier: string | null }[];
  db.prepare('UPDATE log SET payload = NULL WHERE room = ? AND seq < ?').run(room, seq);
  putSnapshot(db, { room, seq, state });
  return erased.reduce((sum, row) => sum + countUpdates(row), 0);
}

/** The document these updates make, without the content of anything that is deleted. */
function collected(updates: readonly Uint8Array[], isEmptied: boolean): Uint8Array {
  const doc = new Y.Doc();
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('the log has a hole');
    if (isEmptied) {
      doc.transact((transaction) => {
        for (const structs of doc.store.clients.values()) {
          for (const struct of [...structs]) if (struct instanceof Y.Item) struct.delete(transaction);
        }
      });
    }
    return Y.encodeStateAsUpdate(doc);
  } finally {
    doc.destroy();
  }
}
