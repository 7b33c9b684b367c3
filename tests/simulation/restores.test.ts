/** Backups put back at the relay while people work, fail and heal in the deterministic world. `RESTORE_SEEDS=n` runs n seeds. */
import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = Number(process.env.RESTORE_SEEDS ?? 20);
const PER_TEST = 10;

describe('after backups were put back and everybody has come back', () => {
  for (let from = 1; from <= SEEDS; from += PER_TEST) {
    const to = Math.min(from + PER_TEST - 1, SEEDS);
    it(`[R15] [V1] nothing is lost, nobody is refused, nothing is given to another (seeds ${from}–${to})`, async () => {
      let restores = 0;
      for (let seed = from; seed <= to; seed++) {
        const report = await simulate(seed, { withRestores: true });
        expect(report.broken, `seed ${seed}`).toEqual([]);
        restores += report.restores;
      }
      expect(restores).toBeGreaterThan(0);
    });
  }
});
