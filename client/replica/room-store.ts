/**
 * One room's part of the device store: an append-only log of Yjs updates under growing marks, and the facts about it
 * (what the relay has acknowledged, its generation, the person's last known rights). The port here; IndexedDB behind it is
 * local-store.ts, and the simulation has one in memory. Failures are values: what could not be written is never taken as written.
 */
import { z } from 'zod';
import { DOCUMENT_STATES } from '../../shared/permissions.ts';
import type { StoreFailure, StoreFailureKind } from './contract.ts';
import type { StatementChange, StoredStatement } from './room-ownership.ts';

/** Facts of one room, durable and the same for all tabs. They carry no content. What a newer version adds is kept. */
export const roomFactsSchema = z.looseObject({
  /** Random name of this log, given with its first fact, '' before: marks of a log with another name mean nothing here. */
  logId: z.string().default(''),
  /** The mark of the newest entry; 0 while there is none. */
  lastMark: z.number().int().nonnegative(),
  /** The newest entry that the relay did not send itself. */
  lastLocalMark: z.number().int().nonnegative(),
  /** Every entry up to here has been echoed as durable by the relay. */
  ackedMark: z.number().int().nonnegative(),
  /** The relay's store that `ackedMark` speaks of; null before the first connection. */
  generation: z.string().nullable(),
  /** The relay's last word on the person's rights here; null before the first. */
  mayWrite: z.boolean().nullable(),
  documentState: z.enum(DOCUMENT_STATES),
  /** The newest prose schema that wrote here. */
  schemaVersion: z.number().int().nonnegative(),
  /** clientIDs that this person wrote with here and the relay has not confirmed as theirs. */
  own: z.array(z.number().int().nonnegative()).default([]),
});
export type RoomFacts = z.infer<typeof roomFactsSchema>;

export const NO_FACTS: RoomFacts = {
  logId: '',
  lastMark: 0,
  lastLocalMark: 0,
  ackedMark: 0,
  generation: null,
  mayWrite: null,
  documentState: 'draft',
  schemaVersion: 0,
  own: [],
};

/** Whether the store holds anything of this person that the relay has not acknowledged. */
export function isUnacknowledged(facts: Pick<RoomFacts, 'lastLocalMark' | 'ackedMark'>): boolean {
  return facts.lastLocalMark > facts.ackedMark;
}

/** One update of the log. `isLocal`: made on this device, as opposed to received from the relay. */
export interface StoredUpdate {
  readonly mark: number;
  readonly update: Uint8Array;
}

/** Edits that the relay refused, kept until a host has them. */
export interface HeldRecord {
  readonly heldId: string;
  /** The relay's word for why, or the name of the close. */
  readonly reason: string;
  readonly update: Uint8Array;
  /** The newest local entry that `update` covers. */
  readonly mark: number;
  readonly handedIn: boolean;
}

export type Stored<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly why: StoreFailureKind };

export interface RoomStore {
  /** Everything after `mark` (0: everything) and the facts, read as one. `ok: false` when any entry is unreadable. */
  read(mark: number): Promise<Stored<{ updates: StoredUpdate[]; facts: RoomFacts; held: HeldRecord | null }>>;
  /**
   * Appends one entry; resolves when it is in the store, with the facts after it. Null, and nothing happens, when `logId`
   * names another log than the one that is there: what was written before this entry went with that one.
   * @param own clientIDs of this person that the facts are to name from then on
   * @param logId the log that this entry goes on with; '' or nothing: whichever is there
   */
  append(
    update: Uint8Array,
    isLocal: boolean,
    own?: readonly number[],
    logId?: string,
  ): Promise<Stored<RoomFacts | null>>;
  /** What the relay stated about owners, in any order. */
  readStatements(): Promise<Stored<StoredStatement[]>>;
  /** Keeps and forgets statements, and what they confirm, in one transaction. */
  changeStatements(change: StatementChange): Promise<Stored<RoomFacts>>;
  /** Changes facts in one transaction; `change` sees the stored ones. */
  changeFacts(change: (facts: RoomFacts) => RoomFacts): Promise<Stored<RoomFacts>>;
  /** Replaces many entries by one of the same content, in one transaction; nothing happens below `minEntries`. */
  compact(minEntries: number): Promise<Stored<number>>;
  /** Puts one local entry in the place of all, in one transaction; false, and nothing happens, when there is any after `mark`. `own`: a clientID in it that the facts name. */
  replaceAll(update: Uint8Array, mark: number, own: number): Promise<Stored<boolean>>;
  keepHeld(held: HeldRecord): Promise<Stored<null>>;
  /**
   * Throws the room's entries and its held record away, for `startFresh` only. Refused in the same transaction while there
   * is a local entry that neither the relay nor the host has and the person's export does not cover.
   */
  discard(consent: DiscardConsent): Promise<Stored<null>>;
}

/** Why a local copy may go: a host has its edits, or the person took an export of every entry up to `exportedMark`. */
export type DiscardConsent = 'handedIn' | { readonly exportedMark: number };

/** The facts after an acknowledgement up to `mark` by the relay's store `generation`; an older generation's word counts nothing. */
export function withAcknowledged(facts: RoomFacts, mark: number, generation: string | null): RoomFacts {
  if (facts.generation !== generation || mark <= facts.ackedMark) return facts;
  return { ...facts, ackedMark: Math.min(mark, facts.lastMark) };
}

/** The facts once the relay's store turns out to be another one: nothing counts as acknowledged, if this device wrote here at all. */
export function withGenerationForgotten(facts: RoomFacts): RoomFacts {
  return {
    ...facts,
    generation: null,
    ackedMark: 0,
    lastLocalMark: facts.lastLocalMark > 0 ? facts.lastMark : 0,
  };
}

/** The facts after one more entry. */
export function withEntry(
  facts: RoomFacts,
  isLocal: boolean,
  schemaVersion: number,
  own: readonly number[] = [],
): RoomFacts {
  const mark = facts.lastMark + 1;
  const news = own.filter((clientId) => !facts.own.includes(clientId));
  return {
    ...facts,
    lastMark: mark,
    lastLocalMark: isLocal ? mark : facts.lastLocalMark,
    schemaVersion: isLocal ? Math.max(facts.schemaVersion, schemaVersion) : facts.schemaVersion,
    own: news.length === 0 ? facts.own : [...facts.own, ...news],
  };
}

/** The facts once the relay has confirmed whose these clientIDs are. */
export function withConfirmed(facts: RoomFacts, confirmed: readonly number[]): RoomFacts {
  if (!facts.own.some((clientId) => confirmed.includes(clientId))) return facts;
  return { ...facts, own: facts.own.filter((clientId) => !confirmed.includes(clientId)) };
}

/** Runs a piece of work on IndexedDB; what the browser throws becomes the reason. */
export async function asValue<T>(work: () => Promise<T>): Promise<Stored<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const { why, message } = failureOf(error);
    return { ok: false, reason: message, why };
  }
}

/** What IndexedDB threw, as the kind of trouble it is. */
export function failureOf(error: unknown): StoreFailure {
  if (!(error instanceof Error || error instanceof DOMException)) return { why: 'unknown', message: String(error) };
  const message = `${error.name}: ${error.message}`;
  return { why: error.name === 'QuotaExceededError' ? 'quota' : 'unknown', message };
}
