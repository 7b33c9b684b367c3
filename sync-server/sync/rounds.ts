/**
 * Goes round all rooms, or all sockets, every few seconds: in one go while they are few, so that a process in which little
 * happens sleeps in between, and a part at a time while they are many (part.ts says why). Nothing is looked after again sooner
 * than after a whole round, also where the one becomes the other: a socket that is asked anew too soon would count as gone.
 */
import { type Part, WHOLE } from './part.ts';

const PARTS = 25;
/** As many as are in a part of three thousand. */
const FEW = 120;

export interface Rounds {
  readonly everyMs: number;
  /** Of how many there are now. */
  readonly count: () => number;
  readonly lookAfter: (part: Part) => void;
}

/** The first round begins when the time of one has passed. @returns what ends it */
export function goRound({ everyMs, count, lookAfter }: Rounds): () => void {
  let isInParts = false;
  let timer = setTimeout(round, everyMs);

  function round(): void {
    const wasInParts = isInParts;
    isInParts = count() > FEW;
    if (isInParts) {
      goOn(0);
      return;
    }
    // The last part was looked after a moment ago.
    if (!wasInParts) lookAfter(WHOLE);
    timer = setTimeout(round, everyMs);
  }

  function goOn(index: number): void {
    lookAfter({ index, of: PARTS });
    timer = setTimeout(index + 1 === PARTS ? round : () => goOn(index + 1), everyMs / PARTS);
  }

  return () => clearTimeout(timer);
}
