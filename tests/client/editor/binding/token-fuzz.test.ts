/**
 * Random editing of one prose by three people. After every command and every sync the view shows what a whole new reading
 * of the Y.Text says; at the end all agree and no word is lost or doubled. `SEEDS=n` runs n seeds, `FROM=k` begins at k.
 */
import { describe, expect, it } from 'vitest';
import { fuzz } from './token-fuzz.ts';

const SEEDS = Number(process.env.SEEDS ?? 150);
const FROM = Number(process.env.FROM ?? 0);
const SEEDS_PER_TEST = 10;

describe('random editing by three people', () => {
  for (let first = FROM; first < FROM + SEEDS; first += SEEDS_PER_TEST) {
    const last = Math.min(first + SEEDS_PER_TEST, FROM + SEEDS) - 1;
    it(`[C8] [V1] loses and doubles nothing and converges, seeds ${first} to ${last}`, () => {
      let remote = 0;
      for (let seed = first; seed <= last; seed++) {
        const report = fuzz(seed);
        expect(report, `seed ${seed}`).toMatchObject({
          error: null,
          lost: [],
          doubled: [],
          rewritten: [],
          undoneOthers: [],
          restyled: [],
          sharedIds: [],
          fallbacks: 0,
          rereads: 0,
        });
        remote += report.remote;
      }
      expect(remote, 'the people saw each other').toBeGreaterThan(0);
    });
  }
});
