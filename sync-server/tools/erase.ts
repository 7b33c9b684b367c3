/**
 * `npm run erase -- <data directory> <document> deleted|all`: takes content of one document out of the log for good
 * (store/erase.ts says what goes and what stays). Never beside a running relay, and never where the log is not what was
 * written. Ends with 0 when it is done, 2 when nothing was touched.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reopenForWriting, versionFault } from '../store/database.ts';
import { eraseDocument } from '../store/erase.ts';
import { foldJournal, journalOf } from '../store/fold.ts';
import { clearJournal } from '../store/journal-file.ts';
import { lockDirectory } from '../store/lock.ts';
import { loadSigningKey } from '../store/signing-key.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const USAGE = 'npm run erase -- <data directory> <document id> deleted|all';

process.exitCode = erase(...process.argv.slice(2));

function erase(directory?: string, documentId?: string, scope?: string): number {
  if (directory === undefined || documentId === undefined || (scope !== 'deleted' && scope !== 'all')) {
    say(USAGE);
    say('  deleted  what people deleted or overwrote in the document, which the log still holds');
    say('  all      everything the document says; devices lose it too when they next connect');
    return 2;
  }
  const path = join(directory, 'concord.sqlite');
  if (!existsSync(path)) {
    say(`No ${path}.`);
    return 2;
  }
  const lock = lockDirectory(directory);
  if (lock === null) {
    say(`A Concord process is using ${directory}: stop it first.`);
    return 2;
  }
  const db = reopenForWriting(path);
  try {
    const fault = versionFault(db);
    if (fault !== null) throw new Error(fault);
    if (db.prepare('SELECT 1 FROM documents WHERE document_id = ?').get(documentId) === undefined) {
      throw new Error(`there is no document ${documentId}`);
    }
    const key = loadSigningKey(directory);
    // Of a relay that did not end in order.
    foldJournal(db, journalOf(path, db));
    const erased = eraseDocument(db, { documentId, scope, key, atMs: Date.now() });
    clearJournal(path);
    say(`Erased the content of ${erased} updates of ${documentId}; who wrote them and when stays.`);
    say('Backups and files of unsynced work may still hold it, and devices until they next connect.');
    return 0;
  } catch (error) {
    say(`Nothing was erased: ${error instanceof Error ? error.message : error}`);
    return 2;
  } finally {
    db.close();
    lock.release();
  }
}
