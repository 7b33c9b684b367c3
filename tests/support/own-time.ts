/** How long a piece of work takes by itself: what a busy machine adds is not counted as far as it can be told. */

/** Of the machine, also where a test's clock is another. */
const now = performance.now.bind(performance);

/**
 * The least of some tries, in milliseconds: of each what went by, or what this process computed if that is less. Whoever was
 * kept from a processor computes nothing, and what somebody else adds is not the same every time; what is slow by itself is
 * slow in every try.
 */
export function leastMs(work: () => void, tries = 5): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < tries; n++) {
    const before = process.cpuUsage();
    const startedAt = now();
    work();
    const ms = now() - startedAt;
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, ms, (user + system) / 1_000);
  }
  return least;
}
