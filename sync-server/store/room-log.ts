/**
 * The log of accepted updates, one chain per room (chain.ts says what is hashed), and the head of each room, written once
 * for all that a transaction adds. Writes only; room-reading.ts reads.
 */
import type { Role } from '../../shared/permissions.ts';
import { CHAIN_START, type ChainHead, chainHash, hashOf, type Owner, ownersHash, ROW_FORMAT } from './chain.ts';
import { NO_OWNERS, READ_OWNERS } from './heads.ts';
import { updatesToEarlier } from './row-entries.ts';
import type { Database, Statement } from './sqlite.ts';

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

/** What a row says that takes the place of erased ones: up to which, and who owned which clientID by then. */
export interface Erasure {
  readonly until: number;
  readonly owners: readonly (readonly [clientId: number, personId: string])[];
}

/** Writes rows; keeps the last row of each room in mind (forget it after a rollback). */
export class RoomLog {
  readonly #heads = new Map<string, ChainHead>();
  /** Rooms whose head is to be written before the commit. */
  readonly #grown = new Set<string>();
  /** Those of them in which somebody came to own a clientID. */
  readonly #settled = new Set<string>();
  readonly #readHead: Statement;
  readonly #putHead: Statement;
  readonly #insert: Statement;
  readonly #own: Statement;
  readonly #readOwners: Statement;
  readonly #putOwners: Statement;

  constructor(db: Database) {
    this.#readHead = db.prepare('SELECT seq, chain FROM log WHERE room = ? ORDER BY seq DESC LIMIT 1');
    this.#insert = db.prepare(
      `INSERT INTO log (room, seq, author, carrier, agency_id, role, connection, at_ms, payload, payload_hash, chain,
         format, owned, erases, earlier)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${ROW_FORMAT}, ?, ?, ?)`,
    );
    this.#putHead = db.prepare(
      `INSERT INTO heads (room, seq, chain, snapshot_seq, is_signed, owners_hash) VALUES (?, ?, ?, 0, 0, ${NO_OWNERS})
       ON CONFLICT DO UPDATE SET seq = excluded.seq, chain = excluded.chain, is_signed = 0`,
    );
    this.#own = db.prepare('INSERT OR IGNORE INTO owners (room, client_id, person_id) VALUES (?, ?, ?)');
    this.#readOwners = db.prepare(READ_OWNERS);
    this.#putOwners = db.prepare('UPDATE heads SET owners_hash = ? WHERE room = ?');
  }

  /** Appends an update as a row inside the caller's transaction; its number. `writeHeads` must follow before the commit. */
  append(entry: LogEntry, erasure: Erasure | null = null): number {
    return this.#appendRow([entry], entry, erasure);
  }

  /** The same with updates of one room that follow each other: all of them in one row. */
  appendTogether(entries: readonly LogEntry[]): void {
    const last = entries.at(-1);
    if (last !== undefined) this.#appendRow(entries, last, null);
  }

  #appendRow(entries: readonly LogEntry[], last: LogEntry, erasure: Erasure | null): number {
    const { room, author, carrier, agencyId, role, connection, atMs } = last;
    const head = this.#headOf(room);
    const seq = head.seq + entries.length;
    const claims: (readonly [clientId: number, personId: string])[] = [];
    for (const entry of entries) for (const clientId of entry.newClientIds) claims.push([clientId, entry.author]);
    const owners = erasure?.owners ?? claims;
    const owned = owners.length === 0 ? null : JSON.stringify(owners);
    const erases = erasure?.until ?? null;
    const earlier = updatesToEarlier(entries);
    const payload = earlier === null ? last.update : Buffer.concat(entries.map(({ update }) => update));
    const payloadHash = hashOf(payload);
    const facts = {
      ...{ format: ROW_FORMAT, room, seq, author, carrier, agencyId, role, connection, atMs, owned, erases, earlier },
      payloadHash,
    };
    const chain = chainHash(head.chain, facts);
    this.#insert.run(
      ...[room, seq, author, carrier, agencyId, role, connection, atMs, payload, payloadHash, chain, owned, erases],
      earlier,
    );
    for (const [clientId, personId] of claims) this.#own.run(room, clientId, personId);
    if (claims.length > 0) this.#settled.add(room);
    if (this.#heads.size > 10_000) this.#heads.clear();
    this.#heads.set(room, { seq, chain });
    this.#grown.add(room);
    return seq;
  }

  /** The number of a room's last update; 0 for none. */
  lastSeq(room: string): number {
    return this.#headOf(room).seq;
  }

  /** Writes the heads of the rooms that have grown, inside the caller's transaction: once each, however many rows. */
  writeHeads(): void {
    for (const room of this.#grown) {
      const { seq, chain } = this.#headOf(room);
      if (seq > 0) this.#putHead.run(room, seq, chain);
    }
    this.#grown.clear();
    for (const room of this.#settled)
      this.#putOwners.run(ownersHash(this.#readOwners.all(room) as unknown as Owner[]), room);
    this.#settled.clear();
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
