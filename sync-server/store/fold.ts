/**
 * Brings what stands in the journal and not yet in the log to its place: each update by its number, in its room's order, and
 * as one row what a room is given together: most of what a row costs it costs once. Done by the writer thread now and then,
 * and by whoever opens a store whose relay did not end in order.
 */
import { existsSync, readFileSync } from 'node:fs';
import { pass } from '../steps.ts';
import { ActivityLog } from './activity.ts';
import { type BlockPlace, DamagedJournalError, isAfter, type JournalContent, readJournal } from './journal.ts';
import type { JournalEntry } from './journal-entries.ts';
import { journalFiles } from './journal-file.ts';
import type { FoldRequest } from './requests.ts';
import { RoomLog } from './room-log.ts';
import type { Database } from './sqlite.ts';

/** An update cannot be written before the one that precedes it. */
class MissingUpdateError extends Error {}

/** A row is read and hashed as a whole, by whoever wants but one update of it. */
const ROW_UPDATES = 1_000;
const ROW_BYTES = 64 * 1024;

/**
 * Writes the rows of entries inside the caller's transaction, but for what the log has already.
 * @param activity where what people may read of it is noted; null for nowhere
 * @param ends updates with which a row is to end
 * @throws MissingUpdateError when the log lacks one before it
 */
export function foldEntries(
  { log, activity }: { readonly log: RoomLog; readonly activity: ActivityLog | null },
  entries: readonly JournalEntry[],
  ends: FoldRequest['ends'] = [],
): void {
  for (const row of rowsOf(entries, log, ends)) {
    pass('beforeWrite');
    log.appendTogether(row);
    pass('afterWrite');
    activity?.written(row);
  }
}

/** What the log lacks of them, as rows: those of a room in their order. */
function rowsOf(
  entries: readonly JournalEntry[],
  log: RoomLog,
  ends: FoldRequest['ends'],
): readonly (readonly JournalEntry[])[] {
  const endsByRoom = new Map<string, Set<number>>();
  for (const { room, seq } of ends) endsByRoom.set(room, (endsByRoom.get(room) ?? new Set()).add(seq));
  const rows: JournalEntry[][] = [];
  const openByRoom = new Map<string, { readonly row: JournalEntry[]; last: number; bytes: number }>();
  for (const entry of entries) {
    const { room, seq, update } = entry;
    const open = openByRoom.get(room);
    const last = open?.last ?? log.lastSeq(room);
    if (seq <= last) continue;
    if (seq > last + 1) throw new MissingUpdateError(`${room} ends with update ${last}: update ${seq} does not follow`);
    const isFull = open === undefined || open.row.length >= ROW_UPDATES || open.bytes + update.length > ROW_BYTES;
    if (!isFull && endsByRoom.get(room)?.has(last) !== true) {
      open.row.push(entry);
      open.last = seq;
      open.bytes += update.length;
      continue;
    }
    const row = [entry];
    rows.push(row);
    openByRoom.set(room, { row, last: seq, bytes: update.length });
  }
  return rows;
}

/** Notes inside the caller's transaction up to which block of the journal everything is folded. */
export function noteFolded(db: Database, place: BlockPlace): void {
  if (!isAfter(place, lastFolded(db))) return;
  db.prepare("INSERT INTO meta (key, value) VALUES ('folded', ?) ON CONFLICT DO UPDATE SET value = excluded.value").run(
    `${place.lap} ${place.index}`,
  );
}

/** The last block of the journal that is folded; null for none. */
function lastFolded(db: Database): BlockPlace | null {
  const row = db.prepare("SELECT value FROM meta WHERE key = 'folded'").get() as { value: string } | undefined;
  if (row === undefined) return null;
  const [lap = 0, index = 0] = row.value.split(' ').map(Number);
  return { lap, index };
}

/** How often a journal is read again in which something seems to be missing: a relay may be writing in it. */
const READ_AGAIN = 5;

/**
 * What the journal beside a store holds; nothing where there is none. Beside a running relay read the journal first and the
 * database then: what has left the one is in the other.
 * @throws DamagedJournalError
 */
export function journalOf(databasePath: string, db: Database): JournalContent {
  const keys = db.prepare("SELECT value FROM meta WHERE key IN ('generation', 'journalKey') ORDER BY key").all();
  if (keys.length !== 2) throw new Error('it does not say which journal is its own');
  const key = keys.map(({ value }) => value).join(' ');
  const files = journalFiles(databasePath).filter((file) => existsSync(file));
  const read = () =>
    readJournal(
      files.map((file) => readFileSync(file)),
      key,
      // After the files: what has left them meanwhile is folded.
      lastFolded(db),
    );
  for (let left = READ_AGAIN; left > 0; left--) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DamagedJournalError)) throw error;
    }
  }
  return read();
}

/** How many updates of a journal a store does not have yet. */
export function updatesToFold(db: Database, { entries }: JournalContent): number {
  const log = new RoomLog(db);
  return entries.filter(({ room, seq }) => seq > log.lastSeq(room)).length;
}

/**
 * Folds all that the log lacks, in one transaction.
 * @throws DamagedJournalError when updates are missing: nothing is folded then
 */
export function foldJournal(db: Database, { entries, last }: JournalContent): void {
  const parts = { log: new RoomLog(db), activity: new ActivityLog(db) };
  db.exec('BEGIN IMMEDIATE');
  try {
    foldEntries(parts, entries);
    parts.log.writeHeads();
    if (last !== null) noteFolded(db, last);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error instanceof MissingUpdateError
      ? new DamagedJournalError(`the journal has a hole: ${error.message}`)
      : error;
  }
}
