/**
 * Which errors of the database speak of the store and not of what was asked: memory, input/output, damage, a full disk, …
 * SQLite's result code says it; where the binding leaves the code out (reading many rows), SQLite's words for it do.
 */

/** Primary result codes, with SQLite's words for them. */
const STORE_ERRORS: ReadonlyMap<string, number> = new Map([
  ['database is locked', 5],
  ['database table is locked', 6],
  ['out of memory', 7],
  ['attempt to write a readonly database', 8],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['locking protocol', 15],
  ['file is not a database', 26],
]);
const CODES: ReadonlySet<number> = new Set(STORE_ERRORS.values());
const CORRUPT = 11;

/** What failed is the store. */
export function isStoreError(error: unknown): boolean {
  return CODES.has(codeOf(error));
}

/** The pages of the store make no sense. */
export function isCorruption(error: unknown): boolean {
  return codeOf(error) === CORRUPT;
}

function codeOf(error: unknown): number {
  if (!(error instanceof Error)) return 0;
  if ('sqliteCode' in error && typeof error.sqliteCode === 'number') return error.sqliteCode & 0xff;
  return STORE_ERRORS.get(error.message) ?? 0;
}
