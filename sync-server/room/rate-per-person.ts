/**
 * How fast each person may bring something into one room, over all of their sessions in it: new clientIDs, every one of
 * which slows every later reader; bytes of presence, every one of which goes to everybody.
 */
import { TokenBucket } from './token-bucket.ts';

export class RatePerPerson {
  readonly #perSecond: number;
  readonly #burst: number;
  #byPerson: Map<string, TokenBucket> | null = null;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** False when this person brings them too fast. */
  take(personId: string, count: number, nowMs: number): boolean {
    if (count === 0) return true;
    this.#byPerson ??= new Map();
    let bucket = this.#byPerson.get(personId);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#perSecond, this.#burst, nowMs);
      this.#byPerson.set(personId, bucket);
    }
    return bucket.take(nowMs, count);
  }

  /** Whether everybody may bring as much as ever: it is as when it was made. */
  isFull(nowMs: number): boolean {
    for (const bucket of this.#byPerson?.values() ?? []) if (!bucket.isFull(nowMs)) return false;
    return true;
  }
}
