/** Writes snapshots with their hash. The newest stays: an older one that comes late changes nothing. */
import { snapshotHash } from './chain.ts';
import { NO_OWNERS } from './heads.ts';
import type { NewSnapshot } from './requests.ts';
import { readChain } from './room-reading.ts';
import type { Database } from './sqlite.ts';

/**
 * Stores a snapshot of a room after one of its updates, inside the caller's transaction.
 * @throws when there is no row that ends with that update
 */
export function putSnapshot(db: Database, { room, seq, state, stateVector }: NewSnapshot): void {
  const chain = readChain(db, room, seq);
  if (chain === null) throw new Error(`no row of ${room} ends with update ${seq}: no snapshot after it`);
  db.prepare(
    `INSERT INTO snapshots (room, seq, state, state_hash, chain, state_vector) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET seq = excluded.seq, state = excluded.state, state_hash = excluded.state_hash,
       chain = excluded.chain, state_vector = excluded.state_vector WHERE excluded.seq > seq`,
  ).run(room, seq, state, snapshotHash({ room, seq, chain, state }), chain, stateVector ?? null);
  // A room's first row may be of this very transaction, its head not yet written.
  db.prepare(
    `INSERT INTO heads (room, seq, chain, snapshot_seq, is_signed, owners_hash) VALUES (?, ?, ?, ?, 0, ${NO_OWNERS})
     ON CONFLICT DO UPDATE SET snapshot_seq = excluded.snapshot_seq, is_signed = 0
       WHERE excluded.snapshot_seq > snapshot_seq`,
  ).run(room, seq, chain, seq);
}

/** Gives the snapshots of a store from before they had hashes theirs, as they are now. */
export function hashSnapshots(db: Database): void {
  const put = db.prepare('UPDATE snapshots SET state_hash = ?, chain = ? WHERE room = ?');
  const read = db.prepare('SELECT seq, state FROM snapshots WHERE room = ?');
  for (const { room } of db.prepare('SELECT room FROM snapshots').all() as { room: string }[]) {
    const { seq, state } = read.get(room) as { seq: number; state: Uint8Array };
    const chain = readChain(db, room, seq);
    // A snapshot without its row stays without a hash: it is damaged already.
    if (chain !== null) put.run(snapshotHash({ room, seq, chain, state }), chain, room);
  }
}
