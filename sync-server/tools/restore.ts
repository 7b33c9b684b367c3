/**
 * `npm run restore -- <file>`: puts a backup in the place of the store of CONCORD_DATA_DIR, which is kept aside. Never beside a
 * running relay. A backup that is not what the relay wrote is refused and nothing changes. Ends with 0 when it is done, 1 when
 * the backup is damaged, 2 when it could not be tried.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readConfig } from '../config.ts';
import { LIMITS } from '../limits.ts';
import { ANOTHER_KEY, DamagedStoreError } from '../store/backup.ts';
import { lockDirectory } from '../store/lock.ts';
import { restoreBackup } from '../store/restore.ts';
import { hasSigningKey, loadSigningKey } from '../store/signing-key.ts';
import { sayHead } from '../store/verify-store.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = restore(process.argv[2]);

function restore(backup: string | undefined): number {
  const config = readConfig(process.env);
  if (backup === undefined || !existsSync(backup) || 'faults' in config) {
    say(backup === undefined ? 'Name the file: npm run restore -- <file>' : `From ${backup}:`);
    if (backup !== undefined && !existsSync(backup)) say('there is no such file');
    for (const fault of 'faults' in config ? config.faults : []) say(fault);
    return 2;
  }
  const { dataDirectory } = config;
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(dataDirectory);
  if (lock === null) {
    say(`A Concord process is using ${dataDirectory}: stop it first.`);
    return 2;
  }
  try {
    const key = hasSigningKey(dataDirectory) ? loadSigningKey(dataDirectory) : null;
    const { report, keptIn } = restoreBackup({
      ...{
        backup,
        dataDirectory,
        key,
        generation: randomUUID(),
        numberReserve: LIMITS.numberReserve,
        atMs: Date.now(),
      },
    });
    say(`Restored from ${backup}: ${report.summary}`);
    if (report.lastSigned !== null) say(`Last signed head in it: ${sayHead(report.lastSigned)}`);
    if (keptIn !== null) say(`The store that was here is kept in ${keptIn}.`);
    if (key === null)
      say('There is no signing-key.pem here: put it back before the start, or the relay makes another.');
    say('Everybody has to sign in again; their devices then bring back what they hold and the backup does not.');
    say(`Official numbers go on ${LIMITS.numberReserve} further, so that none is given twice.`);
    return 0;
  } catch (error) {
    say(`Nothing was restored and nothing has changed: ${error instanceof Error ? error.message : error}`);
    if (!(error instanceof DamagedStoreError)) return 2;
    for (const fault of error.faults) say(fault);
    if (error.faults.includes(ANOTHER_KEY)) {
      say('Put the signing-key.pem of the backed-up relay here; if it is lost, take away the one that is here.');
    }
    return 1;
  } finally {
    lock.release();
  }
}
