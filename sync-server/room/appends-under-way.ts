/**
 * The appends of one life of a room, from the gate to the disk: their numbers, what each is to tell the others once it
 * is durable, and what waits for it (barriers, presence, answers of a sync). Nothing is given out before that (R2).
 */
import { type Deferred, DeferredSends } from './deferred-sends.ts';
import type { Append, RoomSession } from './effects.ts';

/** An update that the others have not been sent yet: an append, or one that came from no session. */
export interface UpdateUnderWay {
  readonly appendId: number;
  /** Who sent it and is not sent it back; null when it came from no session. */
  readonly by: RoomSession | null;
  readonly update: Uint8Array;
}

/** What is set free by what became durable together: the updates, and what waited for them, each in its order. */
interface Settled {
  readonly updates: readonly UpdateUnderWay[];
  readonly due: readonly Deferred[];
}

export class AppendsUnderWay {
  /** In the order of their numbers, without a hole: the first is the next to become durable. */
  readonly #appends: Append[] = [];
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

  /** A further append, with its number. */
  begin(update: Uint8Array, author: string, by: RoomSession, newClientIds: readonly number[]): Append {
    const append = { appendId: ++this.#last, update, author, by, newClientIds };
    this.#appends.push(append);
    return append;
  }

  /** All up to this one are durable. Throws when it was or was never begun: then order is lost and with it the room's life. */
  settle(appendId: number): Settled {
    const count = appendId - this.#durable;
    if (count <= 0 || appendId > this.#last) throw new Error(`append ${appendId} reported after ${this.#durable}`);
    const due = this.#deferred.takeBetween(this.#durable, appendId);
    this.#durable = appendId;
    return { updates: this.#appends.splice(0, count), due };
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
