/**
 * Nothing lost when the relay is killed with -9 under writing, at any moment: whatever was acknowledged, and whatever
 * somebody else was shown, is there for a fresh reader after the restart, though none of the writers comes back.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startKillWorld } from '../support/kill-world.ts';
import { randomFrom } from '../support/random.ts';

const KILLS = Number(process.env.KILLS ?? 50);
const SEED = Number(process.env.SEED ?? 2026);
/** Messages that each of the writers hears at most before the relay is killed. */
const MOST_HEARD = 100;
/** For one kill on a machine that is slow and busy: many times what it takes. */
const MOST_MS = 20_000;

describe(`kill -9 under writing, ${KILLS} times (seed ${SEED})`, () => {
  it(
    '[R2][R8] every acknowledged and every forwarded edit is present for a fresh reader',
    async () => {
      const random = randomFrom(SEED);
      const world = await startKillWorld(random);
      const totals = { acknowledged: 0, forwarded: 0 };
      for (let kill = 1; kill <= KILLS; kill++) {
        const round = await world.round(async (relay, { writers }) => {
          // So far, not so long: on a slow disk too there is as much to lose. Then at any moment between two commits.
          const heard = 5 + random.int(MOST_HEARD);
          await Promise.all(writers.map((writer) => writer.until(() => writer.received.length >= heard)));
          await delay(random.int(20));
          await relay.stop('SIGKILL');
        });
        expect(round, `kill ${kill}`).toMatchObject({ lost: [], torn: [] });
        totals.acknowledged += round.acknowledged;
        totals.forwarded += round.forwarded;
      }
      expect(world.faults()).toEqual([]);
      await world.stop();
      // The runs were worth something: there was writing, acknowledging and forwarding in them.
      expect(totals.acknowledged).toBeGreaterThan(KILLS * 20);
      expect(totals.forwarded).toBeGreaterThan(KILLS * 20);
      process.stdout.write(
        `kill -9: ${KILLS} runs, ${totals.acknowledged} acknowledged, ${totals.forwarded} forwarded\n`,
      );
    },
    MOST_MS * KILLS,
  );
});
