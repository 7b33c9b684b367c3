/**
 * Lets only so many acts go on at once and so many wait for them, in order; whoever comes beyond that is told at once to come
 * again later. For what strangers may ask for and what costs much: comparing a password.
 */
import { HttpRefusal } from './refusal.ts';

export class Turnstile {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** Does it when its turn has come. Throws a refusal when too many wait already. */
  async pass<T>(act: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#atOnce) this.#inside++;
    else if (this.#waiting.length < this.#mostWaiting)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else throw new HttpRefusal(429, 'too-many', 'too many at once; try again in a moment');
    try {
      return await act();
    } finally {
      // Whoever waits takes the place that is free now.
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside--;
      else next();
    }
  }
}
