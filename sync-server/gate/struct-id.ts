/**
 * The id of a struct or of one of its characters: a clientID and a place in what was written with it; and how ids are compared
 * and looked up. Knows neither updates nor documents.
 */
export interface StructId {
  readonly client: number;
  readonly clock: number;
}

/** Whether both name the same, or nothing. */
export function isSameId(a: StructId | null, b: StructId | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);
}

/** Whether `b` names the character that was typed right after `a`. */
export function isNextId(a: StructId | null, b: StructId | null): boolean {
  return a !== null && b !== null && a.client === b.client && a.clock + 1 === b.clock;
}

/**
 * The one that holds this clock among what one client wrote, in order; null where there is none.
 * @param clockOf the clock with which one begins
 * @param lengthOf how many clocks it has
 */
export function holding<T>(
  runs: readonly T[],
  clock: number,
  clockOf: (run: T) => number,
  lengthOf: (run: T) => number,
): T | null {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run === undefined) break;
    if (clock < clockOf(run)) high = middle - 1;
    else if (clock >= clockOf(run) + lengthOf(run)) low = middle + 1;
    else return run;
  }
  return null;
}
