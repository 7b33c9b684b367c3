/** People, failures and healing in a deterministic world of real replicas and the real room core. `SEEDS=n` runs n seeds. */
import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = Number(process.env.SEEDS ?? 150);
const FIRST_SEED = Number(process.env.FIRST_SEED ?? 1);
const PER_TEST = 10;
/** Seeds beyond those of every run in which something broke once. */
const BROKE_ONCE = [448, 1109, 3040, 3073];

describe('after everything has healed', () => {
  it.each(
    BROKE_ONCE,
  )('[V1] [C2] [C13] nothing is lost and nobody is refused where something once was (seed %i)', async (seed) => {
    expect((await simulate(seed, { withParking: false })).broken).toEqual([]);
  });

  for (let from = FIRST_SEED; from < FIRST_SEED + SEEDS; from += PER_TEST) {
    const to = Math.min(from + PER_TEST, FIRST_SEED + SEEDS) - 1;
    it(`[V1] [V2] [C2] [C8] [C13] [R2] everybody and both stores have the same content, nothing lost or doubled, nobody refused (seeds ${from}–${to})`, async () => {
      let wakings = 0;
      for (let seed = from; seed <= to; seed++) {
        const report = await simulate(seed);
        expect(report.broken, `seed ${seed}`).toEqual([]);
        expect(report.edits, `seed ${seed} does something`).toBeGreaterThan(30);
        wakings += report.wakings;
      }
      expect(wakings, 'the room parks and is needed again').toBeGreaterThan(to - from);
    });
  }
});
