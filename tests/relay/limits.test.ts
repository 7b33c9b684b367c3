/**
 * What one hostile member, or a crowd of strangers, does to everybody else: two people type to each other in another room
 * while it goes on. Nobody there waits a quarter of a second, the relay keeps little of it, and whoever did it is out or held
 * back. The attacks are in tests/support/attacks.mjs, a process of their own; `npm run bench -- attacks` compares them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedHouse, closedFor, type Noticed, startAttackedHouse } from '../support/attacked-house.ts';
import { eventually } from '../support/eventually.ts';

/** More than what most waits take while nothing goes on: that is this machine's disk. */
const STALL_MS = 250;
const GROWTH_BYTES = 100 * 1024 * 1024;
/** On a machine that others use too a pause may be theirs: then it is looked at again. */
const TRIES = 3;

describe('while somebody attacks another room', () => {
  let house: AttackedHouse;
  let quiet: Noticed;
  let besideOther: Noticed;

  beforeAll(async () => {
    house = await startAttackedHouse();
    await house.quiet();
    quiet = await house.quiet();
    besideOther = await house.besideOther();
  });
  afterAll(() => house.stop());

  /** One attack by somebody new, looked at again when it stalled the others; it ends sockets for the reason. */
  async function during(attack: string, reason: string | null): Promise<void> {
    let noticed: Noticed | null = null;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const before = reason === null ? 0 : await closedFor(house.relay, reason);
      noticed = await house.during(attack);
      // Who has spent their share of the time is heard out, and closed, after the attack.
      if (reason !== null) {
        await eventually(async () => expect(await closedFor(house.relay, reason)).toBeGreaterThan(before));
      }
      await house.letGo();
      const ratios = [quiet, besideOther].map(({ p95 }) => ((noticed?.p95 ?? 0) / p95).toFixed(2));
      process.stdout.write(
        `${attack}: p95 ${noticed.p95.toFixed(1)} ms (${ratios[0]} × before, ${ratios[1]} × beside other work), longest ${noticed.longest.toFixed(0)} ms, ` +
          `memory +${(noticed.grownBytes / 1024 / 1024).toFixed(0)} MiB, ${noticed.rounds} rounds\n`,
      );
      if (noticed.longest < quiet.p95 + STALL_MS && noticed.grownBytes < GROWTH_BYTES) return;
    }
    throw new Error(`${attack}: ${JSON.stringify(noticed)} in the last of ${TRIES} tries`);
  }

  it.each([
    ['newClientIds', 'too-fast'],
    ['unplaceableUpdates', null],
    ['unreadSyncAnswers', null],
    ['largePresence', null],
    ['presenceFlood', null],
    ['pings', 'too-fast'],
    ['pongs', null],
    ['smallMessages', null],
    ['halfMessages', 'too-fast'],
    ['trickle', null],
    ['manyFragments', null],
    ['malformedFrames', null],
    ['comingAndGoing', null],
    ['strangers', 'sign-in'],
  ])('[R19] %s stall nobody else and cost little', (attack, reason) => during(attack, reason));
});
