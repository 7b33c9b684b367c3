/**
 * The two files of the journal as they are written: blocks one after the other, each on the disk when its write is answered
 * (O_DSYNC: one call that waits for the disk, in no thread of ours), in files that exist already, so that the disk has
 * nothing to note but the bytes. Knows where the next block goes; what is in it and when it may go is writer.ts's.
 */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  write,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pass } from '../steps.ts';
import { syncFolder } from './files.ts';
import { encodeBlock } from './journal.ts';
import { type JournalEntry, OriginsSaid } from './journal-entries.ts';

/** The files of the journal beside a database. */
export function journalFiles(databasePath: string): string[] {
  return [0, 1].map((n) => join(dirname(databasePath), `concord.journal-${n}`));
}

/** Bytes in a lap. */
const LAP_BYTES = 4 * 1024 * 1024;
/** As long as it may become where folding cannot keep up: what a start has to read and fold at the most is twice that. */
const LONGEST_LAP_BYTES = 4 * LAP_BYTES;
const WRITING = constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC;

export class JournalFile {
  readonly #paths: readonly string[];
  readonly #key: string;
  readonly #files: number[];
  #lap: number;
  #index = 0;
  #at = 0;
  /** By the blocks that wait to be folded together. */
  #said = new OriginsSaid();

  /**
   * Opens the journal for writing, in a lap that follows none.
   * @param lastLap the newest in the files, all of which is folded
   * @throws when the disk has no room for it
   */
  constructor(databasePath: string, key: string, lastLap: number) {
    this.#paths = journalFiles(databasePath);
    this.#key = key;
    this.#files = this.#paths.map(openWhole);
    syncFolder(dirname(databasePath));
    this.#lap = lastLap + 2;
  }

  get lap(): number {
    return this.#lap;
  }

  /** This lap is over: the next block is for the next one. */
  get isFull(): boolean {
    return this.#at >= LAP_BYTES;
  }

  /** Whether this lap may go on beyond its end all the same: slower, and its file is cut to size again when it is written over. */
  get mayRunOver(): boolean {
    return this.#at < LONGEST_LAP_BYTES;
  }

  /** Writes entries as one block; `done` hears of it when it is durable, or the error. One at a time. */
  write(entries: readonly JournalEntry[], done: (error: Error | null, block: Uint8Array) => void): void {
    pass('beforeJournal');
    const block = encodeBlock({ key: this.#key, lap: this.#lap, index: this.#index }, entries, this.#said);
    write(this.#file, block, 0, block.length, this.#at, (error, written) => {
      if (error !== null) done(error, block);
      else if (written < block.length) done(new Error('the disk took a part of it only'), block);
      else {
        this.#at += block.length;
        this.#index++;
        pass('afterJournal');
        done(null, block);
      }
    });
  }

  /** What was written is folded by itself: the next block builds on nothing that the ones before it say. */
  standAlone(): void {
    this.#said = new OriginsSaid();
  }

  /** Begins the next lap over the one before the last, which is folded. */
  nextLap(): void {
    this.#lap++;
    this.#begin();
  }

  /**
   * After a failed write nobody knows what the file holds: when everything else is folded, a lap begins that follows none, in a
   * file opened anew.
   * @throws when it cannot be opened
   */
  beginAnew(): void {
    for (const file of this.#files.splice(0)) closeSync(file);
    this.#files.push(...this.#paths.map(openWhole));
    this.#lap += 2;
    this.#index = 0;
    this.standAlone();
    this.#begin();
  }

  close(): void {
    for (const file of this.#files.splice(0)) closeSync(file);
  }

  get #file(): number {
    const file = this.#files[this.#lap % 2];
    if (file === undefined) throw new Error('the journal is closed');
    return file;
  }

  #begin(): void {
    this.#at = 0;
    // It may have gone far beyond its end.
    if (fstatSync(this.#file).size > LAP_BYTES) ftruncateSync(this.#file, LAP_BYTES);
  }
}

/** Overwrites what the journal beside a store holds, all of which is folded: nothing that is erased may stand in it. */
export function clearJournal(databasePath: string): void {
  for (const path of journalFiles(databasePath).filter((file) => existsSync(file))) {
    const file = openSync(path, WRITING);
    try {
      const { size } = fstatSync(file);
      writeSync(file, Buffer.alloc(size), 0, size, 0);
    } finally {
      closeSync(file);
    }
  }
}

/** All of its room is taken when it is made: a write then changes bytes and nothing else. */
function openWhole(path: string): number {
  const file = openSync(path, WRITING, 0o600);
  const { size } = fstatSync(file);
  try {
    if (size < LAP_BYTES) writeSync(file, Buffer.alloc(LAP_BYTES - size), 0, LAP_BYTES - size, size);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return file;
}
