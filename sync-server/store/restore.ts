/**
 * Puts a backup in the place of the store of a data directory. All work is done on a copy beside it; then one rename makes
 * it the store, so that at any moment there is a whole one, the old or the restored. It is another generation: clients
 * send again what they are not sure of, and the relay knows since when it is recovering. Needs the directory's lock.
 */
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { officialYear } from '../../shared/kinds/number-series.ts';
import { DOCUMENT_KINDS } from '../../shared/vocabulary.ts';
import { pass } from '../steps.ts';
import { DamagedStoreError, openSeal } from './backup.ts';
import { ONE_FILE, openForReading, openForWriting, reopenForWriting } from './database.ts';
import { databaseFiles, putInPlace, removeDatabase, syncFolder } from './files.ts';
import { foldJournal, journalOf } from './fold.ts';
import { journalFiles } from './journal-file.ts';
import type { SigningKey } from './signing-key.ts';
import type { Database } from './sqlite.ts';
import { type StoreReport, sayFault, verifyWhole } from './verify-store.ts';

export interface RestoreOptions {
  readonly backup: string;
  readonly dataDirectory: string;
  /** Null when the relay's key is not in the directory: whose signatures are in the backup is not checked then. */
  readonly key: Pick<SigningKey, 'publicKey'> | null;
  readonly generation: string;
  /** Official numbers that are skipped in each series. */
  readonly numberReserve: number;
  readonly atMs: number;
}

export interface Restored {
  readonly report: StoreReport;
  /** Where the store that was there is kept; null when there was none. */
  readonly keptIn: string | null;
}

/**
 * Restores a backup.
 * @throws DamagedStoreError when it is not what the relay wrote: nothing has changed then
 */
export function restoreBackup(options: RestoreOptions): Restored {
  const { backup, dataDirectory, atMs } = options;
  const store = join(dataDirectory, 'concord.sqlite');
  const copy = `${store}.restoring`;
  removeDatabase(copy);
  try {
    copyFileSync(backup, copy);
    chmodSync(copy, 0o600);
    const report = prepare(copy, options, numbersGiven(store));
    pass('prepared');
    const keptIn = existsSync(store) ? keepAside(store, dataDirectory, atMs) : null;
    pass('keptAside');
    putInPlace(copy, store);
    pass('restored');
    return { report, keptIn };
  } catch (error) {
    removeDatabase(copy);
    throw error;
  }
}

/** Verifies the copy, brings an older one up, and makes it a store of a new generation: one file, nothing beside it. */
function prepare(
  copy: string,
  { key, generation, numberReserve, atMs }: RestoreOptions,
  given: readonly GivenNumber[],
): StoreReport {
  const made = openSeal(copy, key);
  truncateSync(copy, made.bytes);
  const db = openForWriting(copy, () => generation);
  try {
    const report = verifyWhole(db, key);
    if (report.faults.length > 0) throw new DamagedStoreError(report.faults.map(sayFault));
    db.exec('BEGIN IMMEDIATE');
    const setMeta = db.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    );
    setMeta.run('generation', generation);
    setMeta.run('recoveringSince', String(atMs));
    db.exec('DELETE FROM sessions');
    skipNumbers(db, given, numberReserve, { from: officialYear(made.atMs), to: officialYear(atMs) });
    db.exec('COMMIT');
    db.exec(ONE_FILE);
    return report;
  } finally {
    db.close();
  }
}

interface GivenNumber {
  readonly agencyId: string;
  readonly year: number;
  readonly series: string;
  readonly last: number;
}

/** The numbers that the store to be replaced has given; none where there is none, or it cannot be read any more. */
function numbersGiven(store: string): readonly GivenNumber[] {
  if (!existsSync(store)) return [];
  try {
    const db = openForReading(store);
    try {
      return db
        .prepare('SELECT agency_id AS agencyId, year, series, last FROM numbers')
        .all() as unknown as GivenNumber[];
    } finally {
      db.close();
    }
  } catch {
    // A store that cannot be read is why there are backups: what it gave is then covered by the reserve alone.
    return [];
  }
}

/**
 * A number given after the backup must not be given again: each series goes on behind what it had given in the backup and in
 * the store that was there, and behind a reserve for what nobody knows of.
 */
function skipNumbers(
  db: Database,
  given: readonly GivenNumber[],
  reserve: number,
  years: { readonly from: number; readonly to: number },
): void {
  const begin = db.prepare(
    'INSERT OR IGNORE INTO numbers (agency_id, year, series, last) SELECT agency_id, ?, ?, 0 FROM agencies',
  );
  for (let year = years.from; year <= years.to; year++) {
    for (const series of ['case', ...DOCUMENT_KINDS]) begin.run(year, series);
  }
  const raise = db.prepare('UPDATE numbers SET last = max(last, ?) WHERE agency_id = ? AND year = ? AND series = ?');
  for (const { agencyId, year, series, last } of given) raise.run(last, agencyId, year, series);
  db.prepare('UPDATE numbers SET last = last + ? WHERE year >= ?').run(reserve, years.from);
}

/** Keeps the store that is there in a folder of its own, and leaves it in its place until another one takes it. */
function keepAside(store: string, dataDirectory: string, atMs: number): string {
  const folder = join(dataDirectory, `before-restore-${new Date(atMs).toISOString().replaceAll(':', '-')}`);
  mkdirSync(folder, { mode: 0o700 });
  foldLog(store);
  const kept = join(folder, basename(store));
  try {
    linkSync(store, kept);
  } catch {
    // Some file systems have no second names.
    copyFileSync(store, kept);
  }
  // Beside another store they would be taken for its own.
  for (const file of [...databaseFiles(store).slice(1), ...journalFiles(store)]) {
    if (existsSync(file)) renameSync(file, join(folder, basename(file)));
  }
  syncFolder(folder);
  syncFolder(dataDirectory);
  return folder;
}

/** Brings everything into the one file, also what stands in the journal. */
function foldLog(store: string): void {
  try {
    const db = reopenForWriting(store);
    try {
      foldJournal(db, journalOf(store, db));
      db.exec(ONE_FILE);
    } finally {
      db.close();
    }
  } catch {
    // Too damaged for that: it is kept as it is, with its logs.
  }
}
