/** What the gate counts for placing new items is never less than what Yjs then does, however the neighbours are forged. */
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { conflictWork } from '../../../sync-server/gate/conflict.ts';
import { effectOf } from '../../../sync-server/gate/effect.ts';
import { scanUpdate } from '../../../sync-server/gate/scan.ts';
import { WorkMeter } from '../../../sync-server/gate/work.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { type HandMadeSection, type HandMadeStruct, handMade, text } from './hand-made.ts';

const RUNS = 300;
const SEED = 5;

type Id = readonly [client: number, clock: number];

/** Two clients that name neighbours at random among everything said so far, also such that cross. */
function tangle(random: Random, reach: Map<number, number>): Uint8Array {
  const style = random.int(6);
  const someId = (): Id | undefined => {
    if (reach.size === 0) return undefined;
    const [client, end] = random.pick([...reach]);
    return [client, random.int(style % 2 === 0 ? Math.min(end, 4) : end)];
  };
  const sections = [random.int(5) + 1, random.int(5) + 11].map((client): HandMadeSection => {
    const clock = reach.get(client) ?? 0;
    let end = clock;
    const structs: HandMadeStruct[] = [];
    for (let left = random.int(40); left >= 0; left--) {
      const origin = random.chance(style < 3 ? 0.3 : 0.8) ? someId() : undefined;
      const rightOrigin = random.chance(style === 0 ? 0 : 0.4) ? someId() : undefined;
      const words = random.pick(['a', 'b', 'cdef', 'gh']);
      structs.push({
        reference: 4,
        ...(origin === undefined ? {} : { origin }),
        ...(rightOrigin === undefined ? {} : { rightOrigin }),
        content: text(words),
      });
      end += words.length;
      reach.set(client, end);
    }
    return { client, clock, structs };
  });
  return handMade(sections);
}

/** One client that puts words between two characters of another that stood side by side once. */
function between(random: Random, client: number): Uint8Array {
  const structs = Array.from({ length: 1 + random.int(30) }, () => {
    const clock = random.int(2);
    return { reference: 4, origin: [1, clock], rightOrigin: [1, clock + 1], content: text('a') } as const;
  });
  return handMade([{ client, clock: 0, structs }]);
}

/** Comparisons of Yjs while it applies an update: each puts the other item into two sets. */
function comparisons(update: Uint8Array, doc: Y.Doc, items: number): number {
  const add = vi.spyOn(Set.prototype, 'add');
  try {
    Y.applyUpdate(doc, update);
    // One for every item (its type has changed) and a few for the transaction.
    return (add.mock.calls.length - items - 5) / 2;
  } finally {
    add.mockRestore();
  }
}

describe(`placing tangled items (seed ${SEED}, ${RUNS} rooms)`, () => {
  it('[R17] never takes Yjs more comparisons than the gate counted before', () => {
    const random = randomFrom(SEED);
    let most = 0;
    const place = (update: Uint8Array, doc: Y.Doc, name: string) => {
      const scanned = scanUpdate(update);
      const effect = scanned === null ? null : effectOf(scanned, doc, new WorkMeter());
      if (effect?.type !== 'known') throw new Error(`${name}: not an update of this document`);
      const items = effect.newStructs.length;
      const counted = conflictWork(effect.newStructs, doc, 1_000_000_000);
      const done = comparisons(update, doc, items);
      expect(done, name).toBeLessThanOrEqual(counted + items);
      most = Math.max(most, done);
    };
    for (let run = 0; run < RUNS; run++) {
      const doc = new Y.Doc();
      const reach = new Map<number, number>();
      for (let step = 0; step < 4; step++) {
        place(tangle(random, reach), doc, `run ${run}, update ${step}`);
      }
      const beside = new Y.Doc();
      Y.applyUpdate(beside, handMade([{ client: 1, clock: 0, structs: [{ reference: 4, content: text('abc') }] }]));
      for (let client = 2; client < 6; client++) place(between(random, client), beside, `run ${run}, client ${client}`);
    }
    // The rooms were tangled indeed.
    expect(most).toBeGreaterThan(500);
  });
});
