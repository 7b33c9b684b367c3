/**
 * Reads for the relay's own work, on a read-only connection of the main thread: rooms to load, sessions, people, and
 * what admission needs to know. Everything a person looks at is in catalogue.ts.
 */
import type { Agency, Person } from '../../shared/api.ts';
import type { Audience, DocumentState, Role } from '../../shared/permissions.ts';
import type { StoredRoom } from '../room/effects.ts';
import { loadRoom } from './room-reading.ts';
import type { Database } from './sqlite.ts';

/** A person's place in a document's case, and the document's own facts. */
export interface DocumentStanding {
  readonly documentId: string;
  readonly caseId: string;
  readonly audience: Audience;
  readonly audienceAgencyId: string | null;
  readonly state: DocumentState;
  readonly member: {
    readonly role: Role;
    readonly agencyId: string;
    readonly agencyName: string;
    /** Was a member once and is not now. */
    readonly isRemoved: boolean;
  } | null;
}

export class StoreReader {
  readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  generation(): string {
    const row = this.db.prepare("SELECT value FROM meta WHERE key = 'generation'").get() as { value: string };
    return row.value;
  }

  /** When a backup was put back into this store, milliseconds since 1970; null when none ever was. */
  recoveringSinceMs(): number | null {
    const row = this.db.prepare("SELECT value FROM meta WHERE key = 'recoveringSince'").get() as
      | { value: string }
      | undefined;
    return row === undefined ? null : Number(row.value);
  }

  /** @throws DamagedRoomError when it is not what was written (R14) */
  loadRoom(room: string): StoredRoom {
    return loadRoom(this.db, room);
  }

  hasCase(caseId: string): boolean {
    return this.db.prepare('SELECT 1 FROM cases WHERE case_id = ?').get(caseId) !== undefined;
  }

  /** When a person's command was first answered, the relay's clock in ms; null when it never was. */
  commandAtMs(personId: string, commandId: string): number | null {
    const row = this.db
      .prepare('SELECT at_ms FROM commands WHERE person_id = ? AND command_id = ?')
      .get(personId, commandId) as { at_ms: number } | undefined;
    return row?.at_ms ?? null;
  }

  hasPeople(): boolean {
    return this.db.prepare('SELECT 1 FROM people LIMIT 1').get() !== undefined;
  }

  /** Who a session belongs to; null when it is unknown or over. */
  sessionPerson(tokenHash: string, nowMs: number): { personId: string; expiresAtMs: number } | null {
    const row = this.db.prepare('SELECT person_id, expires_at_ms FROM sessions WHERE token_hash = ?').get(tokenHash) as
      | { person_id: string; expires_at_ms: number }
      | undefined;
    if (row === undefined || row.expires_at_ms <= nowMs) return null;
    return { personId: row.person_id, expiresAtMs: row.expires_at_ms };
  }

  passwordOf(name: string): { personId: string; passwordHash: string } | null {
    const row = this.db.prepare('SELECT person_id, password_hash FROM people WHERE name = ?').get(name) as
      | { person_id: string; password_hash: string }
      | undefined;
    return row === undefined ? null : { personId: row.person_id, passwordHash: row.password_hash };
  }

  person(personId: string): Person | null {
    const row = this.db.prepare('SELECT name, is_administrator FROM people WHERE person_id = ?').get(personId) as
      | { name: string; is_administrator: number }
      | undefined;
    if (row === undefined) return null;
    const agencies = this.db
      .prepare('SELECT agency_id FROM person_agencies WHERE person_id = ? ORDER BY position')
      .all(personId) as { agency_id: string }[];
    return {
      personId,
      name: row.name,
      agencyIds: agencies.map((agency) => agency.agency_id),
      isAdministrator: row.is_administrator === 1,
    };
  }

  agencies(): Agency[] {
    return this.db
      .prepare('SELECT agency_id AS agencyId, name, short_name AS shortName, mark FROM agencies ORDER BY name')
      .all() as unknown as Agency[];
  }

  /** What decides whether a person may enter a document; null when there is no such document. */
  standing(documentId: string, personId: string): DocumentStanding | null {
    const row = this.db
      .prepare(
        `SELECT d.case_id, d.audience, d.audience_agency_id, d.state,
                m.role, m.agency_id, m.removed_at_ms, a.name AS agency_name
         FROM documents d
         LEFT JOIN members m ON m.case_id = d.case_id AND m.person_id = ?
         LEFT JOIN agencies a ON a.agency_id = m.agency_id
         WHERE d.document_id = ?`,
      )
      .get(personId, documentId) as StandingRow | undefined;
    if (row === undefined) return null;
    const member =
      row.role === null || row.agency_id === null
        ? null
        : {
            role: row.role,
            agencyId: row.agency_id,
            agencyName: row.agency_name ?? '',
            isRemoved: row.removed_at_ms !== null,
          };
    return {
      documentId,
      caseId: row.case_id,
      audience: row.audience,
      audienceAgencyId: row.audience_agency_id,
      state: row.state,
      member,
    };
  }
}

interface StandingRow {
  readonly case_id: string;
  readonly audience: Audience;
  readonly audience_agency_id: string | null;
  readonly state: DocumentState;
  readonly role: Role | null;
  readonly agency_id: string | null;
  readonly removed_at_ms: number | null;
  readonly agency_name: string | null;
}
