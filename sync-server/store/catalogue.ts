/**
 * What a person sees of cases, documents and people: read-only queries that follow each document's audience. Nobody
 * learns a title they may not open.
 */
import { createHash } from 'node:crypto';
import type { CaseDetail, CaseSummary, Directory, DocumentSummary, Member } from '../../shared/api.ts';
import { canEnter, canSettleHeld, type SaidAudience, type SaidRole } from '../../shared/permissions.ts';
import { ROOM_KINDS } from '../../shared/rooms.ts';
import { countsFor, tallyHeld } from './held.ts';
import { StoreReader } from './reader.ts';
import type { Database } from './sqlite.ts';

interface CaseListRow extends Omit<CaseSummary, 'documentCount' | 'changeMark'> {}
type DocumentRow = DocumentSummary;

const CASE_COLUMNS = `
  c.case_id AS caseId, c.title, c.category, c.number, c.lead_agency_id AS leadAgencyId, lead.name AS leadAgencyName,
  m.role AS myRole, m.agency_id AS myAgencyId, c.version, c.changed_at_ms AS changedAtMs,
  (SELECT count(*) FROM members n WHERE n.case_id = c.case_id AND n.removed_at_ms IS NULL) AS memberCount
  FROM cases c JOIN members m ON m.case_id = c.case_id AND m.person_id = ? AND m.removed_at_ms IS NULL
  JOIN agencies lead ON lead.agency_id = c.lead_agency_id`;

/** Updates in a document's logs: the newest number of each of its rooms, added up. A log only grows. */
const CHANGE_MARK = ROOM_KINDS.map(
  (room) => `(SELECT coalesce(max(l.seq), 0) FROM log l WHERE l.room = d.document_id || '/${room}')`,
).join(' + ');

/** The person's cases, last changed first. */
export function casesOf(db: Database, personId: string): CaseSummary[] {
  const rows = db.prepare(`SELECT ${CASE_COLUMNS} ORDER BY c.case_id`).all(personId) as unknown as CaseListRow[];
  return rows
    .map((row) => {
      const { members: _members, documents: _documents, record: _record, ...summary } = detailOf(db, row, personId);
      return summary;
    })
    .sort((a, b) => b.changedAtMs - a.changedAtMs);
}

/** One case with its members and the documents the person may open; null when they are no member. */
export function caseOf(db: Database, personId: string, caseId: string): CaseDetail | null {
  const row = caseRowFor(db, personId, caseId);
  return row === null ? null : detailOf(db, row, personId);
}

/** The case and the person's place in it; null when they are no member. */
export function caseRowFor(db: Database, personId: string, caseId: string): CaseListRow | null {
  const row = db.prepare(`SELECT ${CASE_COLUMNS} WHERE c.case_id = ?`).get(personId, caseId) as unknown;
  return (row as CaseListRow | undefined) ?? null;
}

function detailOf(db: Database, row: CaseListRow, personId: string): CaseDetail {
  const members = db
    .prepare(
      `SELECT m.person_id AS personId, p.name, m.agency_id AS agencyId, a.name AS agencyName, m.role
       FROM members m JOIN people p ON p.person_id = m.person_id JOIN agencies a ON a.agency_id = m.agency_id
       WHERE m.case_id = ? AND m.removed_at_ms IS NULL ORDER BY a.name, p.name`,
    )
    .all(row.caseId) as unknown as Member[];
  const tallies = tallyHeld(db, row.caseId, personId);
  const visible = visibleDocuments(db, row).map((document) => {
    const held = countsFor(tallies.get(document.documentId), canSettleHeld(row.myRole, document.audience));
    return held === null ? document : { ...document, held };
  });
  const record = visible.find(({ kind }) => kind === 'caseRecord');
  const documents = visible.filter((document) => document !== record);
  // A case is as new as the newest thing in it that this person may see: what they may not, leaves no trace in a time either.
  const changedAtMs = Math.max(row.changedAtMs, ...visible.map((document) => document.changedAtMs));
  const detail = {
    ...row,
    changedAtMs,
    documentCount: documents.length,
    members,
    documents,
    ...(record === undefined ? {} : { record }),
  };
  return { ...detail, changeMark: createHash('sha256').update(JSON.stringify(detail)).digest('base64url') };
}

/** The documents of a case whose audience the person is in, the case's own record among them; last changed first. */
export function visibleDocuments(
  db: Database,
  row: { caseId: string; myRole: SaidRole; myAgencyId: string },
): DocumentSummary[] {
  const documents = db
    .prepare(
      `SELECT d.document_id AS documentId, d.case_id AS caseId, d.kind, d.title, d.audience,
              d.audience_agency_id AS audienceAgencyId, d.state, d.number, d.version, d.created_by AS createdBy,
              d.changed_at_ms AS changedAtMs, ${CHANGE_MARK} AS changeMark,
              (SELECT a.person_id FROM activity a WHERE a.document_id = d.document_id AND a.what = 'wrote'
               ORDER BY a.at_ms DESC LIMIT 1) AS changedBy
       FROM documents d WHERE d.case_id = ? ORDER BY d.changed_at_ms DESC, d.document_id`,
    )
    .all(row.caseId) as unknown as DocumentRow[];
  return documents.filter(
    ({ audience, audienceAgencyId }: { audience: SaidAudience; audienceAgencyId: string | null }) =>
      canEnter({ role: row.myRole, actingAgencyId: row.myAgencyId, audience, audienceAgencyId }),
  );
}

/** Everybody and every agency of this house. */
export function directoryOf(db: Database): Directory {
  const reader = new StoreReader(db);
  const ids = db.prepare('SELECT person_id FROM people ORDER BY name').all() as { person_id: string }[];
  return {
    agencies: reader.agencies(),
    people: ids.flatMap(({ person_id }) => reader.person(person_id) ?? []),
  };
}
