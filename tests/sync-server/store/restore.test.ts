/**
 * Backups: whole or refused, whatever happened to the file; and a restored store is another generation that gives no number
 * twice. TAMPERINGS sets how many files are damaged.
 */
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeBackup } from '../../../sync-server/store/backup.ts';
import { openForReading } from '../../../sync-server/store/database.ts';
import { restoreBackup } from '../../../sync-server/store/restore.ts';
import { loadSigningKey } from '../../../sync-server/store/signing-key.ts';
import type { Database } from '../../../sync-server/store/sqlite.ts';
import { verifyWhole } from '../../../sync-server/store/verify-store.ts';
import { randomFrom } from '../../support/random.ts';
import { AGENCIES, AT_MS, PEOPLE, populate, type StoreStage, stageStore, uuid } from './store-stage.ts';

const DAMAGES = Math.ceil(Number(process.env.TAMPERINGS ?? 300) / 5);
const ROOM = `${uuid(3, 1)}/body`;

const NO_JOURNAL = { key: 'k', last: null, entries: [] };

describe('a backup', () => {
  let stage: StoreStage;
  let directory = '';
  let file = '';

  beforeEach(() => {
    stage = stageStore();
    directory = dirname(stage.path);
    file = join(mkdtempSync(join(tmpdir(), 'concord-backup-')), 'monday');
    populate(stage);
    command({
      type: 'createCase',
      caseId: uuid(3, 1),
      title: '欠薪',
      category: 'wageArrears',
      agencyId: AGENCIES.justice,
    });
    write('一');
    stage.run({ kind: 'openSession', tokenHash: 't', personId: PEOPLE.host, expiresAtMs: AT_MS + 1e9 });
    stage.run({ kind: 'signHeads' });
    writeBackup({ db: stage.reader.db, journal: NO_JOURNAL }, file, stage.signingKey, AT_MS);
  });

  let commands = 0;
  const command = (what: object) => {
    const [reply] = stage.run({
      kind: 'command',
      personId: PEOPLE.host,
      command: { commandId: uuid(9, ++commands), ...what } as never,
    });
    return reply;
  };
  const numbered = () => {
    const reply = command({ type: 'giveNumber', target: { of: 'case', caseId: uuid(3, 1) } });
    return reply?.kind === 'command' && reply.result.outcome === 'done' ? reply.result.number : reply;
  };
  const write = (words: string) => {
    const doc = new Y.Doc();
    doc.getText('prose').insert(0, words);
    stage.run({
      ...{ kind: 'append', room: ROOM, update: Y.encodeStateAsUpdate(doc), author: PEOPLE.host },
      ...{ agencyId: AGENCIES.justice, role: 'host', connection: 'c', newClientIds: [doc.clientID] },
    });
  };
  const restoreInto = (dataDirectory: string, backup = file, key: RestoreKey = stage.signingKey, atMs = AT_MS + 5) =>
    restoreBackup({ backup, dataDirectory, key, generation: 'generation-2', numberReserve: 1000, atMs });
  type RestoreKey = Parameters<typeof restoreBackup>[0]['key'];
  const inStore = <T>(look: (db: Database) => T, path = stage.path): T => {
    const db = openForReading(path);
    try {
      return look(db);
    } finally {
      db.close();
    }
  };

  it('[R20] is for its owner only, holds what was there and not what came later, and is made anew over an older one', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { size } = statSync(file);
    write('二'.repeat(5000));
    writeBackup({ db: stage.reader.db, journal: NO_JOURNAL }, file, stage.signingKey, AT_MS + 1);
    expect(statSync(file).size).toBeGreaterThan(size);
    expect(readdirSync(dirname(file))).toEqual(['monday']);
  });

  it('is not made of a store that is not what was written, and the older one stays', () => {
    const before = readFileSync(file);
    stage.db.exec("UPDATE log SET author = 'x' WHERE seq = 1");
    expect(() => writeBackup({ db: stage.reader.db, journal: NO_JOURNAL }, file, stage.signingKey, AT_MS)).toThrow(
      'not what was written',
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(['monday']);
  });

  it('[R20] comes back as another generation, everybody signed out, the store that was there kept whole', () => {
    write('二');
    const { keptIn } = restoreInto(directory);
    expect(keptIn).toContain('before-restore-');
    const meta = inStore((db) => db.prepare('SELECT key, value FROM meta ORDER BY key').all());
    expect(meta).toEqual([
      { key: 'generation', value: 'generation-2' },
      { key: 'journalKey', value: expect.stringMatching(/^[0-9a-f]{32}$/) },
      { key: 'recoveringSince', value: String(AT_MS + 5) },
      { key: 'signedHeads', value: '1' },
    ]);
    expect(inStore((db) => db.prepare('SELECT count(*) AS n FROM sessions').get())).toEqual({ n: 0 });
    const rowsIn = (path: string) =>
      inStore((db) => db.prepare('SELECT seq FROM log WHERE room = ?').all(ROOM).length, path);
    expect([rowsIn(stage.path), rowsIn(join(keptIn ?? '', 'concord.sqlite'))]).toEqual([1, 2]);
    expect(inStore((db) => verifyWhole(db, stage.signingKey).faults)).toEqual([]);
  });

  it('[R20] gives no official number twice, also not when it is restored twice', () => {
    const given = [numbered()];
    expect(given[0]).toMatch(/第1号/);
    for (let times = 0; times < 2; times++) {
      restoreInto(directory, file, stage.signingKey, AT_MS + times);
      stage = stageStore(1, undefined, directory);
      given.push(numbered());
    }
    expect(given.map((number) => Number(/第(\d+)号/.exec(String(number))?.[1]))).toEqual([1, 1002, 2003]);
  });

  it('comes back into an empty directory, with or without the key that signed it, never with another', () => {
    const elsewhere = () => mkdtempSync(join(tmpdir(), 'concord-data-'));
    for (const key of [stage.signingKey, null]) {
      const dataDirectory = elsewhere();
      expect(restoreInto(dataDirectory, file, key).keptIn).toBeNull();
      expect(readdirSync(dataDirectory)).toEqual(['concord.sqlite']);
    }
    const dataDirectory = elsewhere();
    expect(() => restoreInto(dataDirectory, file, loadSigningKey(elsewhere()))).toThrow('not what was written');
    expect(readdirSync(dataDirectory)).toEqual([]);
  });

  it(`[R20] that was damaged is refused and changes nothing (${DAMAGES} times)`, { timeout: 600_000 }, () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'concord-data-'));
    writeFileSync(join(dataDirectory, 'concord.sqlite'), 'what was there');
    const whole = readFileSync(file);
    const damaged = `${file}-damaged`;
    for (let n = 0; n < DAMAGES; n++) {
      const random = randomFrom(n);
      const bytes = Buffer.from(whole);
      const at = random.int(bytes.length);
      if (n % 3 < 2) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8));
      writeFileSync(damaged, bytes);
      if (n % 3 === 2) truncateSync(damaged, random.int(bytes.length));
      expect(() => restoreInto(dataDirectory, damaged), `damage ${n}`).toThrow('not what was written');
      expect(readdirSync(dataDirectory)).toEqual(['concord.sqlite']);
      expect(readFileSync(join(dataDirectory, 'concord.sqlite'), 'utf8')).toBe('what was there');
    }
  });

  it.each([
    ['a row of the log', "UPDATE log SET author = 'x'"],
    ['an account', "UPDATE people SET password_hash = 'known' WHERE name = 'host'"],
    ['a member', "UPDATE members SET role = 'observer'"],
  ])('[R20] in which somebody changed %s is refused', (_, change) => {
    // Behind the database stands what SQLite must not see.
    const changed = `${file}-changed`;
    const whole = readFileSync(file);
    const end = whole.lastIndexOf('\nconcord backup ');
    writeFileSync(changed, whole.subarray(0, end));
    const db = new DatabaseSync(changed);
    db.exec(change);
    db.close();
    appendFileSync(changed, whole.subarray(end));
    const before = readdirSync(directory);
    expect(() => restoreInto(directory, changed)).toThrow('not what was written');
    expect(readdirSync(directory)).toEqual(before);
  });

  it('is not any other file: a copy of the running store, words, nothing at all', () => {
    const other = `${file}-other`;
    copyFileSync(stage.path, other);
    expect(() => restoreInto(directory, other)).toThrow();
    for (const words of ['words', '']) {
      writeFileSync(other, words);
      expect(() => restoreInto(directory, other)).toThrow();
    }
  });
});
