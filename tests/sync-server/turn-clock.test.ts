/** The relay's clock: read once in a turn of the event loop, and never older than that. */
import { expect, it } from 'vitest';
import { turnClock } from '../../sync-server/turn-clock.ts';

it('says the same in one turn, whatever time passes, and reads anew in the next', async () => {
  let nowMs = 100;
  let reads = 0;
  const clock = turnClock(() => {
    reads++;
    return nowMs;
  });
  expect([clock(), clock()]).toEqual([100, 100]);
  nowMs = 105;
  expect(clock()).toBe(100);
  await new Promise((resolve) => setImmediate(resolve));
  expect([clock(), clock()]).toEqual([105, 105]);
  expect(reads).toBe(2);
});
