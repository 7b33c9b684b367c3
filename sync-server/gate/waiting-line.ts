/**
 * Who waits for a clock to be reached, nearest first: a binary heap. Waking those that are due costs nothing for the
 * others, so that an update whose parts wait for each other in the worst order still takes time near its length.
 */
interface Waiter<T> {
  readonly clock: number;
  readonly who: T;
}

export class WaitingLine<T> {
  readonly #heap: Waiter<T>[] = [];

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  /** `who` waits until `clock` is held, that is until the reach is past it. */
  add(clock: number, who: T): void {
    const heap = this.#heap;
    let at = heap.length;
    const waiter = { clock, who };
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.clock <= clock) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = waiter;
  }

  /** Takes out somebody whose clock lies before `reach`; undefined when nobody's does. */
  takeDue(reach: number): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.clock >= reach) return undefined;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first.who;
  }

  /** Puts a waiter at the top and lets it sink to its place. */
  #sink(waiter: Waiter<T>): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && right.clock < left.clock;
      const child = isRight ? right : left;
      if (child === undefined || child.clock >= waiter.clock) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = waiter;
  }
}
