/**
 * What is measured with every keystroke, kept as it comes: a histogram takes it in when somebody reads the histogram, or when
 * many have come. One after the other its code would be read anew for each, which costs a keystroke more than judging it.
 */

/** Few enough that taking them in keeps nobody waiting. */
const AT_ONCE = 512;

export class Observations {
  readonly #takeIn: (value: number) => void;
  readonly #values = new Float64Array(AT_ONCE);
  #count = 0;

  /** @param takeIn what counts each of them in the end */
  constructor(takeIn: (value: number) => void) {
    this.#takeIn = takeIn;
  }

  add(value: number): void {
    this.#values[this.#count++] = value;
    if (this.#count === AT_ONCE) this.handOver();
  }

  /** Call it before what counts them is read. */
  handOver(): void {
    for (const value of this.#values.subarray(0, this.#count)) this.#takeIn(value);
    this.#count = 0;
  }
}
