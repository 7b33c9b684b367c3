/** How fast each person may bring new clientIDs into one room: every one of them slows every later reader. */
import type { Limits } from '../limits.ts';
import { TokenBucket } from './token-bucket.ts';

export class NewClientIds {
  readonly #limits: Limits;
  readonly #byPerson = new Map<string, TokenBucket>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** False when this person brings them too fast. */
  take(personId: string, count: number, nowMs: number): boolean {
    if (count === 0) return true;
    let bucket = this.#byPerson.get(personId);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#limits.newClientIdsPerSecond, this.#limits.newClientIdBurst, nowMs);
      this.#byPerson.set(personId, bucket);
    }
    return bucket.take(nowMs, count);
  }
}
