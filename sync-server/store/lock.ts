/**
 * One process per data directory. The lock is an open exclusive transaction on a database of its own: the operating
 * system lets go of it when the process ends, however it ends, so no stale lock is ever left behind.
 */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

export interface DataLock {
  release(): void;
}

/** Takes the directory for this process; null when another process has it. */
export function lockDirectory(directory: string): DataLock | null {
  const db = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
  return { release: () => db.close() };
}
