/**
 * A backup: the database as it was at one moment, in one file, while the relay goes on writing. It is verified before it
 * gets its name, so that a file that has the name is a whole one; behind the database stands a digest of all its bytes, signed
 * by the relay. The signing key is not in it.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, openSync, readSync, statSync } from 'node:fs';
import { z } from 'zod';
import { pass } from '../steps.ts';
import { ONE_FILE, openForReading, reopenForWriting } from './database.ts';
import { putInPlace, removeDatabase } from './files.ts';
import { foldJournal } from './fold.ts';
import type { JournalContent } from './journal.ts';
import { isSignedBy, type SigningKey } from './signing-key.ts';
import type { Database } from './sqlite.ts';
import { pageFaults, type StoreReport, sayFault, verifyWhole } from './verify-store.ts';

/** What is stored is not what was written; each fault is a line for people to read. */
export class DamagedStoreError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super('what is stored is not what was written');
    this.faults = faults;
  }
}

/**
 * Writes a backup of a store to a file, over whatever is there under that name.
 * @param db a reading connection
 * @param journal what stood in the journal before: updates that the database did not have then are in the backup too
 * @throws DamagedStoreError when the copy is not what the relay wrote: there is no backup then
 */
export function writeBackup(
  { db, journal }: { db: Database; journal: JournalContent },
  file: string,
  key: SigningKey,
  atMs: number,
): StoreReport {
  const unfinished = `${file}.part`;
  removeDatabase(unfinished);
  // Everything anybody wrote is in it: for its owner only, from the first byte on.
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    foldInto(unfinished, journal);
    const report = verifyCopy(unfinished, key);
    const { size: bytes } = statSync(unfinished);
    const facts = { atMs, bytes, digest: digestOf(unfinished, bytes) };
    const seal: Seal = { ...facts, publicKey: base64(key.publicKey), signature: base64(key.sign(bytesOf(facts))) };
    appendFileSync(unfinished, `${MARK}${JSON.stringify(seal)}`);
    pass('backedUp');
    putInPlace(unfinished, file);
    return report;
  } catch (error) {
    removeDatabase(unfinished);
    throw error;
  }
}

/** Brings what the journal held into a copy: one file, nothing beside it. */
function foldInto(path: string, journal: JournalContent): void {
  const copy = reopenForWriting(path);
  try {
    foldJournal(copy, journal);
    copy.exec(ONE_FILE);
  } finally {
    copy.close();
  }
}

/**
 * Walks a store in a file of its own.
 * @throws DamagedStoreError
 */
function verifyCopy(path: string, key: Pick<SigningKey, 'publicKey'>): StoreReport {
  const copy = openForReading(path);
  try {
    const faults = pageFaults(copy);
    // What SQLite itself finds damaged is not walked further.
    if (faults.length > 0) throw new DamagedStoreError(faults);
    const report = verifyWhole(copy, key);
    if (report.faults.length > 0) throw new DamagedStoreError(report.faults.map(sayFault));
    return report;
  } finally {
    copy.close();
  }
}

/**
 * Holds a backup against its digest and the signature of that.
 * @param key null when the relay's key is not at hand: then any key may have signed
 * @returns when it was made, and how many of the file's bytes are the database
 * @throws DamagedStoreError
 */
export function openSeal(
  path: string,
  key: Pick<SigningKey, 'publicKey'> | null,
): { readonly atMs: number; readonly bytes: number } {
  const { size } = statSync(path);
  const [mark, text] = endOf(path, size);
  const seal = sealSchema.safeParse(parsed(text));
  if (!seal.success) throw new DamagedStoreError(['it is no backup, or its end is missing']);
  const { atMs, bytes, digest, publicKey, signature } = seal.data;
  if (bytes !== mark || digestOf(path, bytes) !== digest)
    throw new DamagedStoreError(['it is not what its digest says']);
  if (!isSignedBy(bytesIn(publicKey), bytesOf(seal.data), bytesIn(signature))) {
    throw new DamagedStoreError(['its digest is not what was signed']);
  }
  if (key !== null && publicKey !== base64(key.publicKey)) throw new DamagedStoreError([ANOTHER_KEY]);
  return { atMs, bytes };
}

/** Said of a backup whose digest the relay of this directory has not signed. */
export const ANOTHER_KEY = 'it is signed with another key than the one that is here';

/** Between the database and the seal. */
const MARK = '\nconcord backup ';
/** More than a seal is long. */
const SEAL_BYTES = 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Written in one way only, or a changed character could mean the same bytes. */
const bytesText = z.string().refine((text) => base64(bytesIn(text)) === text);
const sealSchema = z.strictObject({
  atMs: z.int(),
  bytes: z.int().positive(),
  digest: z.string(),
  publicKey: bytesText,
  signature: bytesText,
});
type Seal = z.infer<typeof sealSchema>;

/** Where the mark stands in a file, and what comes after it. */
function endOf(path: string, size: number): [mark: number, text: string] {
  const start = Math.max(0, size - SEAL_BYTES);
  const file = openSync(path, 'r');
  try {
    const end = Buffer.alloc(size - start);
    readSync(file, end, 0, end.length, start);
    const at = end.lastIndexOf(MARK);
    return at < 0 ? [-1, ''] : [start + at, end.toString('utf8', at + MARK.length)];
  } finally {
    closeSync(file);
  }
}

function digestOf(path: string, bytes: number): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < bytes; ) {
      const read = readSync(file, chunk, 0, Math.min(chunk.length, bytes - at), at);
      if (read === 0) break;
      hash.update(chunk.subarray(0, read));
      at += read;
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/** What is signed: says first what it is, so that it stands for nothing else that the key signs. */
function bytesOf({ atMs, bytes, digest }: Pick<Seal, 'atMs' | 'bytes' | 'digest'>): Uint8Array {
  return Buffer.from(JSON.stringify(['concord backup', atMs, bytes, digest]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not what was written: refused as that.
    return null;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function bytesIn(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}
