/**
 * The clock of a relay that is told the time ten times for each keystroke: it is read once in a turn of the event loop and says
 * the same until that turn is over, a few milliseconds at most (`turnMs` in limits.ts bounds a turn of one person). Whoever
 * measures what a piece of work takes reads a finer clock.
 */

/** @param read milliseconds since 1970 */
export function turnClock(read: () => number): () => number {
  let nowMs: number | null = null;
  const forget = () => {
    nowMs = null;
  };
  return () => {
    if (nowMs === null) {
      nowMs = read();
      setImmediate(forget);
    }
    return nowMs;
  };
}
