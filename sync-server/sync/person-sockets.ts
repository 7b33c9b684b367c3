/**
 * All sockets of one person: what they cost together is paid from one budget, and when it is spent none of them is read
 * until it has filled again. Remembers nothing of what was said.
 */
import type { Limits } from '../limits.ts';
import type { LiveSocket } from './live-socket.ts';
import { PersonBudget } from './person-budget.ts';

export class PersonSockets {
  readonly budget: PersonBudget;
  readonly #limits: Limits;
  readonly #live = new Set<LiveSocket>();
  #isHeldBack = false;
  /** When the last one left, or it was made. */
  #emptySinceMs: number;

  constructor(limits: Limits, nowMs: number) {
    this.#limits = limits;
    this.#emptySinceMs = nowMs;
    this.budget = new PersonBudget(limits, nowMs);
  }

  get count(): number {
    return this.#live.size;
  }

  add(live: LiveSocket): void {
    this.#live.add(live);
    if (this.#isHeldBack) live.pause('person');
  }

  delete(live: LiveSocket, nowMs: number): void {
    this.#live.delete(live);
    this.#emptySinceMs = nowMs;
  }

  /** Whether nothing of this person is left to remember: coming back at once is no new allowance. */
  isForgotten(nowMs: number): boolean {
    return this.#live.size === 0 && nowMs - this.#emptySinceMs > this.#limits.budgetMs;
  }

  /** Reads nothing of this person for so long. */
  holdBack(forMs: number): void {
    if (this.#isHeldBack) return;
    this.#isHeldBack = true;
    for (const live of this.#live) live.pause('person');
    setTimeout(() => {
      this.#isHeldBack = false;
      for (const live of this.#live) live.resume('person');
    }, forMs).unref();
  }

  /** Whether so many more bytes may wait for this one: its own bound is the room's, this is the one of all together. */
  mayQueue(live: LiveSocket, bytes: number): boolean {
    const own = live.queuedBytes;
    const { queuedBytesPerPerson } = this.#limits;
    // One answer is always sent: a single line can be slow, and a room large.
    if (own === 0 && this.#live.size === 1) return true;
    // Adding up is worth its cost only when this one alone could be part of a pile.
    if ((own + bytes) * this.#live.size <= queuedBytesPerPerson) return true;
    let queued = bytes;
    for (const other of this.#live) queued += other.queuedBytes;
    return queued === bytes || queued <= queuedBytesPerPerson;
  }
}
