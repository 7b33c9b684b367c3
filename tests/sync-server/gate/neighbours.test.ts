/** Made-up neighbours: what the gate lets in reads the same for everybody, in whatever order they hear of it. RUNS=n for more. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judgeUpdate, type Verdict } from '../../../sync-server/gate/judge.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { type HandMadeSection, type HandMadeStruct, handMade, text } from './hand-made.ts';

const RUNS = Number(process.env.RUNS ?? 600);
const SEED = 7;

type Id = readonly [client: number, clock: number];

function judge(update: Uint8Array, doc: Y.Doc): Verdict['type'] {
  const asked = { update, doc, room: 'body', personId: 'p', capability: 'write', isFrozen: false } as const;
  return judgeUpdate({ ...asked, ownerOf: () => 'p' }).type;
}

/** The ids of a text in the order in which they stand. */
function order(doc: Y.Doc): string {
  const ids: string[] = [];
  const root = doc.share.get('prose');
  for (let item = root?._start ?? null; item !== null; item = item.right) {
    for (let n = 0; n < item.length; n++) ids.push(`${item.id.client}:${item.id.clock + n}`);
  }
  return ids.join(' ');
}

/** One or two clients that each say up to three things with neighbours at random among all that was ever said. */
function tangle(random: Random, doc: Y.Doc): Uint8Array {
  const reach = new Map([1, 2, 3, 4, 5].map((client) => [client, Y.getState(doc.store, client)]));
  const someId = (): Id | undefined => {
    const clients = [...reach].filter(([, clocks]) => clocks > 0);
    if (clients.length === 0 || random.chance(0.15)) return undefined;
    const [client, clocks] = random.pick(clients);
    return [client, random.int(clocks)];
  };
  const standing = order(doc).split(' ');
  const behind = (origin: Id | undefined): Id | undefined => {
    const at = origin === undefined ? -1 : standing.indexOf(origin.join(':'));
    const next = standing[at + 1 + (random.chance(0.3) ? random.int(3) : 0)];
    return next === undefined || next === '' ? undefined : (next.split(':').map(Number) as unknown as Id);
  };
  const sections = new Map<number, HandMadeSection & { structs: HandMadeStruct[] }>();
  for (let n = random.pick([1, 1, 2, 3]); n > 0; n--) {
    const client = 1 + random.int(5);
    const clock = reach.get(client) ?? 0;
    const section = sections.get(client) ?? { client, clock, structs: [] };
    sections.set(client, section);
    const origin = someId();
    const rightOrigin = random.chance(0.5) ? behind(origin) : someId();
    const words = random.pick(['一', '一', '一二']);
    section.structs.push({
      reference: 4,
      ...(origin === undefined ? {} : { origin }),
      ...(rightOrigin === undefined ? {} : { rightOrigin }),
      content: text(words),
    });
    reach.set(client, clock + words.length);
  }
  return handMade([...sections.values()]);
}

describe(`made-up neighbours (seed ${SEED}, ${RUNS} runs)`, () => {
  it('[V2] are refused, or stand in the same order for everybody', () => {
    const counts = { accepted: 0, refused: 0, other: 0 };
    for (let run = 0; run < RUNS; run++) {
      const random = randomFrom(SEED * 1_000_000 + run);
      const doc = new Y.Doc();
      const log: Uint8Array[] = [];
      for (let n = 0; n < 14; n++) {
        const update = tangle(random, doc);
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

/** Two people at one place, each without the other; then the first hears of the second and writes between the two. */
function betweenTheTwo() {
  const write = (clientId: number, state: Uint8Array, words: string) => {
    const doc = new Y.Doc();
    doc.clientID = clientId;
    Y.applyUpdate(doc, state);
    doc.getText('prose').insert(1, words);
    return doc;
  };
  const start = new Y.Doc();
  start.getText('prose').insert(0, '始终');
  const first = write(1, Y.encodeStateAsUpdate(start), '甲');
  const second = write(2, Y.encodeStateAsUpdate(start), '乙');
  Y.applyUpdate(first, Y.encodeStateAsUpdate(second));
  first.getText('prose').insert(2, '中');
  return { held: second, update: Y.encodeStateAsUpdate(first, Y.encodeStateVector(second)) };
}

describe('neighbours of which one is new', () => {
  it('[R12] are taken where somebody wrote between their own words and those of another', () => {
    const { held, update } = betweenTheTwo();
    expect(judge(update, held)).toBe('accepted');
  });

  it('[V2] are refused where they will stand the other way round', () => {
    const { held } = betweenTheTwo();
    const [before, behind] = ['始', '乙'].map((word): Id => {
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
