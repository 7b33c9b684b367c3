/**
 * What is to be sent once an append is durable, by that append: each commit takes out its own and looks at no other, however
 * many wait in a crowded room. What waits for one append goes in the order in which it came.
 */

/** Something to send once append `after` is durable. */
export interface Deferred {
  readonly after: number;
  readonly sessionId: string;
  readonly to: 'self' | 'others';
  readonly bytes: Uint8Array;
  /** What it is, where its delivery means something to the room. */
  readonly is: 'barrier' | 'syncAnswer' | 'other';
}

const NOTHING: readonly Deferred[] = [];

export class DeferredSends {
  #byAppend: Map<number, Deferred[]> | null = null;

  add(deferred: Deferred): void {
    this.#byAppend ??= new Map();
    const waiting = this.#byAppend.get(deferred.after);
    if (waiting === undefined) this.#byAppend.set(deferred.after, [deferred]);
    else waiting.push(deferred);
  }

  /** Takes out what waited for the appends after the one and up to the other. */
  takeBetween(after: number, upTo: number): readonly Deferred[] {
    const byAppend = this.#byAppend;
    if (byAppend === null || byAppend.size === 0) return NOTHING;
    const due: Deferred[] = [];
    for (let appendId = after + 1; appendId <= upTo; appendId++) {
      for (const one of byAppend.get(appendId) ?? NOTHING) due.push(one);
      byAppend.delete(appendId);
    }
    return due;
  }

  clear(): void {
    this.#byAppend = null;
  }
}
