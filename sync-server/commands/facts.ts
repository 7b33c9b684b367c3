/**
 * Reads what decide.ts needs to know about a command, inside the transaction that will carry it out. Only reading.
 */
import type { Command } from '../../shared/commands.ts';
import { KINDS } from '../../shared/kinds/all-kinds.ts';
import type { Audience, DocumentState, Role } from '../../shared/permissions.ts';
import type { DocumentKind } from '../../shared/vocabulary.ts';
import { heldFacts } from '../store/held.ts';
import type { Database } from '../store/sqlite.ts';
import type { CommandFacts, Membership } from './decide.ts';

/** A row of `documents`. */
export interface DocumentRow {
  readonly case_id: string;
  readonly kind: DocumentKind;
  readonly audience: Audience;
  readonly audience_agency_id: string | null;
  readonly state: DocumentState;
  readonly version: number;
  readonly number: string | null;
  readonly created_by: string;
}

/** A row of `cases`. */
export interface CaseRow {
  readonly title: string;
  readonly category: string;
  readonly lead_agency_id: string;
  readonly version: number;
  readonly number: string | null;
  readonly created_by: string;
}

export function caseRow(db: Database, caseId: string): CaseRow | null {
  return (db.prepare('SELECT * FROM cases WHERE case_id = ?').get(caseId) as CaseRow | undefined) ?? null;
}

export function documentRow(db: Database, documentId: string): DocumentRow | null {
  return (
    (db.prepare('SELECT * FROM documents WHERE document_id = ?').get(documentId) as DocumentRow | undefined) ?? null
  );
}

function agencyIdsOf(db: Database, personId: string): string[] {
  const rows = db.prepare('SELECT agency_id FROM person_agencies WHERE person_id = ?').all(personId);
  return (rows as { agency_id: string }[]).map((row) => row.agency_id);
}

function membershipOf(db: Database, caseId: string, personId: string): Membership | null {
  const row = db
    .prepare('SELECT role, agency_id FROM members WHERE case_id = ? AND person_id = ? AND removed_at_ms IS NULL')
    .get(caseId, personId) as { role: Role; agency_id: string } | undefined;
  return row === undefined ? null : { role: row.role, agencyId: row.agency_id };
}

/** Everything decide.ts looks at, read inside the transaction. */
export function factsOf(db: Database, personId: string, command: Command): CommandFacts {
  const documentId =
    'documentId' in command && command.type !== 'registerDocument'
      ? command.documentId
      : command.type === 'giveNumber' && command.target.of === 'document'
        ? command.target.documentId
        : null;
  const document = documentId === null ? null : documentRow(db, documentId);
  const caseId =
    command.type === 'giveNumber' && command.target.of === 'case'
      ? command.target.caseId
      : 'caseId' in command
        ? command.caseId
        : (document?.case_id ?? null);
  const caseFound = caseId === null ? null : caseRow(db, caseId);
  const hosts = db
    .prepare("SELECT count(*) AS n FROM members WHERE case_id = ? AND role = 'host' AND removed_at_ms IS NULL")
    .get(caseId) as { n: number };
  return {
    actorAgencyIds: agencyIdsOf(db, personId),
    membership: caseId === null ? null : membershipOf(db, caseId, personId),
    case:
      caseFound === null
        ? null
        : { version: caseFound.version, number: caseFound.number, createdBy: caseFound.created_by },
    document:
      document === null
        ? null
        : {
            caseId: document.case_id,
            kind: document.kind,
            audience: document.audience,
            audienceAgencyId: document.audience_agency_id,
            state: document.state,
            version: document.version,
            number: document.number,
            hasSeries: KINDS[document.kind].numberSeries !== undefined,
          },
    subject: subjectOf(db, caseId, command),
    held: command.type === 'settleHeld' ? heldFacts(db, command.documentId, command.heldId) : null,
    hostCount: hosts.n,
  };
}

function subjectOf(db: Database, caseId: string | null, command: Command): CommandFacts['subject'] {
  if (!('personId' in command) || caseId === null) return null;
  if (db.prepare('SELECT 1 FROM people WHERE person_id = ?').get(command.personId) === undefined) return null;
  return {
    agencyIds: agencyIdsOf(db, command.personId),
    membership: membershipOf(db, caseId, command.personId),
  };
}
