/**
 * The appends of one life of a room, from the gate to the disk: their numbers, what each is to tell the others once it
 * is durable, and what waits for it (barriers, presence, answers of a sync). Nothing is given out before that (R2).
 */
import { type Deferred, DeferredSends } from './deferred-sends.ts';
import type { Commit } from './effects.ts';

/** An update of a session that the others have not been sent yet. */
export interface UpdateUnderWay {
  readonly appendId: number;
  /** Who sent it and is not sent it back; null when it came from no session. */
  readonly sessionId: string | null;
  readonly update: Uint8Array;
}

/** What is set free by what became durable together: the updates, and what waited for them, each in its order. */
interface Settled {
  readonly updates: readonly UpdateUnderWay[];
  readonly due: readonly Deferred[];
}

export class AppendsUnderWay {
  /** In the order of their numbers, without a hole: the first is the next to become durable. */
  readonly #updates: UpdateUnderWay[] = [];
  readonly #deferred = new DeferredSends();
  #last = 0;
  #durable = 0;

  /** The append that was handed over last; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** How many are not durable yet. */
  get pending(): number {
    return this.#last - this.#durable;
  }

  /** How many have to become durable for this one to be. */
  aheadOf(appendId: number): number {
    return appendId - this.#durable;
  }

  /** Numbers a further append. */
  begin(sessionId: string, update: Uint8Array): number {
    const appendId = ++this.#last;
    this.#updates.push({ appendId, sessionId, update });
    return appendId;
  }

  /** The next appends are durable. Throws when they are not the next: then order is lost and with it the room's life. */
  settle(commits: readonly Pick<Commit, 'appendId'>[]): Settled {
    const due: Deferred[] = [];
    for (const { appendId } of commits) {
      if (appendId !== this.#durable + 1) throw new Error(`append ${appendId} reported after ${this.#durable}`);
      this.#durable = appendId;
      due.push(...this.#deferred.take(appendId));
    }
    return { updates: this.#updates.splice(0, commits.length), due };
  }

  /** Keeps something until its append is durable; false when it is already, and the caller sends it at once. */
  defer(deferred: Deferred): boolean {
    if (deferred.after <= this.#durable) return false;
    this.#deferred.add(deferred);
    return true;
  }

  /** The room's life is over: nothing that waits is sent. */
  dropDeferred(): void {
    this.#deferred.clear();
  }
}
