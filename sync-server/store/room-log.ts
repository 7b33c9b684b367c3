/** The log of accepted updates, one chain per room (chain.ts says what is hashed). Writes only; room-reading.ts reads. */
import type { Role } from '../../shared/permissions.ts';
import { CHAIN_START, type ChainHead, chainHash, hashOf } from './chain.ts';
import type { Database, Statement } from './database.ts';

export interface LogEntry {
  readonly room: string;
  readonly update: Uint8Array;
  /** Whose words they are, and whose connection brought them. */
  readonly author: string;
  readonly carrier: string;
  readonly agencyId: string | null;
  readonly role: Role | null;
  readonly connection: string | null;
  readonly atMs: number;
  readonly newClientIds: readonly number[];
}

/** Writes rows; keeps the last row of each room in mind (forget it after a rollback). */
export class RoomLog {
  readonly #heads = new Map<string, ChainHead>();
  readonly #readHead: Statement;
  readonly #insert: Statement;
  readonly #own: Statement;

  constructor(db: Database) {
    this.#readHead = db.prepare('SELECT seq, chain FROM log WHERE room = ? ORDER BY seq DESC LIMIT 1');
    this.#insert = db.prepare(
      `INSERT INTO log (room, seq, author, carrier, agency_id, role, connection, at_ms, payload, payload_hash, chain)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#own = db.prepare('INSERT OR IGNORE INTO owners (room, client_id, person_id) VALUES (?, ?, ?)');
  }

  /** Appends a row inside the caller's transaction; its sequence number. */
  append(entry: LogEntry): number {
    const head = this.#headOf(entry.room);
    const { room, author, carrier, agencyId, role, connection, atMs } = entry;
    const seq = head.seq + 1;
    const payloadHash = hashOf(entry.update);
    const chain = chainHash(head.chain, { room, seq, author, carrier, agencyId, role, connection, atMs, payloadHash });
    this.#insert.run(room, seq, author, carrier, agencyId, role, connection, atMs, entry.update, payloadHash, chain);
    for (const clientId of entry.newClientIds) this.#own.run(room, clientId, author);
    if (this.#heads.size > 10_000) this.#heads.clear();
    this.#heads.set(room, { seq, chain });
    return seq;
  }

  /** After a rollback: what was kept in mind may not exist. */
  forget(): void {
    this.#heads.clear();
  }

  #headOf(room: string): ChainHead {
    const known = this.#heads.get(room);
    if (known !== undefined) return known;
    const row = this.#readHead.get(room) as unknown as ChainHead | undefined;
    return row ?? CHAIN_START;
  }
}
