/** Each oracle of the simulation sees the bug it is there for: planted in the relay, the replica or the device store. */
import { describe, expect, it } from 'vitest';
import type { PlantedBug } from '../support/world.ts';
import { simulate } from './simulate.ts';

const FOUND_BY: Readonly<Record<PlantedBug, RegExp>> = {
  echoesBeforeCommit: /\[C2\].*acknowledged what is not durable/,
  forwardsBeforeCommit: /\[R2\]/,
  losesACommit: /\[(C2|R2|V1)\]/,
  acknowledgesItself: /\[C2\].*acknowledged what is not durable/,
  compactionLosesAnEntry: /\[(C8|V1)\]/,
};

describe('a planted bug is found', () => {
  for (const [bug, finding] of Object.entries(FOUND_BY)) {
    it(`within 20 seeds: ${bug}`, async () => {
      const findings: string[] = [];
      for (let seed = 1; seed <= 20 && !findings.some((found) => finding.test(found)); seed++) {
        findings.push(...(await simulate(seed, { bug: bug as PlantedBug, steps: 250 })).broken);
      }
      expect(findings.filter((found) => finding.test(found)).length).toBeGreaterThan(0);
    });
  }
});
