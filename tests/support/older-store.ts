/**
 * A store as the first version of the program would have left it, with what a store of today holds: the tables of then, and
 * of each row the columns of then. What later versions added is made anew when the store is brought up.
 */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { CHAIN_START, type ChainHead, chainHash, hashOf, type LogRow } from '../../sync-server/store/chain.ts';
import { FIRST_TABLES } from '../../sync-server/store/database.ts';
import { rowToEntries } from '../../sync-server/store/row-entries.ts';

/** Writes the store of one data directory as an old one into another. */
export function writeOlderStore(from: string, to: string): void {
  const db = new DatabaseSync(join(to, 'concord.sqlite'));
  db.exec(FIRST_TABLES);
  db.prepare('ATTACH ? AS today').run(join(from, 'concord.sqlite'));
  const tables = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").all() as { name: string }[];
  db.exec('PRAGMA foreign_keys = OFF; BEGIN');
  for (const { name } of tables) {
    if (name === 'log') continue;
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${name}', 'main')`).all() as { name: string }[];
    const list = columns.map((column) => column.name).join(', ');
    db.exec(`INSERT INTO main.${name} (${list}) SELECT ${list} FROM today.${name}`);
  }
  // Then a row held one update, and its hash did not cover what later versions have in it.
  const read =
    db.prepare(`SELECT room, seq, author, carrier, agency_id AS agencyId, role, connection, at_ms AS atMs, earlier,
    payload FROM today.log ORDER BY room, seq`);
  const put = db.prepare('INSERT INTO main.log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  let before: ChainHead & { room: string } = { ...CHAIN_START, room: '' };
  for (const row of read.all() as unknown as LogRow[]) {
    const { room } = row;
    for (const { update, ...entry } of rowToEntries(row).reverse()) {
      if (update === null) throw new Error('the first version erased nothing');
      const { seq, author, carrier, agencyId, role, connection, atMs } = entry;
      const payloadHash = hashOf(update);
      const facts = { ...entry, format: 1, room, owned: null, erases: null, earlier: null, payloadHash };
      const chain = chainHash(room === before.room ? before.chain : CHAIN_START.chain, facts);
      put.run(room, seq, author, carrier, agencyId, role, connection, atMs, update, payloadHash, chain);
      before = { room, seq, chain };
    }
  }
  // Then a case was not yet a document.
  db.exec('DELETE FROM main.documents WHERE document_id = case_id; PRAGMA user_version = 1; COMMIT');
  db.close();
}
