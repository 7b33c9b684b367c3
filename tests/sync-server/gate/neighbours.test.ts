/** Made-up neighbours: what the gate lets in reads the same for everybody, in whatever order they hear of it. RUNS=n for more. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judgeUpdate, type Verdict } from '../../../sync-server/gate/judge.ts';
import { WorkMeter } from '../../../sync-server/gate/work.ts';
import { randomFrom } from '../../support/random.ts';
import { handMade, text } from './hand-made.ts';
import { orderOf, TANGLED_ROOTS, tangle } from './tangle.ts';

const RUNS = Number(process.env.RUNS ?? 600);
const SEED = 7;

type Id = readonly [client: number, clock: number];

function judge(update: Uint8Array, doc: Y.Doc, work = new WorkMeter()): Verdict['type'] {
  const asked = { update, doc, room: 'body', personId: 'p', capability: 'write', isFrozen: false } as const;
  return judgeUpdate({ ...asked, work, ownerOf: () => 'p' }).type;
}

/** The ids of all lists in the order in which they stand. */
const order = (doc: Y.Doc): string => TANGLED_ROOTS.map((root) => orderOf(doc, root).join(' ')).join(' | ');

describe(`made-up neighbours (seed ${SEED}, ${RUNS} runs)`, () => {
  it('[V2] are refused, or stand in the same order for everybody', () => {
    const counts = { accepted: 0, refused: 0, other: 0 };
    for (let run = 0; run < RUNS; run++) {
      const random = randomFrom(SEED * 1_000_000 + run);
      const doc = new Y.Doc();
      const log: Uint8Array[] = [];
      const most = random.pick([1, 3, 8]);
      for (let n = 0; n < 14; n++) {
        const update = tangle(random, doc, most);
        const verdict = judge(update, doc);
        counts[verdict === 'accepted' || verdict === 'refused' ? verdict : 'other'] += 1;
        if (verdict !== 'accepted') continue;
        log.push(update);
        Y.applyUpdate(doc, update);
      }
      const expected = order(doc);
      const loaded = new Y.Doc();
      Y.applyUpdate(loaded, Y.encodeStateAsUpdate(doc));
      expect(order(loaded), `run ${run}, loaded`).toBe(expected);
      for (let turn = 0; turn < 3; turn++) {
        const other = new Y.Doc();
        const left = [...log];
        while (left.length > 0)
          for (const update of left.splice(random.int(left.length), 1)) Y.applyUpdate(other, update);
        // Twice changes nothing, and fills what Yjs still waited for.
        for (const update of log) Y.applyUpdate(other, update);
        expect(order(other), `run ${run}, in another order`).toBe(expected);
      }
    }
    expect(counts.accepted).toBeGreaterThan(RUNS);
    expect(counts.refused).toBeGreaterThan(RUNS);
  }, 300_000);
});

/** Two people in the middle of a text, each without the other; then the first hears of the second and writes between the two. */
function betweenTheTwo(text: Uint8Array) {
  const write = (clientId: number, words: string) => {
    const doc = new Y.Doc();
    doc.clientID = clientId;
    Y.applyUpdate(doc, text);
    const middle = Math.floor(doc.getText('prose').length / 2);
    doc.getText('prose').insert(middle, words);
    return { doc, middle };
  };
  const { doc: first, middle } = write(1, '甲');
  const { doc: held } = write(2, '乙');
  Y.applyUpdate(first, Y.encodeStateAsUpdate(held, Y.encodeStateVector(first)));
  first.getText('prose').insert(middle + 1, '中');
  return { held, update: Y.encodeStateAsUpdate(first, Y.encodeStateVector(held)) };
}

/** A text of so many passages of 1 KB, written in no order. */
function textOf(passages: number): Uint8Array {
  const random = randomFrom(SEED);
  const doc = new Y.Doc();
  doc.clientID = 5;
  const prose = doc.getText('prose');
  for (let n = 0; n < passages; n++) prose.insert(random.int(prose.length + 1), '字'.repeat(340));
  return Y.encodeStateAsUpdate(doc);
}

describe('neighbours of which one is new', () => {
  it('[R12] are taken where somebody wrote between their own words and those of another', () => {
    const { held, update } = betweenTheTwo(textOf(1));
    expect(judge(update, held)).toBe('accepted');
  });

  it('[R12] are taken in a room of 3 MB too, for the work they are in a small one', () => {
    const works = [1, 3_000].map((passages) => {
      const { held, update } = betweenTheTwo(textOf(passages));
      const work = new WorkMeter();
      expect(judge(update, held, work)).toBe('accepted');
      return work.spent;
    });
    expect(works[1]).toBe(works[0]);
    expect(works[0]).toBeLessThan(100);
  });

  it('[R17] cost their sender what lies between, however many of them reach over it', () => {
    // Client 20 has put a long stretch into the middle, one by one; what 0 said there on its own stands before it.
    const stretch = Array.from({ length: 3_000 }, (_, n) => ({
      reference: 5,
      origin: n === 0 ? ([1, 0] as const) : ([20, n - 1] as const),
      rightOrigin: [1, 1] as const,
      content: text('{}'),
    }));
    const held = new Y.Doc();
    const start = { client: 1, clock: 0, structs: [{ reference: 4, parent: 'prose', content: text('始终') }] };
    Y.applyUpdate(held, handMade([start, { client: 20, clock: 0, structs: stretch }]));
    const reaching = 400;
    const own = Array.from({ length: reaching }, (_, n) => ({
      reference: 5,
      origin: n === 0 ? ([1, 0] as const) : ([0, n - 1] as const),
      content: text('{}'),
    }));
    const others = Array.from({ length: reaching }, (_, n) => ({
      client: 100 + n,
      clock: 0,
      structs: [{ reference: 4, origin: [0, n] as const, rightOrigin: [1, 1] as const, content: text('x') }],
    }));
    const update = handMade([{ client: 0, clock: 0, structs: own }, ...others]);
    const free = new WorkMeter();
    expect(judge(update, held, free)).toBe('accepted');
    expect(free.spent).toBeGreaterThan(reaching * stretch.length);
    const budget = new WorkMeter(100_000);
    expect(judge(update, held, budget)).toBe('tooCostly');
    expect(budget.spent).toBeLessThan(free.spent / 5);
  });

  it('[V2] are refused where they will stand the other way round', () => {
    const { held } = betweenTheTwo(textOf(1));
    const [before, behind] = ['字', '乙'].map((word): Id => {
      for (let item = held.getText('prose')._start; item !== null; item = item.right) {
        const at = item.content instanceof Y.ContentString ? item.content.str.indexOf(word) : -1;
        if (at >= 0) return [item.id.client, item.id.clock + at];
      }
      throw new Error(word);
    });
    // Says that `behind` stands right of what it puts behind it itself.
    const update = handMade([
      {
        client: 9,
        clock: 0,
        structs: [
          { reference: 4, ...(behind && { origin: behind }), content: text('x') },
          { reference: 4, origin: [9, 0], ...(before && { rightOrigin: before }), content: text('y') },
        ],
      },
    ]);
    expect(judge(update, held)).toBe('refused');
  });
});
