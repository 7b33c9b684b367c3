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
