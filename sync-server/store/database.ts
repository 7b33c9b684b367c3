/**
 * Opens the embedded database and keeps its tables at the version of this program. One file, write-ahead log, full
 * sync: what is committed survives the machine. Only the writer thread writes; everybody else opens it read-only.
 */
import { DatabaseSync } from '@photostructure/sqlite';
import { pass } from '../steps.ts';
import { noteEverything } from './activity.ts';
import { addHeads, hashOwners } from './heads.ts';
import { HELD_SETTLEMENTS } from './held.ts';
import { hashSnapshots } from './snapshots.ts';
import type { Database, Statement } from './sqlite.ts';

/**
 * The tables of version 1; a new store begins with them too. A restored backup must get a new generation: clients then send
 * again what they are not sure of.
 */
export const FIRST_TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE agencies (
  agency_id TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, mark TEXT NOT NULL
) STRICT;
CREATE TABLE people (
  person_id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, is_administrator INTEGER NOT NULL
) STRICT;
CREATE TABLE person_agencies (
  person_id TEXT NOT NULL REFERENCES people, agency_id TEXT NOT NULL REFERENCES agencies, position INTEGER NOT NULL,
  PRIMARY KEY (person_id, agency_id)
) STRICT;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people, expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE cases (
  case_id TEXT PRIMARY KEY, title TEXT NOT NULL, category TEXT NOT NULL,
  lead_agency_id TEXT NOT NULL REFERENCES agencies, number TEXT, version INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES people, changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE members (
  case_id TEXT NOT NULL REFERENCES cases, person_id TEXT NOT NULL REFERENCES people,
  agency_id TEXT NOT NULL REFERENCES agencies, role TEXT NOT NULL, removed_at_ms INTEGER,
  PRIMARY KEY (case_id, person_id)
) STRICT;
CREATE INDEX members_by_person ON members (person_id);
CREATE TABLE documents (
  document_id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, kind TEXT NOT NULL, title TEXT NOT NULL,
  audience TEXT NOT NULL, audience_agency_id TEXT, state TEXT NOT NULL, number TEXT, version INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES people, changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX documents_by_case ON documents (case_id);
CREATE TABLE numbers (
  agency_id TEXT NOT NULL REFERENCES agencies, year INTEGER NOT NULL, series TEXT NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (agency_id, year, series)
) STRICT;
CREATE TABLE commands (
  person_id TEXT NOT NULL REFERENCES people, command_id TEXT NOT NULL, body TEXT NOT NULL, result TEXT NOT NULL,
  at_ms INTEGER NOT NULL, PRIMARY KEY (person_id, command_id)
) STRICT;

CREATE TABLE log (
  room TEXT NOT NULL, seq INTEGER NOT NULL, author TEXT NOT NULL, carrier TEXT NOT NULL, agency_id TEXT,
  role TEXT, connection TEXT, at_ms INTEGER NOT NULL, payload BLOB, payload_hash BLOB NOT NULL, chain BLOB NOT NULL,
  PRIMARY KEY (room, seq)
) STRICT;
CREATE TABLE snapshots (room TEXT PRIMARY KEY, seq INTEGER NOT NULL, state BLOB NOT NULL) STRICT;
CREATE TABLE owners (
  room TEXT NOT NULL, client_id INTEGER NOT NULL, person_id TEXT NOT NULL, PRIMARY KEY (room, client_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE held (
  held_id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents, room TEXT NOT NULL, reason TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES people, received_at_ms INTEGER NOT NULL, payload BLOB NOT NULL
) STRICT;
CREATE INDEX held_by_document ON held (document_id);
`;

/** What each later version changes in a store of the one before; a new store runs through all of them. */
const MIGRATIONS: readonly ((db: Database) => void)[] = [
  // 2: the case itself is a document, under the case's own id.
  (db) =>
    db.exec(
      `INSERT INTO documents (document_id, case_id, kind, title, audience, audience_agency_id, state, number, version,
         created_by, changed_at_ms)
       SELECT case_id, case_id, 'caseRecord', title, 'joint', NULL, 'draft', NULL, 1, created_by, changed_at_ms
       FROM cases`,
    ),
  // 3: what happened in a case, to be read: writing once for each person, document and day (the stretch).
  (db) => {
    db.exec(`
      CREATE TABLE activity (
        activity_id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, document_id TEXT REFERENCES documents,
        person_id TEXT NOT NULL REFERENCES people, agency_id TEXT REFERENCES agencies, what TEXT NOT NULL,
        times INTEGER NOT NULL, at_ms INTEGER NOT NULL, stretch TEXT UNIQUE, subject_id TEXT, role TEXT, number TEXT
      ) STRICT;
      CREATE INDEX activity_by_case ON activity (case_id, at_ms, activity_id);
      CREATE INDEX activity_by_document ON activity (document_id, what, at_ms);`);
    noteEverything(db);
  },
  // 4: what a snapshot must hash to, and the chain it was made over.
  (db) => {
    db.exec(`ALTER TABLE snapshots ADD COLUMN state_hash BLOB NOT NULL DEFAULT x'';
      ALTER TABLE snapshots ADD COLUMN chain BLOB NOT NULL DEFAULT x'';`);
    hashSnapshots(db);
  },
  // 5: where each room's log ends, signed; who owns which clientID and what was erased, in the chain. Rows there are keep
  // the hash they were written with (format 1).
  (db) => {
    db.exec(`ALTER TABLE log ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE log ADD COLUMN owned TEXT;
      ALTER TABLE log ADD COLUMN erases INTEGER;`);
    addHeads(db);
  },
  // 6: what became of held edits.
  (db) => db.exec(HELD_SETTLEMENTS),
  // 7: who owns which clientID, hashed in the head, so that a room with other owners than were written is not served.
  (db) => hashOwners(db),
  // 8: the state vector of a snapshot, so that a room is opened without making a document of it.
  (db) => db.exec('ALTER TABLE snapshots ADD COLUMN state_vector BLOB'),
  // 9: what is durable may stand in the journal beside the tables (a program that knows of none must not go on from here), and
  // the key of its blocks, which nobody outside knows.
  (db) => db.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('journalKey', lower(hex(randomblob(16))))"),
  // 10: a row may hold several updates of its room, with the number of the last. Rows there are hold one each.
  (db) => db.exec('ALTER TABLE log ADD COLUMN earlier TEXT'),
  // 11: a block of the journal may build on what the ones before it say; a program that reads each by itself must not.
  () => {},
  // 12: a row may say that one of its updates came the same way as one that does not follow at once.
  () => {},
];

/** The version of the tables this program knows. */
export const SCHEMA_VERSION = 1 + MIGRATIONS.length;

/**
 * A commit is on the disk when it is answered. Whoever writes moves what is committed to its place (checkpoint.ts); a
 * write-ahead log that grew large meanwhile gives its room back to the disk. As many pages (KiB) stay
 * at hand as one fold of the journal writes to.
 */
const WAY_OF_WRITING = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8192;`;

/** Run on a writing connection that nobody else has: everything is in the one file then. */
export const ONE_FILE = 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE';

/** The store was written by a newer program; this one must not touch it. */
class NewerStoreError extends Error {}

/**
 * Opens the store for writing, making its tables when it is new and bringing an older one up to this version, at once or not
 * at all.
 * @param newGeneration a fresh random id, used only for a new store
 * @throws NewerStoreError
 */
export function openForWriting(path: string, newGeneration: () => string): Database {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (version > SCHEMA_VERSION) {
    db.close();
    throw new NewerStoreError(
      `it was written by a newer Concord (store version ${version}, this program knows ${SCHEMA_VERSION}). Start that one.`,
    );
  }
  // Only now: the way of writing is itself written into the file, and a newer store is not to be touched.
  db.exec(WAY_OF_WRITING);
  if (version < SCHEMA_VERSION) {
    db.exec('BEGIN IMMEDIATE');
    try {
      if (version === 0) {
        db.exec(FIRST_TABLES);
        db.prepare("INSERT INTO meta (key, value) VALUES ('generation', ?)").run(newGeneration());
      }
      for (const migration of MIGRATIONS.slice(Math.max(version - 1, 0))) {
        pass('beforeMigration');
        migration(db);
        pass('afterMigration');
      }
      db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
      pass('beforeMigrated');
      db.exec('COMMIT');
      pass('afterMigrated');
    } catch (error) {
      // The store stays whole as the older program left it.
      db.exec('ROLLBACK');
      db.close();
      throw error;
    }
  }
  // What was announced but not frozen when the program ended: whoever asked will ask again.
  db.exec("UPDATE documents SET state = 'draft' WHERE state = 'freezing'");
  return db;
}

/** Why a tool cannot work on this store, in words; null when its tables are those of this program. */
export function versionFault(db: Database): string | null {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (version === SCHEMA_VERSION) return null;
  return `The store has version ${version}, this program knows ${SCHEMA_VERSION}: start the relay once, or use its own.`;
}

/** A new writing connection to a store that `openForWriting` has brought up before; changes nothing in it. */
export function reopenForWriting(path: string): Database {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  db.exec(WAY_OF_WRITING);
  return db;
}

/**
 * Makes each statement once. What SQLite needs for one is kilobytes that lie between what lives on; thousands of them, thrown
 * away with every socket that comes, leave holes that nothing else fits into.
 */
class ReadingDatabase extends DatabaseSync {
  readonly #made = new Map<string, Statement>();

  /** The same statement for the same words; all values are bound, so there are as many as the program has. */
  override prepare(sql: string): Statement {
    let statement = this.#made.get(sql);
    if (statement === undefined) {
      statement = super.prepare(sql);
      this.#made.set(sql, statement);
    }
    return statement;
  }
}

/** Opens a store that exists, for reading only. */
export function openForReading(path: string): Database {
  return new ReadingDatabase(path, { readOnly: true, timeout: 5_000 });
}
