/**
 * Moves what is committed from the write-ahead log to its place in the database file. SQLite would do so by itself inside a
 * commit, and pass over an error in silence: here it comes after the commits were answered, and an error is thrown. What
 * could not be moved stays in the write-ahead log, durable, and is moved at the next try.
 */
import { pass } from '../steps.ts';
import type { Database } from './sqlite.ts';

/** Pages of the write-ahead log that are not in the database file yet. */
export function pagesWaiting(db: Database): number {
  const { log, checkpointed } = db.prepare('PRAGMA wal_checkpoint(NOOP)').get() as {
    log: number;
    checkpointed: number;
  };
  return log - checkpointed;
}

/** Moves all that no reader stands in the way of; waits for nobody. Throws when the disk does not take it. */
export function checkpoint(db: Database): void {
  pass('beforeCheckpoint');
  db.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
  pass('afterCheckpoint');
}
