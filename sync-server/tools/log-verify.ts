/**
 * `npm run log-verify -- <data directory>`: holds the store against its own evidence (store/verify-store.ts) and prints each
 * fault with its room and row. Ends with 0 when there is none, 1 when there is, 2 when it could not look. Only reads; the
 * relay may be running.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openForReading, SCHEMA_VERSION } from '../store/database.ts';
import { verifyStore } from '../store/verify-store.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = verify(process.argv[2]);

function verify(directory: string | undefined): number {
  const path = join(directory ?? '', 'concord.sqlite');
  if (directory === undefined || !existsSync(path)) {
    say(directory === undefined ? 'Name the data directory: npm run log-verify -- <data directory>' : `No ${path}.`);
    return 2;
  }
  const db = openForReading(path);
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    if (version !== SCHEMA_VERSION) {
      say(
        `The store has version ${version}, this program knows ${SCHEMA_VERSION}: start the relay once, or use its own.`,
      );
      return 2;
    }
    // One moment for everything, whoever writes meanwhile.
    db.exec('BEGIN');
    const sums = { rooms: 0, rows: 0, erased: 0, faults: 0 };
    for (const { room, rows, erased, faults } of verifyStore(db)) {
      for (const { seq, what } of faults) say(`${room} row ${seq}: ${what}`);
      sums.rooms++;
      sums.rows += rows;
      sums.erased += erased;
      sums.faults += faults.length;
    }
    say(`${sums.rooms} rooms, ${sums.rows} rows (${sums.erased} erased), ${sums.faults} faults`);
    return sums.faults === 0 ? 0 : 1;
  } finally {
    db.close();
  }
}
