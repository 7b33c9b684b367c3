/**
 * How much of the relay's one thread a person gets. Alone in the house they may have all of it, in short turns, so that
 * whoever comes waits for no more than one. While others are at work too, a burst is taken as it comes (a document that
 * opens), and from then on each piece of work is followed by a rest many times as long: others rarely meet it. Only
 * arithmetic on times; whoever asks keeps the person waiting.
 */
import type { Limits } from '../limits.ts';
import { TokenBucket } from '../room/token-bucket.ts';

export interface TimeSharesOptions {
  readonly limits: Pick<
    Limits,
    'turnMs' | 'turnChargedMs' | 'timePerSecond' | 'timeBurst' | 'timeDebtMs' | 'timeChargedMs' | 'companyMs'
  >;
  /** Milliseconds, with fractions: what is measured is mostly shorter than one. */
  readonly clock: () => number;
}

/** The shares of everybody; knows who was at work last. */
export class TimeShares {
  readonly options: TimeSharesOptions;
  #lastAtWork: TimeShare | null = null;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  /** When anybody but the last one was. */
  #othersAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: TimeSharesOptions) {
    this.options = options;
  }

  open(): TimeShare {
    return new TimeShare(this);
  }

  wasAtWork(share: TimeShare, nowMs: number): void {
    if (this.#lastAtWork !== share) this.#othersAtMs = this.#lastAtMs;
    this.#lastAtWork = share;
    this.#lastAtMs = nowMs;
  }

  /** When anybody but this one was at work last. */
  othersAtMs(share: TimeShare): number {
    return this.#lastAtWork === share ? this.#othersAtMs : this.#lastAtMs;
  }
}

export class TimeShare {
  readonly #all: TimeShares;
  readonly #time: TokenBucket;
  /** Work in the current turn, and when there was some last. */
  #turnMs = 0;
  #lastAtMs = Number.NEGATIVE_INFINITY;
  /** When what is being read came, and what was paid since. */
  #beganAtMs = 0;
  #withinMs = 0;

  constructor(all: TimeShares) {
    this.#all = all;
    const { limits, clock } = all.options;
    this.#time = new TokenBucket(limits.timePerSecond, limits.timeBurst, clock());
  }

  /**
   * Something was done for the person.
   * @param fromMs since when, by `clock`
   * @returns how many milliseconds they have to rest now; 0 when everybody else has just to come first, null when they may go on
   */
  worked(fromMs: number): number | null {
    const toMs = this.clock();
    this.#all.wasAtWork(this, toMs);
    return this.#spend(toMs - fromMs, toMs);
  }

  /** Now, in milliseconds with fractions. */
  clock(): number {
    return this.#all.options.clock();
  }

  /** Something of theirs is being read. */
  begins(): void {
    this.#beganAtMs = this.#all.options.clock();
    this.#withinMs = 0;
  }

  /** It was read, and what it led to is paid for already. @param besidesMs what else it took. @returns as `work` does */
  ends(besidesMs: number): number | null {
    const nowMs = this.#all.options.clock();
    return this.#spend(nowMs - this.#beganAtMs - this.#withinMs + besidesMs, nowMs);
  }

  #spend(ms: number, nowMs: number): number | null {
    this.#withinMs += ms;
    const { turnMs, turnChargedMs, timePerSecond, timeDebtMs, timeChargedMs, companyMs } = this.#all.options.limits;
    const lastAtMs = this.#lastAtMs;
    this.#lastAtMs = nowMs;
    const othersAtMs = this.#all.othersAtMs(this);
    if (nowMs - othersAtMs < companyMs) {
      // Longer work is rare, and what seems to be may be a machine that did something else meanwhile.
      const restMs = this.#time.charge(nowMs, Math.min(ms, timeChargedMs));
      if (restMs * timePerSecond >= timeDebtMs * 1000) {
        this.#turnMs = 0;
        return restMs;
      }
    }
    // Others have had theirs, or nobody wanted one.
    if (othersAtMs > lastAtMs || nowMs - ms - lastAtMs > turnMs) this.#turnMs = 0;
    this.#turnMs += Math.min(ms, turnChargedMs);
    if (this.#turnMs < turnMs) return null;
    this.#turnMs = 0;
    return 0;
  }
}
