/** A rate limit with a burst: tokens flow in by time, each act takes one. The time comes from the caller. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #atMs: number;

  /** @param burst tokens at the start and at most */
  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#atMs = nowMs;
  }

  /** What was left at the last taking. */
  get left(): number {
    return this.#tokens;
  }

  /** Takes tokens if there are enough; false otherwise, and then takes none. */
  take(nowMs: number, count = 1): boolean {
    const flowed = (Math.max(0, nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + flowed);
    this.#atMs = nowMs;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }
}
