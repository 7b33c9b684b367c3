/**
 * What a person reads of a case's activity, newest first, a page at a time: everything about the case and its members, and
 * of documents only those whose audience the person is in now. Nobody learns of a document by its traces.
 */
import type { ActivityItem, ActivityPage } from '../../shared/api.ts';
import { caseRowFor, visibleDocuments } from './catalogue.ts';
import type { Database } from './sqlite.ts';

interface ActivityRow {
  readonly activityId: number;
  readonly atMs: number;
  readonly what: string;
  readonly times: number;
  readonly personId: string;
  readonly personName: string;
  readonly agencyName: string | null;
  readonly documentId: string | null;
  readonly subjectName: string | null;
  readonly role: ActivityItem['role'];
  readonly number: string | null;
}

/** A page of a case's activity; null when the person is no member. `before` as the page before gave it. */
export function activityOf(
  db: Database,
  personId: string,
  caseId: string,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): ActivityPage | null {
  const row = caseRowFor(db, personId, caseId);
  if (row === null) return null;
  const documents = new Map(visibleDocuments(db, row).map((document) => [document.documentId, document]));
  const [atMs, activityId] = cursorParts(before);
  const rows = db
    .prepare(
      `SELECT a.activity_id AS activityId, a.at_ms AS atMs, a.what, a.times, a.person_id AS personId, p.name AS personName,
              g.name AS agencyName, a.document_id AS documentId, s.name AS subjectName, a.role, a.number
       FROM activity a JOIN people p ON p.person_id = a.person_id
         LEFT JOIN agencies g ON g.agency_id = a.agency_id LEFT JOIN people s ON s.person_id = a.subject_id
       WHERE a.case_id = ? AND (a.at_ms, a.activity_id) < (?, ?)
         AND (a.document_id IS NULL OR a.document_id IN (SELECT value FROM json_each(?)))
       ORDER BY a.at_ms DESC, a.activity_id DESC LIMIT ?`,
    )
    .all(caseId, atMs, activityId, JSON.stringify([...documents.keys()]), limit + 1) as unknown as ActivityRow[];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ documentId, ...item }) => {
      const document = documentId === null ? undefined : documents.get(documentId);
      return {
        ...item,
        document:
          document === undefined
            ? null
            : { documentId: document.documentId, kind: document.kind, title: document.title },
      };
    }),
    before: last === undefined || rows.length <= limit ? null : `${last.atMs}.${last.activityId}`,
  };
}

function cursorParts(before: string | null): [number, number] {
  if (before === null) return [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const [atMs = '', activityId = ''] = before.split('.');
  return [Number(atMs), Number(activityId)];
}
