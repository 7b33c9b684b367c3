/**
 * What judging one frame has cost so far, in units of about a tenth of a microsecond: a byte read or a struct looked
 * at. A frame of a few bytes may ask to look at every struct of a large room; the meter says when that is too much.
 */
export class WorkMeter {
  #limit: number;
  #spent = 0;

  /** @param limit units that may be spent in all */
  constructor(limit: number = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** As one just made: for whoever meters one frame after another. */
  beginAnew(limit: number): void {
    this.#limit = limit;
    this.#spent = 0;
  }

  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return Math.max(0, this.#limit - this.#spent);
  }

  get isOver(): boolean {
    return this.#spent > this.#limit;
  }

  /** Counts work; false when it is over the limit and whoever does it must stop. */
  spend(units = 1): boolean {
    this.#spent += units;
    return !this.isOver;
  }
}
