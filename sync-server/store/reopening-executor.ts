/**
 * Executors one after another. Once the store has failed under a connection (a full disk, a commit or a sync that went
 * wrong) nobody knows what that connection holds to be written: it is closed, and the next batch runs on a connection
 * opened anew from the disk. A batch that failed is never tried again here; whoever asked asks again.
 */
import { LIMITS } from '../limits.ts';
import { checkpoint, pagesWaiting } from './checkpoint.ts';
import { Executor, failAll, messageOf } from './executor.ts';
import type { Envelope, ReplyEnvelope, WriteRequest } from './requests.ts';
import type { SigningKey } from './signing-key.ts';
import type { Database } from './sqlite.ts';

const PAGE_BYTES = 4096;
const PAGES_PER_ROW = 16;

/** How moving committed pages to the database file went: `trouble` is null when they are there. */
interface Checkpointed {
  readonly trouble: string | null;
}

export class ReopeningExecutor {
  readonly #reopen: () => Database;
  readonly #signingKey: SigningKey;
  readonly #randomBytes: (count: number) => Uint8Array;
  #current: { readonly db: Database; readonly executor: Executor } | null;
  /** Pages in the write-ahead log from which on they are moved. */
  #checkpointAt: number = LIMITS.checkpointPages;
  /** At most so many pages have come since they were counted: counting costs more than a small commit. */
  #pagesWritten = 0;

  constructor(
    db: Database,
    reopen: () => Database,
    signingKey: SigningKey,
    randomBytes: (count: number) => Uint8Array,
  ) {
    this.#signingKey = signingKey;
    this.#reopen = reopen;
    this.#randomBytes = randomBytes;
    this.#current = this.#executorOf(db);
  }

  /** Runs the batch as one transaction, on a new connection if the last one failed. Never throws for a store error. */
  run(batch: readonly Envelope[]): ReplyEnvelope[] {
    try {
      this.#current ??= this.#executorOf(this.#reopen());
    } catch (error) {
      return failAll(batch, error);
    }
    for (const { request } of batch) this.#pagesWritten += mostPages(request);
    const replies = this.#current.executor.run(batch);
    if (this.#current.executor.isSpent) this.#giveUp(this.#current.db);
    return replies;
  }

  /**
   * Bounds the write-ahead log: call it between batches, when their replies are out. What has been committed is durable
   * whatever comes of this; the connection under which it fails is given up all the same.
   * @returns null when there was nothing to do yet
   */
  checkpoint(): Checkpointed | null {
    if (this.#current === null || this.#pagesWritten < LIMITS.checkpointPages / 2) return null;
    this.#pagesWritten = 0;
    const { db } = this.#current;
    let waiting = 0;
    try {
      waiting = pagesWaiting(db);
      if (waiting < this.#checkpointAt) return null;
      checkpoint(db);
      // What a reader still needs stays; asking with every batch would not make it go.
      this.#checkpointAt = pagesWaiting(db) + LIMITS.checkpointPages;
      return { trouble: null };
    } catch (error) {
      // Soon, so that it shows when the disk is well; not with every batch: one that does not take them is slow as well.
      this.#checkpointAt = waiting + LIMITS.checkpointPages / 10;
      this.#giveUp(db);
      return { trouble: messageOf(error) };
    }
  }

  close(): void {
    this.#current?.db.close();
    this.#current = null;
  }

  /** Rolled back first: a connection with statements left may live on for a while after it was closed, with its locks. */
  #giveUp(db: Database): void {
    this.#current = null;
    for (const end of [() => db.isTransaction && db.exec('ROLLBACK'), () => db.close()]) {
      try {
        end();
      } catch {
        // The batch is answered with the error that led here; whatever this connection says now, it is not used again.
      }
    }
  }

  #executorOf(db: Database): { db: Database; executor: Executor } {
    return { db, executor: new Executor(db, this.#signingKey, this.#randomBytes) };
  }
}

/** Pages a request may write: a row, its index, the head of its room, what is noted of it; and its bytes. */
function mostPages(request: WriteRequest): number {
  // Many rows, and seldom: the pages are counted after each.
  if (request.kind === 'fold') return LIMITS.checkpointPages;
  const bytes =
    'update' in request
      ? request.update
      : 'state' in request
        ? request.state
        : 'payload' in request
          ? request.payload
          : null;
  return PAGES_PER_ROW + Math.ceil((bytes?.length ?? 0) / PAGE_BYTES);
}
