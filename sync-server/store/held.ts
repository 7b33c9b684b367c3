/**
 * Held edits in the store: taken in once each, told of without what is in them, read one by one, settled once. A held edit
 * is never changed; its settlement is a row of its own, so that nothing has to step over its bytes.
 */
import type { Held, HeldCounts, HeldInput, HeldList, HeldSummary, Settlement } from '../../shared/held.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import type { Limits } from '../limits.ts';
import type { Database } from './sqlite.ts';

/** Table of migration 6. */
export const HELD_SETTLEMENTS = `
CREATE TABLE held_settlements (
  held_id TEXT PRIMARY KEY REFERENCES held, outcome TEXT NOT NULL, reason TEXT,
  person_id TEXT NOT NULL REFERENCES people, at_ms INTEGER NOT NULL
) STRICT;`;

export interface HeldEdit {
  readonly documentId: string;
  readonly authorId: string;
  readonly held: Omit<HeldInput, 'update'>;
  readonly payload: Uint8Array;
  readonly atMs: number;
}

/** Takes a held edit in; null when it is kept now or was before, else a machine word. */
export function takeHeld(
  db: Database,
  { documentId, authorId, held, payload, atMs }: HeldEdit,
  { heldBytesPerAuthor, heldPerAuthor }: Pick<Limits, 'heldBytesPerAuthor' | 'heldPerAuthor'>,
): 'id-taken' | 'too-much-held' | null {
  const known = db.prepare('SELECT document_id, author_id FROM held WHERE held_id = ?').get(held.heldId) as
    | { document_id: string; author_id: string }
    | undefined;
  if (known !== undefined) {
    return known.document_id === documentId && known.author_id === authorId ? null : 'id-taken';
  }
  const { count, bytes } = db
    .prepare(
      `SELECT count(*) AS count, coalesce(sum(length(payload)), 0) AS bytes FROM held
       WHERE document_id = ? AND author_id = ?`,
    )
    .get(documentId, authorId) as { count: number; bytes: number };
  if (count >= heldPerAuthor || bytes + payload.length > heldBytesPerAuthor) return 'too-much-held';
  db.prepare(
    `INSERT INTO held (held_id, document_id, room, reason, author_id, received_at_ms, payload)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(held.heldId, documentId, held.room, held.reason, authorId, atMs, payload);
  return null;
}

/** What a settlement is decided from; null when the document has no such held edit. */
export function heldFacts(
  db: Database,
  documentId: string,
  heldId: string,
): { room: RoomKind; isSettled: boolean } | null {
  const row = db
    .prepare(
      `SELECT h.room, s.held_id IS NOT NULL AS isSettled FROM held h
       LEFT JOIN held_settlements s ON s.held_id = h.held_id WHERE h.held_id = ? AND h.document_id = ?`,
    )
    .get(heldId, documentId) as { room: RoomKind; isSettled: number } | undefined;
  return row === undefined ? null : { room: row.room, isSettled: row.isSettled === 1 };
}

/** Writes what became of a held edit. Whether it may is decided before. */
export function settleHeld(
  db: Database,
  { heldId, settlement }: { readonly heldId: string; readonly settlement: Settlement },
  personId: string,
  atMs: number,
): void {
  const reason = settlement.outcome === 'discarded' ? settlement.reason : null;
  db.prepare('INSERT INTO held_settlements (held_id, outcome, reason, person_id, at_ms) VALUES (?, ?, ?, ?, ?)').run(
    heldId,
    settlement.outcome,
    reason,
    personId,
    atMs,
  );
}

/** Who handed a held edit in; null when there is none. */
export function authorOfHeld(db: Database, heldId: string): string | null {
  const row = db.prepare('SELECT author_id FROM held WHERE held_id = ?').get(heldId) as
    | { author_id: string }
    | undefined;
  return row?.author_id ?? null;
}

interface SummaryRow {
  readonly held_id: string;
  readonly room: RoomKind;
  readonly reason: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly received_at_ms: number;
  readonly bytes: number;
  readonly outcome: Settlement['outcome'] | null;
  readonly settled_reason: string | null;
  readonly settled_by: string;
  readonly settled_by_name: string;
  readonly settled_at_ms: number;
}

/** The length of a payload is in its row's head: its bytes are not read for it. */
const SUMMARY = `
  h.held_id, h.room, h.reason, h.author_id, p.name AS author_name, h.received_at_ms, length(h.payload) AS bytes,
  s.outcome, s.reason AS settled_reason, s.person_id AS settled_by, by.name AS settled_by_name, s.at_ms AS settled_at_ms`;
const SUMMARY_FROM = `
  FROM held h JOIN people p ON p.person_id = h.author_id
  LEFT JOIN held_settlements s ON s.held_id = h.held_id LEFT JOIN people by ON by.person_id = s.person_id
  WHERE h.document_id = :documentId AND (:authorId IS NULL OR h.author_id = :authorId)`;

function summaryOf(row: SummaryRow): HeldSummary {
  return {
    heldId: row.held_id,
    room: row.room,
    reason: row.reason,
    authorId: row.author_id,
    authorName: row.author_name,
    receivedAtMs: row.received_at_ms,
    bytes: row.bytes,
    settled:
      row.outcome === null
        ? null
        : {
            outcome: row.outcome,
            reason: row.settled_reason,
            byId: row.settled_by,
            byName: row.settled_by_name,
            atMs: row.settled_at_ms,
          },
  };
}

/** Which held edits of a document: all, or those of one person. */
export interface HeldOf {
  readonly documentId: string;
  readonly authorId: string | null;
}

/** The held edits without what is in them: what waits first, the newest before the older, at most `limit`. */
export function listHeld(db: Database, { documentId, authorId }: HeldOf, limit: number): HeldList {
  const of = { documentId, authorId };
  const rows = db
    .prepare(
      `SELECT ${SUMMARY} ${SUMMARY_FROM}
       ORDER BY s.held_id IS NOT NULL, h.received_at_ms DESC, h.held_id LIMIT :limit`,
    )
    .all({ ...of, limit }) as unknown as SummaryRow[];
  const { total } = db.prepare(`SELECT count(*) AS total ${SUMMARY_FROM}`).get(of) as { total: number };
  return { items: rows.map(summaryOf), total };
}

/** One held edit whole; null when it is none of these. */
export function readHeld(
  db: Database,
  { documentId, authorId }: HeldOf,
  heldId: string,
): Omit<Held, 'deletedSince'> | null {
  const row = db
    .prepare(`SELECT ${SUMMARY}, h.payload ${SUMMARY_FROM} AND h.held_id = :heldId`)
    .get({ documentId, authorId, heldId }) as unknown as (SummaryRow & { readonly payload: Uint8Array }) | undefined;
  return row === undefined ? null : { ...summaryOf(row), update: Buffer.from(row.payload).toString('base64') };
}

export interface HeldTally {
  readonly waiting: number;
  readonly ownWaiting: number;
  readonly ownSettled: number;
}

/** How many held edits each document of a case has, by document; documents without any are left out. */
export function tallyHeld(db: Database, caseId: string, personId: string): Map<string, HeldTally> {
  const rows = db
    .prepare(
      `SELECT h.document_id AS documentId, sum(s.held_id IS NULL) AS waiting,
              sum(s.held_id IS NULL AND h.author_id = :personId) AS ownWaiting,
              sum(s.held_id IS NOT NULL AND h.author_id = :personId) AS ownSettled
       FROM documents d JOIN held h ON h.document_id = d.document_id
       LEFT JOIN held_settlements s ON s.held_id = h.held_id WHERE d.case_id = :caseId GROUP BY h.document_id`,
    )
    .all({ caseId, personId }) as unknown as ({ documentId: string } & HeldTally)[];
  return new Map(rows.map(({ documentId, ...tally }) => [documentId, tally]));
}

/** What of a tally concerns somebody; null when nothing does. */
export function countsFor(tally: HeldTally | undefined, maySettle: boolean): HeldCounts | null {
  if (tally === undefined) return null;
  const { ownWaiting, ownSettled } = tally;
  const toSettle = maySettle ? tally.waiting : 0;
  return toSettle + ownWaiting + ownSettled === 0 ? null : { toSettle, ownWaiting, ownSettled };
}
