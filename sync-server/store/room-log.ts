/**
 * The log of accepted updates, one chain per room: each row carries the hash of its payload and a hash over the row
 * before it and its own facts. A payload can be erased later and the chain still checks.
 */
import { createHash } from 'node:crypto';
import type { Role } from '../../shared/permissions.ts';
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

interface Head {
  readonly seq: number;
  readonly chain: Uint8Array;
}

/** The hash that links a row to the one before it (empty for the first). */
export function chainHash(
  before: Uint8Array,
  row: Omit<LogEntry, 'update' | 'newClientIds'> & { readonly seq: number; readonly payloadHash: Uint8Array },
): Uint8Array {
  const facts = [row.room, row.seq, row.author, row.carrier, row.agencyId, row.role, row.connection, row.atMs];
  return createHash('sha256').update(before).update(JSON.stringify(facts)).update(row.payloadHash).digest();
}

/** Writes rows; keeps the last row of each room in mind (forget it after a rollback). */
export class RoomLog {
  readonly #heads = new Map<string, Head>();
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
    const payloadHash = createHash('sha256').update(entry.update).digest();
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

  #headOf(room: string): Head {
    const known = this.#heads.get(room);
    if (known !== undefined) return known;
    const row = this.#readHead.get(room) as { seq: number; chain: Uint8Array } | undefined;
    return row ?? { seq: 0, chain: new Uint8Array() };
  }
}
