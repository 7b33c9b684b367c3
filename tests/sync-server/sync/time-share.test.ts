/** How much of the relay's thread one person gets, on a clock that moves only by the work that is done. */
import { expect, it } from 'vitest';
import { LIMITS } from '../../../sync-server/limits.ts';
import { type TimeShare, TimeShares } from '../../../sync-server/sync/time-share.ts';

const limits = {
  ...LIMITS,
  turnMs: 4,
  turnChargedMs: 3,
  timePerSecond: 100,
  timeBurst: 50,
  timeDebtMs: 0.5,
  timeChargedMs: 25,
};

function stage() {
  const clock = { nowMs: 0 };
  const shares = new TimeShares({ limits, clock: () => clock.nowMs });
  const works = (share: TimeShare, ms: number) => {
    const fromMs = share.clock();
    clock.nowMs += ms;
    return share.worked(fromMs);
  };
  return { clock, works, open: () => shares.open() };
}

it('[R19] who is alone may go on for ever, in turns', () => {
  const { works, open } = stage();
  const share = open();
  const rests = Array.from({ length: 200 }, () => works(share, 2));
  expect(rests.slice(0, 4)).toEqual([null, 0, null, 0]);
  expect(rests.every((rest) => rest === null || rest === 0)).toBe(true);
});

it("[R19] one long piece of work ends nobody's turn, a second one behind it does: the first may have waited for a processor", () => {
  const { clock, works, open } = stage();
  const share = open();
  expect([works(share, 3_000), works(share, 20)]).toEqual([null, 0]);
  expect([works(share, 20), works(share, 20)]).toEqual([null, 0]);
  works(share, 20);
  clock.nowMs += limits.turnMs + 1;
  expect(works(share, 20)).toBeNull();
});

it('[R19] a turn is over when others have had theirs', () => {
  const { works, open } = stage();
  const [busy, other] = [open(), open()];
  for (let n = 0; n < 5; n++) {
    expect(works(busy, 3)).toBeNull();
    works(other, 0.1);
  }
  expect(works(busy, 3)).toBeNull();
  expect(works(busy, 3)).toBe(0);
});

it('[R19] while others are at work a burst is done, then no more than a tenth of the time', () => {
  const { clock, works, open } = stage();
  const busy = open();
  const other = open();
  let workedMs = 0;
  let restedMs = 0;
  for (let n = 0; n < 2_000; n++) {
    expect(works(other, 0.1)).toBeNull();
    const rest = works(busy, 0.2);
    workedMs += 0.2;
    clock.nowMs += rest ?? 0;
    restedMs += rest ?? 0;
    if (workedMs < 45) expect(restedMs).toBe(0);
  }
  const share = (workedMs - limits.timeBurst) / clock.nowMs;
  expect(share).toBeLessThan(0.101);
  expect(share).toBeGreaterThan(0.08);
});

it('[R19] a piece of work is followed by a rest ten times as long, up to a bound: a clock cannot tell work from waiting', () => {
  const { works, open } = stage();
  const [busy, other] = [open(), open()];
  works(other, 0.1);
  for (let n = 0; n < 5; n++) works(busy, 10);
  works(other, 0.1);
  const rest = works(busy, 5) ?? 0;
  expect(rest).toBeLessThan(50);
  expect(rest).toBeGreaterThan(0);
  works(other, 0.1);
  // After so long nobody else is at work.
  expect(works(open(), 3_000)).toBeNull();
  const held = [works(busy, 3_000), works(busy, 3_000)];
  expect(held).toEqual([null, 0]);
});

it('[R19] what reading takes beside the work it leads to is paid for too, once', () => {
  const { clock, works, open } = stage();
  const [busy, other] = [open(), open()];
  works(other, 0.1);
  /** Ten milliseconds in all, some of them for what it leads to; whether they have to rest. */
  const reads = (workMs: number) => {
    busy.begins();
    clock.nowMs += 9 - workMs;
    const rests = [works(busy, workMs), busy.ends(1)];
    return rests.some((rest) => rest !== null && rest > 0);
  };
  expect([0, 3, 6, 9, 4].map(reads)).toEqual([false, false, false, false, false]);
  expect([5, 5].map(reads)).toEqual([true, true]);
});

it('others who have been silent for a while are no company', () => {
  const { clock, works, open } = stage();
  const [busy, other] = [open(), open()];
  works(other, 0.1);
  clock.nowMs += limits.companyMs;
  expect([works(busy, 100), works(busy, 100)]).toEqual([null, 0]);
  works(other, 0.1);
  for (let n = 0; n < 5; n++) works(busy, 10);
  expect(works(busy, 10)).toBeGreaterThan(0);
});
