/**
 * Executors one after another. Once the store has failed under a connection (a full disk, a commit or a sync that went
 * wrong) nobody knows what that connection holds to be written: it is closed, and the next batch runs on a connection
 * opened anew from the disk. A batch that failed is never tried again here; whoever asked asks again.
 */
import type { Database } from './database.ts';
import { Executor, failAll } from './executor.ts';
import type { Envelope, ReplyEnvelope } from './requests.ts';
import type { SigningKey } from './signing-key.ts';

export class ReopeningExecutor {
  readonly #reopen: () => Database;
  readonly #signingKey: SigningKey;
  readonly #randomBytes: (count: number) => Uint8Array;
  readonly #failedLives = new Set<string>();
  #current: { readonly db: Database; readonly executor: Executor } | null;

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
      return failAll(batch, error, this.#failedLives);
    }
    const replies = this.#current.executor.run(batch);
    if (this.#current.executor.isSpent) this.#giveUp(this.#current.db);
    return replies;
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
    return { db, executor: new Executor(db, this.#signingKey, this.#randomBytes, undefined, this.#failedLives) };
  }
}
