/**
 * The evidence in the store: what a row, a chain of rows, a snapshot and the head of a room must hash to, and what is wrong
 * where they do not. A row holds one update or several (row-entries.ts) and has the number of the last. Each hashes its payload
 * and the row before it; a payload that a later row says was erased keeps the chain valid. A chain computed anew to its end
 * cannot be seen here: that is for the signed heads. Pure.
 */
import { hash } from 'node:crypto';
import type { Role } from '../../shared/permissions.ts';
import { countUpdates, isWellSaid } from './row-entries.ts';

/**
 * Rows of stores before version 5 are of format 1; since 2 their hash covers `owned` and `erases` as well. What a row says in
 * `earlier` is covered wherever there is any.
 */
export const ROW_FORMAT = 2;

const HASH_BYTES = 32;

/** What a row says beside its payload, of the last update in it; all of it is in the chain. */
export interface RowFacts {
  readonly format: number;
  readonly room: string;
  readonly seq: number;
  readonly author: string;
  readonly carrier: string;
  readonly agencyId: string | null;
  readonly role: Role | null;
  readonly connection: string | null;
  readonly atMs: number;
  /** The clientIDs that have an owner from this row on, as JSON `[[clientID, person], …]`; null for none. */
  readonly owned: string | null;
  /** Up to which row payloads were erased: this row's payload stands for all of them. */
  readonly erases: number | null;
  /** What it says of its updates before the last, as JSON (row-entries.ts); null when it holds but one. */
  readonly earlier: string | null;
  readonly payloadHash: Uint8Array;
}

export interface LogRow extends RowFacts {
  /** Null when it was erased. */
  readonly payload: Uint8Array | null;
  readonly chain: Uint8Array;
}

export interface StoredSnapshot {
  readonly room: string;
  readonly seq: number;
  readonly state: Uint8Array;
  readonly stateHash: Uint8Array;
  /** The chain at `seq`. */
  readonly chain: Uint8Array;
  /** Said by the state itself, and kept beside it to be had at once; null when nobody has looked. Not hashed. */
  readonly stateVector?: Uint8Array | null;
}

/** Where a chain stands: the last row's number and hash. */
export interface ChainHead {
  readonly seq: number;
  readonly chain: Uint8Array;
}

/** Where a room stands, kept beside its log: what is missing at its end is missed. */
export interface RoomHead extends ChainHead {
  /** The row the newest snapshot was made after; 0 before there is one. */
  readonly snapshotSeq: number;
  /** The hash of all owners of clientIDs in the room. */
  readonly ownersHash: Uint8Array;
}

/** Who owns a clientID. */
export interface Owner {
  readonly clientId: number;
  readonly personId: string;
}

/** Before the first row of a room. */
export const CHAIN_START: ChainHead = { seq: 0, chain: new Uint8Array() };

export interface Fault {
  /** Or `signed heads`, whose rows are numbered by themselves. */
  readonly room: string;
  readonly seq: number;
  readonly what:
    | 'row-missing'
    | 'row-changed'
    | 'payload-missing'
    | 'payload-changed'
    | 'snapshot-missing'
    | 'snapshot-changed'
    | 'snapshot-differs'
    | 'head-missing'
    | 'head-differs'
    | 'owners-differ'
    | 'not-as-signed'
    | 'erasure-not-signed'
    | 'signed-head-missing'
    | 'signed-head-changed'
    | 'signed-by-another-key'
    | 'not-the-expected-head'
    | 'not-replayable';
}

export function hashOf(payload: Uint8Array): Uint8Array {
  return hash('sha256', payload, 'buffer');
}

/** The hash that links a row to the one before it (empty for the first). */
export function chainHash(before: Uint8Array, row: RowFacts): Uint8Array {
  const facts = [row.room, row.seq, row.author, row.carrier, row.agencyId, row.role, row.connection, row.atMs];
  const text = JSON.stringify(row.format === 1 ? facts : [row.format, ...facts, row.owned, row.erases]);
  // One list behind the other, as it is: where each ends shows in itself, and it may be long.
  return hashOf(Buffer.concat([before, Buffer.from(text + (row.earlier ?? '')), row.payloadHash]));
}

/** The hash of a snapshot: of this room, after this row, over this chain. */
export function snapshotHash({ room, seq, chain, state }: Omit<StoredSnapshot, 'stateHash'>): Uint8Array {
  const place = JSON.stringify([room, seq, Buffer.from(chain).toString('hex')]);
  return hashOf(Buffer.concat([Buffer.from(place), hashOf(state)]));
}

/** The hash of the owners of a room, given in the order of their clientIDs. */
export function ownersHash(owners: readonly Owner[]): Uint8Array {
  const pairs = owners.map(({ clientId, personId }) => [clientId, personId]);
  return hash('sha256', JSON.stringify(pairs), 'buffer');
}

/**
 * Holds rows of one room against their hashes, in order, from a head on. After a fault it goes on from what is stored, so
 * that one change is one fault and the next is found as well.
 */
export function verifyRows(room: string, from: ChainHead, rows: readonly LogRow[]): Fault[] {
  const faults: Fault[] = [];
  const erasedUntil = rows.reduce((until, { erases }) => Math.max(until, erases ?? 0), 0);
  let head = from;
  for (const row of rows) {
    const { seq } = row;
    // Only where both end as they were written do their bytes not pass for each other's in what is hashed.
    const isWhole = isWellSaid(row) && row.payloadHash.length === HASH_BYTES;
    if (seq !== head.seq + countUpdates(row)) faults.push({ room, seq: head.seq + 1, what: 'row-missing' });
    else if (!isWhole || !isSame(chainHash(head.chain, { ...row, room }), row.chain))
      faults.push({ room, seq, what: 'row-changed' });
    if (row.payload === null) {
      if (seq > erasedUntil) faults.push({ room, seq, what: 'payload-missing' });
    } else if (!isSame(hashOf(row.payload), row.payloadHash)) faults.push({ room, seq, what: 'payload-changed' });
    head = row;
  }
  return faults;
}

/** Holds a snapshot against its hash and against the chain of the row it was made after (null: there is no such row). */
export function verifySnapshot(snapshot: StoredSnapshot, chainAtSeq: Uint8Array | null): Fault[] {
  const { room, seq } = snapshot;
  if (chainAtSeq === null) return [{ room, seq, what: 'row-missing' }];
  const isWhole = isSame(snapshotHash(snapshot), snapshot.stateHash) && isSame(chainAtSeq, snapshot.chain);
  return isWhole ? [] : [{ room, seq, what: 'snapshot-changed' }];
}

/** Holds the end of a room's log, the place of its snapshot (0: none) and its owners against the room's head. */
export function verifyHead(
  room: string,
  head: RoomHead | null,
  last: ChainHead,
  snapshotSeq: number,
  owners: readonly Owner[],
): Fault[] {
  if (head === null) return last.seq === 0 ? [] : [{ room, seq: last.seq, what: 'head-missing' }];
  const faults: Fault[] = [];
  if (head.seq > last.seq) faults.push({ room, seq: last.seq + 1, what: 'row-missing' });
  else if (head.seq < last.seq || !isSame(head.chain, last.chain)) {
    faults.push({ room, seq: last.seq, what: 'head-differs' });
  }
  if (head.snapshotSeq > snapshotSeq) faults.push({ room, seq: head.snapshotSeq, what: 'snapshot-missing' });
  else if (head.snapshotSeq < snapshotSeq) faults.push({ room, seq: snapshotSeq, what: 'head-differs' });
  if (!isSame(head.ownersHash, ownersHash(owners))) faults.push({ room, seq: head.seq, what: 'owners-differ' });
  return faults;
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
