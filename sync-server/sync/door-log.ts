/**
 * Log lines that anybody can cause, signed in or not: beyond a few each second they are counted instead of written, so that
 * nobody fills the disk or takes the time of writing them by knocking.
 */
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { TokenBucket } from '../room/token-bucket.ts';

export class DoorLog {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #lines: TokenBucket;
  #unsaid = 0;

  constructor({ log, limits, now }: { readonly log: Log; readonly limits: Limits; readonly now: () => number }) {
    this.#log = log;
    this.#now = now;
    this.#lines = new TokenBucket(limits.doorLinesPerSecond, limits.doorLineBurst, now());
  }

  socketError(error: Error): void {
    const detail = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    this.say({ event: 'socketError', detail });
  }

  /** Writes the line, with how many before it were not. */
  say(line: { readonly event: string; readonly [fact: string]: unknown }): void {
    if (!this.#lines.take(this.#now())) {
      this.#unsaid++;
      return;
    }
    this.#log.info(this.#unsaid === 0 ? line : { ...line, unsaid: this.#unsaid });
    this.#unsaid = 0;
  }
}
