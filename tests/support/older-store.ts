/**
 * A store as the first version of the program would have left it, with what a store of today holds: the tables of then, and
 * of each row the columns of then. What later versions added is made anew when the store is brought up.
 */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { FIRST_TABLES } from '../../sync-server/store/database.ts';

/** Writes the store of one data directory as an old one into another. */
export function writeOlderStore(from: string, to: string): void {
  const db = new DatabaseSync(join(to, 'concord.sqlite'));
  db.exec(FIRST_TABLES);
  db.prepare('ATTACH ? AS today').run(join(from, 'concord.sqlite'));
  const tables = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  db.exec('PRAGMA foreign_keys = OFF; BEGIN');
  for (const { name } of tables) {
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${name}', 'main')`).all() as { name: string }[];
    const list = columns.map((column) => column.name).join(', ');
    db.exec(`INSERT INTO main.${name} (${list}) SELECT ${list} FROM today.${name}`);
  }
  // Then a case was not yet a document.
  db.exec('DELETE FROM main.documents WHERE document_id = case_id; PRAGMA user_version = 1; COMMIT');
  db.close();
}
