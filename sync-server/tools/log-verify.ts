/**
 * `npm run log-verify -- <data directory> [<signed head>]`: holds the store against its own evidence (store/verify-store.ts,
 * store/heads.ts) and prints each fault with its room and row, then the last signed head: given again another day, it must
 * still be there. Ends with 0 when there is no fault, 1 when there is, 2 when it could not look. Only reads; the relay may be
 * running.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openForReading, versionFault } from '../store/database.ts';
import { journalOf, updatesToFold } from '../store/fold.ts';
import type { HeadName } from '../store/heads.ts';
import { hasSigningKey, loadSigningKey } from '../store/signing-key.ts';
import { sayFault, sayHead, verifyWhole } from '../store/verify-store.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = verify(process.argv[2], process.argv[3]);

function verify(directory: string | undefined, expectedText: string | undefined): number {
  const path = join(directory ?? '', 'concord.sqlite');
  if (directory === undefined || !existsSync(path)) {
    say(directory === undefined ? 'Name the data directory: npm run log-verify -- <data directory>' : `No ${path}.`);
    return 2;
  }
  const expected = expectedText === undefined ? null : headNamed(expectedText);
  if (expected === undefined) {
    say(`A signed head looks like 12:<64 hexadecimal digits>, not ${expectedText}.`);
    return 2;
  }
  // A key made only now would have signed nothing.
  const key = hasSigningKey(directory) ? loadSigningKey(directory) : null;
  const db = openForReading(path);
  try {
    const otherVersion = versionFault(db);
    if (otherVersion !== null) {
      say(otherVersion);
      return 2;
    }
    // Before the database: what leaves the journal meanwhile is in it then.
    const journal = journalOf(path, db);
    const { faults, summary, lastSigned } = verifyWhole(db, key, expected);
    for (const fault of faults) say(sayFault(fault));
    say(summary);
    const waiting = updatesToFold(db, journal);
    if (waiting > 0) say(`The journal holds ${waiting} updates that the log does not have yet.`);
    if (lastSigned !== null) {
      say(`Last signed head, of ${new Date(lastSigned.atMs).toISOString()}: ${sayHead(lastSigned)}`);
    }
    if (key === null) say('There is no signing-key.pem here: whose signatures these are could not be checked.');
    return faults.length === 0 && key !== null ? 0 : 1;
  } finally {
    db.close();
  }
}

/** Undefined when it is none. */
function headNamed(text: string): HeadName | undefined {
  const [, n, digest] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  return n === undefined || digest === undefined ? undefined : { n: Number(n), digest };
}
