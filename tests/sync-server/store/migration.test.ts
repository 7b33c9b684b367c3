/** A store of an earlier program comes up to this one whole or stays as it was; one of a later program is not touched. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Fault, verifySnapshot } from '../../../sync-server/store/chain.ts';
import { FIRST_TABLES, openForWriting } from '../../../sync-server/store/database.ts';
import { eraseDocument } from '../../../sync-server/store/erase.ts';
import { verifySignedHeads } from '../../../sync-server/store/heads.ts';
import { readSnapshot } from '../../../sync-server/store/room-reading.ts';
import type { Database } from '../../../sync-server/store/sqlite.ts';
import { verifyStore } from '../../../sync-server/store/verify-store.ts';
import { AGENCIES, PEOPLE, stageStore, uuid } from './store-stage.ts';

/** What the first version of the store had of the tables that later versions look at. */
const FIRST_VERSION = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE agencies (
  agency_id TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, mark TEXT NOT NULL
) STRICT;
CREATE TABLE people (
  person_id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, is_administrator INTEGER NOT NULL
) STRICT;
CREATE TABLE cases (
  case_id TEXT PRIMARY KEY, title TEXT NOT NULL, category TEXT NOT NULL,
  lead_agency_id TEXT NOT NULL REFERENCES agencies, number TEXT, version INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES people, changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE documents (
  document_id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, kind TEXT NOT NULL, title TEXT NOT NULL,
  audience TEXT NOT NULL, audience_agency_id TEXT, state TEXT NOT NULL, number TEXT, version INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES people, changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE members (
  case_id TEXT NOT NULL REFERENCES cases, person_id TEXT NOT NULL REFERENCES people,
  agency_id TEXT NOT NULL REFERENCES agencies, role TEXT NOT NULL, removed_at_ms INTEGER,
  PRIMARY KEY (case_id, person_id)
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
INSERT INTO log VALUES ('${uuid(3, 1)}/body', 1, 'p', 'p', NULL, NULL, NULL, 70, NULL, x'01', x'02');
INSERT INTO snapshots VALUES ('${uuid(3, 1)}/body', 1, x'0000');
INSERT INTO meta VALUES ('generation', 'the first');
INSERT INTO agencies VALUES ('${AGENCIES.justice}', '司法局', '司法', '云城');
INSERT INTO people VALUES ('${PEOPLE.host}', 'host', 'x', 0);
INSERT INTO cases VALUES ('${uuid(3, 1)}', '欠薪', 'wageArrears', '${AGENCIES.justice}', NULL, 4, '${PEOPLE.host}', 77);
INSERT INTO members VALUES ('${uuid(3, 1)}', '${PEOPLE.host}', '${AGENCIES.justice}', 'host', NULL);
INSERT INTO commands VALUES ('${PEOPLE.host}', '${uuid(9, 1)}', '${JSON.stringify({
  commandId: uuid(9, 1),
  type: 'createCase',
  caseId: uuid(3, 1),
  title: '欠薪',
  category: 'wageArrears',
  agencyId: AGENCIES.justice,
})}', '{"outcome":"done","version":1}', 70);
PRAGMA user_version = 1;
`;

describe('a store of another version', () => {
  let path = '';
  const inStore = <T>(look: (db: Database) => T): T => {
    const db = new DatabaseSync(path);
    try {
      return look(db);
    } finally {
      db.close();
    }
  };
  const versionOf = (db: Database) => db.prepare('PRAGMA user_version').get()?.user_version;

  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'concord-store-')), 'concord.sqlite');
  });

  it('of the first program gets a record for each of its cases and keeps its generation', () => {
    inStore((db) => db.exec(FIRST_VERSION));
    openForWriting(path, () => 'another').close();
    const [record, generation] = inStore((db) => [
      db.prepare('SELECT * FROM documents').all(),
      db.prepare('SELECT value FROM meta').get(),
    ]);
    expect(record).toEqual([
      {
        document_id: uuid(3, 1),
        case_id: uuid(3, 1),
        kind: 'caseRecord',
        title: '欠薪',
        audience: 'joint',
        audience_agency_id: null,
        state: 'draft',
        number: null,
        version: 1,
        created_by: PEOPLE.host,
        changed_at_ms: 77,
      },
    ]);
    expect(generation).toEqual({ value: 'the first' });
    expect(inStore((db) => db.prepare('SELECT what, person_id, agency_id, at_ms FROM activity').all())).toEqual([
      { what: 'caseCreated', person_id: PEOPLE.host, agency_id: AGENCIES.justice, at_ms: 70 },
    ]);
    const snapshot = inStore((db) => readSnapshot(db, `${uuid(3, 1)}/body`));
    expect(snapshot).not.toBeNull();
    expect(snapshot && verifySnapshot(snapshot, Uint8Array.of(2))).toEqual([]);
    // Opened again, nothing more is to be done.
    openForWriting(path, () => 'another').close();
    expect(inStore((db) => db.prepare('SELECT count(*) AS n FROM documents').get())).toEqual({ n: 1 });
  });

  it('that cannot be brought up stays as the earlier program left it', () => {
    inStore((db) => {
      db.exec(FIRST_VERSION);
      // Something stands where the record would go.
      db.exec(`INSERT INTO documents SELECT case_id, case_id, 'caseNote', title, 'joint', NULL, 'draft', NULL, 1,
        created_by, changed_at_ms FROM cases`);
    });
    expect(() => openForWriting(path, () => 'another')).toThrow(/UNIQUE/);
    inStore((db) => {
      expect(versionOf(db)).toBe(1);
      expect(db.prepare('SELECT kind FROM documents').all()).toEqual([{ kind: 'caseNote' }]);
    });
  });

  it('[R14] keeps its rows as evidence under the hashes of then, and they go on, are signed, restated and found out', () => {
    const room = `${uuid(3, 1)}/body`;
    const sha256 = (...parts: (string | Uint8Array)[]) =>
      parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
    inStore((db) => {
      db.exec(`${FIRST_TABLES} PRAGMA user_version = 1;`);
      const doc = new Y.Doc();
      doc.clientID = 5;
      const updates: Uint8Array[] = [];
      doc.on('update', (update) => updates.push(update));
      for (const words of ['一', '二', '三']) doc.getText('prose').insert(0, words);
      let before: Uint8Array = new Uint8Array();
      for (const [at, payload] of updates.entries()) {
        // The hash as the first program made it.
        before = sha256(before, JSON.stringify([room, at + 1, 'p', 'p', null, null, null, 5]), sha256(payload));
        db.prepare("INSERT INTO log VALUES (?, ?, 'p', 'p', NULL, NULL, NULL, 5, ?, ?, ?)").run(
          ...[room, at + 1, payload, sha256(payload), before],
        );
      }
      db.prepare("INSERT INTO owners VALUES (?, 5, 'p')").run(room);
    });
    openForWriting(path, () => 'another').close();
    const stage = stageStore(1, undefined, dirname(path));
    const faults = (): Fault[] => [
      ...verifySignedHeads(stage.db, stage.signingKey, null).faults,
      ...[...verifyStore(stage.db)].flatMap((report) => report.faults),
    ];
    stage.run({ kind: 'signHeads' });
    expect(faults()).toEqual([]);
    const more = new Y.Doc();
    more.clientID = 6;
    more.getText('prose').insert(0, '四');
    const by = { author: 'q', agencyId: null, role: null, connection: null, newClientIds: [6] } as const;
    stage.run({ kind: 'append', room, update: Y.encodeStateAsUpdate(more), ...by });
    expect(faults()).toEqual([]);
    expect(stage.reader.loadRoom(room).lastSeq).toBe(4);
    for (const change of ["author = 'x'", 'format = 2', 'owned = \'[[5,"x"]]\'']) {
      stage.db.exec('BEGIN');
      stage.db.exec(`UPDATE log SET ${change} WHERE seq = 1`);
      expect(faults().length, change).toBeGreaterThan(0);
      stage.db.exec('ROLLBACK; BEGIN');
      stage.db.exec("UPDATE owners SET person_id = 'x' WHERE client_id = 5");
      expect(faults()).toEqual([{ room, seq: 4, what: 'owners-differ' }]);
      stage.db.exec('ROLLBACK');
    }
    // What said whose clientID it is goes with the payloads: the row that stands for them says it again.
    eraseDocument(stage.db, { documentId: uuid(3, 1), scope: 'deleted', key: stage.signingKey, atMs: 9 });
    expect(faults()).toEqual([]);
    stage.db.exec("UPDATE owners SET person_id = 'x' WHERE client_id = 5");
    expect(faults()).toEqual([{ room, seq: 5, what: 'owners-differ' }]);
  });

  it('of a later program is refused in words and left alone', () => {
    inStore((db) => db.exec(`${FIRST_VERSION} PRAGMA user_version = 9999;`));
    const before = readFileSync(path);
    expect(() => openForWriting(path, () => 'another')).toThrow(/written by a newer Concord \(store version 9999/);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(inStore(versionOf)).toBe(9999);
  });
});
