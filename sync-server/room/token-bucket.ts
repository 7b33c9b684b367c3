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

  /** Whether it is as when it was made: nothing is forgotten when it is thrown away. */
  isFull(nowMs: number): boolean {
    this.#flow(nowMs);
    return this.#tokens === this.#burst;
  }

  /** Takes tokens if there are enough; false otherwise, and then takes none. */
  take(nowMs: number, count = 1): boolean {
    this.#flow(nowMs);
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /**
   * Takes tokens for what is done already, also such as are not there.
   * @returns milliseconds until the debt is paid; 0 when there is none
   */
  charge(nowMs: number, count: number): number {
    this.#flow(nowMs);
    this.#tokens -= count;
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#perSecond) * 1000);
  }

  #flow(nowMs: number): void {
    const flowed = (Math.max(0, nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + flowed);
    this.#atMs = nowMs;
  }
}
