/**
 * The evidence in the store: what a row, a chain of rows and a snapshot must hash to, and what is wrong where they do not.
 * Each row hashes its payload and the row before it; a payload erased once it is in the snapshot keeps the chain valid. A
 * whole tail cut off, or a chain computed anew to its end, cannot be seen from the rows alone. Pure.
 */
import { createHash } from 'node:crypto';
import type { Role } from '../../shared/permissions.ts';

/** What a row says beside its payload; all of it is in the chain. */
export interface RowFacts {
  readonly room: string;
  readonly seq: number;
  readonly author: string;
  readonly carrier: string;
  readonly agencyId: string | null;
  readonly role: Role | null;
  readonly connection: string | null;
  readonly atMs: number;
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
}

/** Where a chain stands: the last row's number and hash. */
export interface ChainHead {
  readonly seq: number;
  readonly chain: Uint8Array;
}

/** Before the first row of a room. */
export const CHAIN_START: ChainHead = { seq: 0, chain: new Uint8Array() };

export interface Fault {
  readonly room: string;
  readonly seq: number;
  readonly what:
    | 'row-missing'
    | 'row-changed'
    | 'payload-missing'
    | 'payload-changed'
    | 'snapshot-changed'
    | 'snapshot-differs'
    | 'not-replayable';
}

export function hashOf(payload: Uint8Array): Uint8Array {
  return createHash('sha256').update(payload).digest();
}

/** The hash that links a row to the one before it (empty for the first). */
export function chainHash(before: Uint8Array, row: RowFacts): Uint8Array {
  const facts = [row.room, row.seq, row.author, row.carrier, row.agencyId, row.role, row.connection, row.atMs];
  return createHash('sha256').update(before).update(JSON.stringify(facts)).update(row.payloadHash).digest();
}

/** The hash of a snapshot: of this room, after this row, over this chain. */
export function snapshotHash({ room, seq, chain, state }: Omit<StoredSnapshot, 'stateHash'>): Uint8Array {
  const place = JSON.stringify([room, seq, Buffer.from(chain).toString('hex')]);
  return createHash('sha256').update(place).update(hashOf(state)).digest();
}

/**
 * Holds rows of one room against their hashes, in order, from a head on. After a fault it goes on from what is stored, so
 * that one change is one fault and the next is found as well.
 * @param erasableUntil payloads up to this row may be missing: they are in the snapshot
 */
export function verifyRows(room: string, from: ChainHead, rows: readonly LogRow[], erasableUntil: number): Fault[] {
  const faults: Fault[] = [];
  let head = from;
  for (const row of rows) {
    const { seq } = row;
    if (seq !== head.seq + 1) faults.push({ room, seq: head.seq + 1, what: 'row-missing' });
    else if (!isSame(chainHash(head.chain, { ...row, room }), row.chain))
      faults.push({ room, seq, what: 'row-changed' });
    if (row.payload === null) {
      if (seq > erasableUntil) faults.push({ room, seq, what: 'payload-missing' });
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

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
