/**
 * All writing, as the main thread asks for it. What rooms append is made durable in the journal, together with whatever else
 * came meanwhile, and is folded into the database later, many updates at a time; everything else is asked of the writer thread,
 * after what was appended before it. Keeps the order and what is owed; the files are journal-file.ts's, the thread's end
 * writer-link.ts's.
 */
import type { JournalEntry } from './journal-entries.ts';
import { JournalFile } from './journal-file.ts';
import type { WriteReply, WriteRequest } from './requests.ts';
import { ENDED, linkWriter, type WriterLink } from './writer-link.ts';

/** An update that a room appends, and that is told what becomes of it: one object, since thousands are under way. */
export interface Appending extends JournalEntry {
  durable(): void;
  failed(why: string): void;
}

/** Asks for writes. A store error is a reply (`failed`), not an exception. */
export interface Writer {
  /**
   * The hot path, without a promise. What became durable together is told in one turn, before any microtask: whoever is told
   * can act on all of it together. After a failure nothing of what was appended meanwhile is kept. Should the database not take
   * an update in the end, the last that was appended to its room is told once more: `failed`.
   */
  append(appending: Appending): void;
  /**
   * The reply comes when the request is durable, in the order of the requests, and after all appends before it; those of
   * `noteChange` and `snapshot` come when something else is written, a second later at most.
   */
  write(request: WriteRequest): Promise<WriteReply>;
  /** Whether a room has updates that the database does not show yet. */
  isBehind(room: string): boolean;
  /** The last store error; null again once something was written. */
  readonly trouble: string | null;
  /** Finishes what was asked and ends the thread. */
  close(): Promise<void>;
}

export interface WriterOptions {
  /** Where the thread's program is. */
  readonly threadUrl: URL;
  readonly databasePath: string;
  readonly now: () => number;
}

/** How long what is in the journal waits for more of it, and how many bytes of it do not wait. */
const FOLD_MS = 1_000;
const FOLD_BYTES = 2 * 1024 * 1024;
/** How long a database that took nothing is left alone. */
const FOLD_AGAIN_MS = 2_000;

interface Request {
  readonly request: WriteRequest;
  readonly atMs: number;
  readonly told: (reply: WriteReply) => void;
}

/** Durable in the journal as one block, and not in the database. */
interface Kept {
  readonly lap: number;
  readonly block: Uint8Array;
}

/** What is told when a room loses an update in the end: the last that was appended to it in the last block. */
type KeptRooms = Map<string, Appending>;

/** Starts the thread and opens the journal; rejects when the store cannot be opened. */
export async function startWriter({ threadUrl, databasePath, now }: WriterOptions): Promise<Writer> {
  const link = await linkWriter(threadUrl, databasePath);
  const { journalKey, journalLap } = link.opened;
  return createWriter({ link, journal: new JournalFile(databasePath, journalKey, journalLap), now });
}

interface WriterParts {
  readonly link: Pick<WriterLink, 'ask' | 'trouble' | 'close'>;
  readonly journal: Pick<
    JournalFile,
    'lap' | 'isFull' | 'mayRunOver' | 'write' | 'standAlone' | 'nextLap' | 'beginAnew' | 'close'
  >;
  readonly now: () => number;
}

/** @param journal all that is in it is folded */
export function createWriter(parts: WriterParts): Writer {
  return new JournallingWriter(parts);
}

class JournallingWriter implements Writer {
  readonly #link: WriterParts['link'];
  readonly #journal: WriterParts['journal'];
  readonly #now: () => number;
  /** In the order of asking; the first is next. */
  #line: (Appending | Request)[] = [];
  /** Goes with the next fold. */
  #unhurried: Request[] = [];
  #isWriting = false;
  /** Durable, and not on the way to the database; on the way to it. */
  #kept: Kept[] = [];
  #keptBytes = 0;
  #folding: readonly Kept[] = [];
  /** The rooms of both. Of the entries nothing stays but their blocks: thousands of small objects would be moved about till then. */
  #keptRooms: KeptRooms = new Map();
  #foldingRooms: KeptRooms = new Map();
  #foldTimer: NodeJS.Timeout | null = null;
  /** As soon as the block is durable that is being written: it builds on those before it. */
  #isFoldDue = false;
  /** A write failed: nobody knows what the journal holds until it begins anew. */
  #isSpent = false;
  #journalTrouble: string | null = null;
  #foldTrouble: string | null = null;
  #onClosed: (() => void) | null = null;

  constructor({ link, journal, now }: WriterParts) {
    this.#link = link;
    this.#journal = journal;
    this.#now = now;
  }

  get trouble(): string | null {
    return this.#journalTrouble ?? this.#foldTrouble ?? this.#link.trouble;
  }

  isBehind(room: string): boolean {
    return this.#keptRooms.has(room) || this.#foldingRooms.has(room);
  }

  append(appending: Appending): void {
    if (this.#onClosed === null) this.#ask(appending);
    else appending.failed(ENDED.message);
  }

  write(request: WriteRequest): Promise<WriteReply> {
    return new Promise((told) => {
      const one = { request, atMs: this.#now(), told };
      if (this.#onClosed !== null) told(ENDED);
      // Nothing of it needs to be in order: hundreds of these a second would cut up what goes to the disk together.
      else if (request.kind === 'noteChange') this.#putOff(one);
      else this.#ask(one);
    });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onClosed = resolve;
      setImmediate(() => this.#step());
    });
    if (this.#foldTimer !== null) clearTimeout(this.#foldTimer);
    this.#journal.close();
    await this.#link.close();
  }

  #ask(one: Appending | Request): void {
    // Everything that is read from sockets in this turn goes to the disk together.
    if (this.#line.push(one) === 1) setImmediate(() => this.#step());
  }

  /** For the next fold: each fold costs a room that is written in a row, so that few are made. */
  #putOff(one: Request): void {
    this.#unhurried.push(one);
    if (one.request.kind === 'snapshot') this.#keptBytes += one.request.state.length;
    this.#foldSoon();
  }

  /** Does what is next in the line, as far as it can be done now; whatever it waits for calls this again. */
  #step(): void {
    if (this.#isWriting) return;
    let isFolded = false;
    for (let [next] = this.#line; next !== undefined && isRequest(next); [next] = this.#line) {
      const isUnhurried = next.request.kind === 'snapshot';
      if (!isUnhurried && !isFolded) {
        // What is kept has to come before it, in the same transaction, and not behind a fold of which nothing is known yet: that
        // may fail where a small request does not.
        if (this.#folding.length > 0) return;
        this.#fold();
        isFolded = true;
      }
      this.#line.shift();
      if (isUnhurried) this.#putOff(next);
      else this.#pass(next);
    }
    if (this.#line.length > 0) this.#journalNext();
    else if (this.#onClosed !== null) this.#end(this.#onClosed);
  }

  #pass({ request, atMs, told }: Request): void {
    this.#link.ask(request, atMs, (reply) => {
      // Who asked for it is about to read the database.
      const isSettled = request.kind !== 'settle' || this.#foldTrouble === null;
      told(isSettled ? reply : { kind: 'failed', of: 'store', message: this.#foldTrouble ?? '' });
    });
  }

  #journalNext(): void {
    if (!this.#mayWrite()) return;
    const end = this.#line.findIndex(isRequest);
    const appends = this.#line.splice(0, end < 0 ? this.#line.length : end).filter(isAppending);
    const { lap } = this.#journal;
    this.#isWriting = true;
    this.#journal.write(appends, (error, block) => {
      this.#isWriting = false;
      this.#journalTrouble = error?.message ?? null;
      if (error === null) this.#keep({ lap, block }, appends);
      else {
        this.#isSpent = true;
        this.#fail(appends, error.message);
      }
      if (this.#isFoldDue) this.#fold();
      this.#step();
    });
  }

  /** Whether the journal takes a block now; what it needs before is under way, or has failed everybody who waited for it. */
  #mayWrite(): boolean {
    const oldest = this.#folding[0] ?? this.#kept[0];
    if (this.#isSpent || this.#foldTrouble !== null) {
      if (oldest !== undefined) return this.#foldFirst();
      if (this.#isSpent) return this.#beginAnew();
    }
    if (!this.#journal.isFull) return true;
    if (oldest !== undefined && oldest.lap < this.#journal.lap) {
      // The next lap goes over the one before this one. Until that is folded nobody is to wait if it can be helped.
      this.#foldFirst();
      return this.#journal.mayRunOver;
    }
    this.#journal.nextLap();
    return true;
  }

  #foldFirst(): false {
    if (this.#folding.length === 0) this.#fold();
    return false;
  }

  #beginAnew(): boolean {
    try {
      this.#journal.beginAnew();
      this.#isSpent = false;
      return true;
    } catch (error) {
      this.#journalTrouble = error instanceof Error ? error.message : String(error);
      this.#fail([], this.#journalTrouble);
      setImmediate(() => this.#step());
      return false;
    }
  }

  #keep(kept: Kept, appends: readonly Appending[]): void {
    this.#kept.push(kept);
    let lastRoom = '';
    for (const appending of appends) {
      const { room } = appending;
      // Most of a long block is of one room, and all that it has of a room came from one life of it: any of them tells it.
      if (room !== lastRoom) this.#keptRooms.set(room, appending);
      lastRoom = room;
      appending.durable();
    }
    this.#keptBytes += kept.block.length;
    this.#foldSoon();
  }

  #foldSoon(): void {
    if (this.#keptBytes >= FOLD_BYTES) this.#fold();
    else this.#foldLater();
  }

  #foldLater(afterMs = FOLD_MS): void {
    this.#foldTimer ??= setTimeout(() => this.#fold(), afterMs);
  }

  /** Nothing of these, nor of what was appended after them, is kept. */
  #fail(appends: readonly Appending[], why: string): void {
    const failed = [...appends, ...this.#line.filter(isAppending)];
    this.#line = this.#line.filter(isRequest);
    for (const appending of failed) appending.failed(why);
  }

  /** Hands all that is kept to the database, and what goes with it, unless it has something in hand. */
  #fold(): void {
    if (this.#foldTimer !== null) clearTimeout(this.#foldTimer);
    this.#foldTimer = null;
    this.#isFoldDue = this.#isWriting;
    if (this.#isWriting || this.#folding.length > 0) return;
    const unhurried = this.#unhurried.splice(0);
    this.#keptBytes = 0;
    if (this.#kept.length > 0) {
      this.#folding = this.#kept;
      this.#foldingRooms = this.#keptRooms;
      this.#kept = [];
      this.#keptRooms = new Map();
      this.#journal.standAlone();
      const blocks = this.#folding.map(({ block }) => block);
      const ends = unhurried.flatMap(({ request }) =>
        request.kind === 'snapshot' ? [{ room: request.room, seq: request.seq }] : [],
      );
      this.#link.ask({ kind: 'fold', blocks, ends }, this.#now(), (reply) => this.#folded(reply));
    }
    for (const one of unhurried) this.#pass(one);
  }

  #folded(reply: WriteReply): void {
    const folded = this.#folding;
    const rooms = this.#foldingRooms;
    this.#folding = [];
    this.#foldingRooms = new Map();
    if (reply.kind === 'folded') {
      this.#foldTrouble = null;
      for (const { room, message } of reply.lost) rooms.get(room)?.failed(message);
      // What its time came for while this was under way.
      if (this.#kept.length > 0 || this.#unhurried.length > 0) this.#foldLater();
    } else {
      this.#foldTrouble = reply.kind === 'failed' ? reply.message : reply.kind;
      this.#kept = [...folded, ...this.#kept];
      this.#keptRooms = new Map([...rooms, ...this.#keptRooms]);
      this.#foldLater(FOLD_AGAIN_MS);
      // Nothing more is taken while the database takes nothing.
      this.#fail([], this.#foldTrouble);
    }
    this.#step();
  }

  /** What cannot be folded stays in the journal: the next start folds it. */
  #end(ended: () => void): void {
    if (this.#unhurried.length > 0 || (this.#kept.length > 0 && this.#foldTrouble === null)) this.#fold();
    if (this.#folding.length === 0) ended();
  }
}

function isRequest(one: Appending | Request): one is Request {
  return 'request' in one;
}

function isAppending(one: Appending | Request): one is Appending {
  return !isRequest(one);
}
