/** What the gate counts for placing new items is never less than what Yjs then does, however the neighbours are forged. RUNS=n for more. */
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { conflictWork } from '../../../sync-server/gate/conflict.ts';
import { effectOf } from '../../../sync-server/gate/effect.ts';
import { scanUpdate } from '../../../sync-server/gate/scan.ts';
import { WorkMeter } from '../../../sync-server/gate/work.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { type HandMadeSection, type HandMadeStruct, handMade, text } from './hand-made.ts';

const RUNS = Number(process.env.RUNS ?? 300);
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

type Pair = readonly [origin: Id | undefined, rightOrigin: Id | undefined];

/** Where everybody of a crowd writes: around four characters of client 50, and what was said there since. */
const crowdedPlaces = (): { ids: Id[]; pairs: Pair[] } => ({
  ids: [0, 1, 2, 3].map((clock) => [50, clock]),
  pairs: [
    [
      [50, 0],
      [50, 1],
    ],
    [
      [50, 0],
      [50, 3],
    ],
    [[50, 0], undefined],
    [[50, 3], undefined],
    [undefined, [50, 0]],
    [undefined, undefined],
  ],
});

/** Up to three clients that each write at one of a few places again and again, forwards, backwards or anyhow. */
function crowd(random: Random, doc: Y.Doc, { ids, pairs }: ReturnType<typeof crowdedPlaces>): Uint8Array {
  const sections = new Map<number, HandMadeSection>();
  for (let left = 1 + random.int(3); left > 0; left--) {
    const client = random.int(50) + (random.chance(0.5) ? 0 : 51);
    if (sections.has(client)) continue;
    const clock = Y.getState(doc.store, client);
    const structs: HandMadeStruct[] = [];
    const [before, behind] = random.pick(pairs);
    const style = random.int(5);
    let last: Id | undefined;
    let end = clock;
    for (let count = 1 + random.int(25); count > 0; count--) {
      const anyhow: Pair[] = [
        [before, behind],
        [before, last ?? behind],
        [last ?? before, behind],
        [random.chance(0.2) ? undefined : random.pick(ids), random.chance(0.3) ? undefined : random.pick(ids)],
        random.pick(pairs),
      ];
      const [origin, rightOrigin] = anyhow[style === 4 ? random.int(5) : style] ?? [];
      const words = random.pick(['x', 'x', 'yz']);
      structs.push({
        reference: 4,
        ...(origin && { origin }),
        ...(rightOrigin && { rightOrigin }),
        content: text(words),
      });
      last = [client, end + random.int(words.length)];
      end += words.length;
    }
    sections.set(client, { client, clock, structs });
    for (let n = 0; n < 3; n++) {
      const id: Id = [client, clock + random.int(end - clock)];
      ids.push(id);
      pairs.push([[50, 0], id], [id, [50, 1]]);
    }
  }
  return handMade([...sections.values()]);
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
      const crowded = new Y.Doc();
      Y.applyUpdate(crowded, handMade([{ client: 50, clock: 0, structs: [{ reference: 4, content: text('abcd') }] }]));
      const places = crowdedPlaces();
      for (let step = 0; step < 4; step++) {
        place(crowd(random, crowded, places), crowded, `run ${run}, crowd ${step}`);
      }
    }
    // The rooms were tangled indeed.
    expect(most).toBeGreaterThan(500);
  }, 300_000);
});
