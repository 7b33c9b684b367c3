/**
 * What a benchmark answers with. Absolute times mean nothing on another machine, so a figure is best a ratio between two
 * things measured in the same run; where there is a bar for it (quality.md's, said in the README), it stands beside it.
 */
export interface Figure {
  /** What was measured: "a remote keystroke in 100,000 characters". */
  readonly name: string;
  /** As a person reads it: "3.1 ms", "214 KB". */
  readonly value: string;
  readonly ratio?: {
    readonly of: string;
    readonly value: number;
    /** At most this is wanted. */
    readonly bar?: number;
    /** At least this is wanted. */
    readonly floor?: number;
  };
}

/** The middle one of several measurements; of two, the larger. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The default export of each file beside run.mjs but this one; what several need is in tests/support. */
export interface Bench {
  readonly title: string;
  run(): Promise<readonly Figure[]>;
}
