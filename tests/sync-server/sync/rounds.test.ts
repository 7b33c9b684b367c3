import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isIn, type Part } from '../../../sync-server/sync/part.ts';
import { goRound } from '../../../sync-server/sync/rounds.ts';

const EVERY_MS = 1_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** When each of so many was looked after, in what parts, while their number went up and down. */
function lookedAfter(counts: readonly number[], rounds: number) {
  let count = counts[0] ?? 0;
  const parts: Part[] = [];
  const times = Array.from({ length: Math.max(...counts) }, (): number[] => []);
  const end = goRound({
    everyMs: EVERY_MS,
    count: () => count,
    lookAfter: (part) => {
      parts.push(part);
      for (const [number, each] of times.entries()) if (isIn(number, part)) each.push(Date.now());
    },
  });
  for (const each of counts) {
    count = each;
    vi.advanceTimersByTime(rounds * EVERY_MS);
  }
  end();
  vi.advanceTimersByTime(10 * EVERY_MS);
  return { parts, times };
}

describe('going round all that is open', () => {
  it('is one go while they are few, and nothing in between', () => {
    const { parts, times } = lookedAfter([50], 4);
    expect(parts).toEqual(Array.from({ length: 4 }, () => ({ index: 0, of: 1 })));
    expect(times[49]).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it('is a part at a time while they are many, each in its own rhythm', () => {
    const { parts, times } = lookedAfter([3_000], 4);
    const most = Math.max(...parts.map((part) => times.filter((_, number) => isIn(number, part)).length));
    expect(most).toBe(120);
    for (const each of times) {
      expect(each.length).toBeGreaterThanOrEqual(3);
      for (const [n, at] of each.slice(1).entries()) expect(at - (each[n] ?? 0)).toBe(EVERY_MS);
    }
  });

  it('comes to nobody again before a whole round has passed, and to everybody within two, also when many become few and few many', () => {
    const { times } = lookedAfter([50, 3_000, 50, 3_000, 10], 3);
    for (const each of times.slice(0, 10)) {
      for (const [n, at] of each.slice(1).entries()) {
        expect(at - (each[n] ?? 0)).toBeGreaterThanOrEqual(EVERY_MS);
        expect(at - (each[n] ?? 0)).toBeLessThanOrEqual(2 * EVERY_MS);
      }
      expect(15_000 - (each.at(-1) ?? 0)).toBeLessThanOrEqual(2 * EVERY_MS);
    }
  });
});
