/**
 * `npm run backup -- <file>`: a verified copy of the store of CONCORD_DATA_DIR as it is at one moment, also while the relay
 * runs. Ends with 0 when the file is there, on the disk and whole; otherwise with 1 (what is stored is damaged) or 2, and there
 * is no such file, or still the one that was there.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { DamagedStoreError, writeBackup } from '../store/backup.ts';
import { openForReading, versionFault } from '../store/database.ts';
import { journalOf } from '../store/fold.ts';
import { hasSigningKey, loadSigningKey } from '../store/signing-key.ts';
import { sayHead } from '../store/verify-store.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = backup(process.argv[2]);

function backup(file: string | undefined): number {
  const config = readConfig(process.env);
  if (file === undefined || 'faults' in config) {
    for (const line of file === undefined ? ['Name the file: npm run backup -- <file>'] : []) say(line);
    for (const fault of 'faults' in config ? config.faults : []) say(fault);
    return 2;
  }
  const { dataDirectory } = config;
  const path = join(dataDirectory, 'concord.sqlite');
  if (!existsSync(path)) {
    say(`No ${path}: set CONCORD_DATA_DIR to the relay's data directory.`);
    return 2;
  }
  const db = openForReading(path);
  try {
    const otherVersion = versionFault(db);
    if (otherVersion !== null) throw new Error(otherVersion);
    if (!hasSigningKey(dataDirectory)) throw new Error('there is no signing key yet: start the relay once');
    const { summary, lastSigned } = writeBackup(
      { db, journal: journalOf(path, db) },
      file,
      loadSigningKey(dataDirectory),
      Date.now(),
    );
    say(`${file}: ${summary}`);
    if (lastSigned !== null) say(`Last signed head in it: ${sayHead(lastSigned)}`);
    say('The signing key is not in it: keep a copy of signing-key.pem elsewhere.');
    return 0;
  } catch (error) {
    say(`No backup was made: ${error instanceof Error ? error.message : error}`);
    if (!(error instanceof DamagedStoreError)) return 2;
    for (const fault of error.faults) say(fault);
    return 1;
  } finally {
    db.close();
  }
}
