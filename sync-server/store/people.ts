/**
 * Agencies and people as an administrator enters them, and which of the agencies each acts for. A new password ends what the
 * old one opened. Who may enter them is asked before (http/account-routes.ts).
 */
import type { AgencyInput } from '../../shared/api.ts';
import type { NewPerson, WriteReply } from './requests.ts';
import type { Database } from './sqlite.ts';

/** Writes an agency, or what is new of it, inside the caller's transaction. */
export function putAgency(db: Database, agencyId: string, agency: AgencyInput): void {
  db.prepare(
    `INSERT INTO agencies (agency_id, name, short_name, mark) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET name = excluded.name, short_name = excluded.short_name, mark = excluded.mark`,
  ).run(agencyId, agency.name, agency.shortName, agency.mark);
}

/** Writes a person, or what is new of them, inside the caller's transaction; refuses a name that somebody else has. */
export function putPerson(db: Database, person: NewPerson): WriteReply {
  const { personId, name, passwordHash, agencyIds, isAdministrator } = person;
  const namesake = db.prepare('SELECT person_id FROM people WHERE name = ?').get(name) as
    | { person_id: string }
    | undefined;
  if (namesake !== undefined && namesake.person_id !== personId) return { kind: 'refused', code: 'name-taken' };
  const known = db.prepare('SELECT password_hash FROM people WHERE person_id = ?').get(personId) as
    | { password_hash: string }
    | undefined;
  const hash = passwordHash ?? known?.password_hash;
  if (hash === undefined) return { kind: 'refused', code: 'password-needed' };
  for (const agencyId of agencyIds) {
    if (db.prepare('SELECT 1 FROM agencies WHERE agency_id = ?').get(agencyId) === undefined) {
      return { kind: 'refused', code: 'unknown-agency' };
    }
  }
  db.prepare(
    `INSERT INTO people (person_id, name, password_hash, is_administrator) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash,
       is_administrator = excluded.is_administrator`,
  ).run(personId, name, hash, isAdministrator ? 1 : 0);
  // A new password ends what the old one opened.
  if (passwordHash !== null) db.prepare('DELETE FROM sessions WHERE person_id = ?').run(personId);
  db.prepare('DELETE FROM person_agencies WHERE person_id = ?').run(personId);
  const join = db.prepare('INSERT OR IGNORE INTO person_agencies (person_id, agency_id, position) VALUES (?, ?, ?)');
  for (const [position, agencyId] of agencyIds.entries()) join.run(personId, agencyId, position);
  return { kind: 'done' };
}
