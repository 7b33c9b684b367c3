/**
 * Where the gate says that new items will stand is where Yjs puts them, for what honest people bring together and for what is made
 * up, and nothing is written for it. RUNS=n for more.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { effectOf } from '../../../sync-server/gate/effect.ts';
import { areNeighboursSane, isGap } from '../../../sync-server/gate/neighbours.ts';
import { PlacedLists } from '../../../sync-server/gate/placing.ts';
import type { NewStruct } from '../../../sync-server/gate/scan.ts';
import { type ScannedStruct, scanUpdate } from '../../../sync-server/gate/scan.ts';
import type { StructId } from '../../../sync-server/gate/struct-id.ts';
import { WorkMeter } from '../../../sync-server/gate/work.ts';
import { type Random, randomFrom } from '../../support/random.ts';
import { orderOf, TANGLED_ROOTS, tangle } from './tangle.ts';

const RUNS = Number(process.env.RUNS ?? 400);
const SEED = 11;

type Item = Extract<ScannedStruct, { kind: 'item' }>;

/** What an update would bring into a document; null when something it builds on is missing. */
function newIn(update: Uint8Array, doc: Y.Doc): readonly NewStruct[] | null {
  const scanned = scanUpdate(update);
  if (scanned === null) throw new Error('not an update');
  const effect = effectOf(scanned, doc, new WorkMeter());
  return effect.type === 'known' ? effect.newStructs : null;
}

function placedOrder(lists: PlacedLists, doc: Y.Doc, root: string): string[] {
  const ids: string[] = [];
  for (let run = lists.first(doc.share.get(root) ?? root); run !== null; run = lists.next(run)) {
    for (let n = 0; n < run.length; n++) ids.push(`${run.id.client}:${run.id.clock + n}`);
  }
  return ids;
}

/** How many structs of how many characters a document holds: what applying anything, or cutting runs, would change. */
function shapeOf(doc: Y.Doc): string {
  return JSON.stringify(
    [...doc.store.clients].map(([client, structs]) => [client, structs.map(({ length }) => length)]),
  );
}

const docOf = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};

/** The new items that say before what they were put, and how they are said to stand. */
function itemsWithRight(newStructs: readonly NewStruct[], doc: Y.Doc) {
  return newStructs.flatMap(({ client, struct }) => {
    if (struct.kind !== 'item' || struct.rightOrigin === null || struct.clock < Y.getState(doc.store, client))
      return [];
    return [
      { item: struct, origin: struct.origin, right: struct.rightOrigin, author: { client, clock: struct.clock } },
    ];
  });
}
type Placed = ReturnType<typeof itemsWithRight>[number];

/** Yjs cuts such a run at other places than its neighbours say, depending on what it had joined before. None of them is sane. */
const areCrossed = ({ origin, right }: Placed): boolean =>
  origin !== null && origin.client === right.client && origin.clock >= right.clock;

/** The rule for neighbours, read off a copy that has the update, character by character. */
function areNeighboursIn(copy: Y.Doc, { origin, right, author }: Placed): boolean {
  const itemAt = ({ client, clock }: StructId) => {
    const struct: unknown = Y.getItem(copy.store, Y.createID(client, clock));
    return struct instanceof Y.Item ? struct : null;
  };
  const nameOf = (id: StructId | null) => (id === null ? '' : `${id.client}:${id.clock}`);
  const after = itemAt(right);
  const before = origin === null ? null : itemAt(origin);
  if (after === null || (origin !== null && before === null)) return true;
  const root = [...copy.share].find(([, type]) => type === after.parent)?.[0] ?? '';
  const ids = orderOf(copy, root);
  const from = origin === null ? -1 : ids.indexOf(nameOf(origin));
  const to = ids.indexOf(nameOf(right));
  if (after.parentSub !== null || before?.parentSub || to <= from || (origin !== null && from === -1)) return false;
  const beforeRight = right.clock > after.id.clock ? { client: right.client, clock: right.clock - 1 } : after.origin;
  const named = [beforeRight, after.rightOrigin, before?.rightOrigin ?? null].map(nameOf);
  return ids.slice(from + 1, to).every((id) => {
    const [client, clock = 0] = id.split(':').map(Number);
    const isSeen = [author, right, origin].some((by) => by !== null && by.client === client && clock < by.clock);
    return !isSeen && !named.includes(id);
  });
}

/** What is decided before anything is placed: of two that are held, in one new run, or at a new one and its own neighbour. */
function decidedBefore(item: Placed, newStructs: readonly NewStruct[], doc: Y.Doc): boolean | null {
  const { origin, right } = item;
  const newAt = (id: StructId | null): Item | null => {
    if (id === null || id.clock < Y.getState(doc.store, id.client)) return null;
    const found = newStructs.find(({ client, struct }) => {
      return client === id.client && struct.clock <= id.clock && id.clock < struct.clock + struct.length;
    });
    return found?.struct.kind === 'item' ? found.struct : null;
  };
  const same = (a: StructId | null, b: StructId | null) => a?.client === b?.client && a?.clock === b?.clock;
  const [left, after] = [newAt(origin), newAt(right)];
  const isHeld = (id: StructId | null) => id === null || id.clock < Y.getState(doc.store, id.client);
  if (isHeld(origin) && isHeld(right)) return areNeighboursIn(doc, item);
  if (left !== null && left === after) return origin !== null && right.clock === origin.clock + 1;
  if (left !== null && origin?.clock === left.clock + left.length - 1 && same(left.rightOrigin, right)) return true;
  return after !== null && right.clock === after.clock && same(after.origin, origin) ? true : null;
}

describe(`made-up updates (seed ${SEED}, ${RUNS} runs)`, () => {
  it('[V2] are placed as Yjs places them, and judged as a copy with them would be', () => {
    const counts = { accepted: 0, refused: 0, looser: 0 };
    for (let run = 0; run < RUNS; run++) {
      const random = randomFrom(SEED * 1_000_000 + run);
      const doc = new Y.Doc();
      const log: Uint8Array[] = [];
      const most = random.pick([1, 3, 8, 20]);
      for (let n = 0; n < 12; n++) {
        const update = tangle(random, doc, most);
        const newStructs = newIn(update, doc);
        if (newStructs === null) throw new Error('a tangle names only what there is');
        const lists = new PlacedLists(newStructs, doc, new WorkMeter());
        const isSane = areNeighboursSane(newStructs, doc, new WorkMeter());
        const items = itemsWithRight(newStructs, doc);
        const place = `run ${run}, update ${n}`;
        if (items.some(areCrossed)) {
          if (!isSane) continue;
        } else {
          const copy = docOf([...log, update]);
          for (const root of TANGLED_ROOTS) {
            expect(placedOrder(lists, doc, root), `${place}, ${root}`).toEqual(orderOf(copy, root));
          }
          const touch = items.map((item) => areNeighboursIn(copy, item));
          expect(
            items.map((item) => isGap(item, lists, new WorkMeter())),
            place,
          ).toEqual(touch);
          const expected = items.map((item, at) => decidedBefore(item, newStructs, doc) ?? touch[at]);
          expect(isSane, place).toBe(expected.every(Boolean));
          if (isSane && !touch.every(Boolean)) counts.looser++;
        }
        counts[isSane ? 'accepted' : 'refused']++;
        if (!isSane) continue;
        log.push(update);
        Y.applyUpdate(doc, update);
      }
    }
    expect(counts.accepted).toBeGreaterThan(RUNS);
    expect(counts.refused).toBeGreaterThan(RUNS);
    // What is decided before does not look at one's own words between: they stand the same in every order of arrival.
    expect(counts.looser).toBeLessThan(counts.accepted / 50);
  }, 300_000);
});

/** The places between what two replicas wrote, and the beginning. */
function seamsOf(text: Y.Text): number[] {
  const seams = [0];
  let at = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.countable) at += item.length;
    if (item.right !== null && item.right.id.client !== item.id.client) seams.push(at);
  }
  return seams;
}

/** Somebody's replica: edits a text and a field in every way, and opens again under another clientID. */
class Hand {
  doc: Y.Doc;
  /** What it has written since it last told the room, each edit on its own. */
  readonly unsent: Uint8Array[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
    this.doc = this.#open();
  }

  #open(from?: Y.Doc): Y.Doc {
    const doc = new Y.Doc({ gc: this.#random.chance(0.5) });
    doc.clientID = 1 + this.#random.int(2 ** 31);
    if (from !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) this.unsent.push(update);
    });
    return doc;
  }

  reopen(): void {
    this.doc = this.#open(this.doc);
  }

  hear(other: Y.Doc): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(this.doc)));
  }

  act(): void {
    const random = this.#random;
    const text = this.doc.getText(random.pick(TANGLED_ROOTS));
    const at = random.chance(0.3) ? random.int(text.length + 1) : random.pick(seamsOf(text));
    const rest = text.length - at;
    switch (random.int(8)) {
      case 0:
        if (rest > 0) text.delete(at, 1 + random.int(Math.min(rest, 4)));
        return;
      case 1:
        if (rest > 0) text.format(at, 1 + random.int(Math.min(rest, 5)), { bold: random.pick([true, null]) });
        return;
      case 2:
        text.insertEmbed(at, { block: 'b' });
        return;
      case 3:
        this.doc.getMap('fields').set(random.pick(['a', 'b']), random.int(9));
        return;
      default:
        text.insert(at, random.pick(['一', '一二三', '四五六七八九']));
    }
  }

  /** What a replica may send: all it has, what the room lacks, or its edits one by one or as one, some of them once more. */
  tell(room: Y.Doc): Uint8Array[] {
    const random = this.#random;
    const unsent = this.unsent.splice(0);
    switch (random.int(4)) {
      case 0:
        return [Y.encodeStateAsUpdate(this.doc)];
      case 1:
        return unsent;
      case 2:
        if (unsent.length > 0) return [Y.mergeUpdates(unsent)];
    }
    return [Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(room))];
  }
}

describe(`honest people (seed ${SEED}, ${RUNS} histories)`, () => {
  it('[R12] [V2] put every new item where it is said to stand, between two that touched, and nothing is written for it', () => {
    let placed = 0;
    for (let run = 0; run < RUNS; run++) {
      const random = randomFrom(SEED * 2_000_000 + run);
      const hands = Array.from({ length: 3 }, () => new Hand(random));
      const room = new Y.Doc();
      const log: Uint8Array[] = [];
      for (let step = 0; step < 80; step++) {
        const hand = random.pick(hands);
        const chance = random.next();
        if (chance < 0.5) hand.act();
        else if (chance < 0.6) hand.hear(random.pick(hands).doc);
        else if (chance < 0.8) hand.hear(room);
        else if (chance < 0.85) hand.reopen();
        else {
          for (const update of hand.tell(room)) {
            const newStructs = newIn(update, room);
            // Builds on what another has not told yet.
            if (newStructs === null) continue;
            const [before, place] = [shapeOf(room), `run ${run}, step ${step}`];
            const lists = new PlacedLists(newStructs, room, new WorkMeter());
            log.push(update);
            const copy = docOf(log);
            for (const root of TANGLED_ROOTS) {
              expect(placedOrder(lists, room, root), `${place}, ${root}`).toEqual(orderOf(copy, root));
            }
            for (const item of itemsWithRight(newStructs, room)) {
              expect(isGap(item, lists, new WorkMeter()), place).toBe(true);
              if (decidedBefore(item, newStructs, room) === null) placed++;
            }
            expect(areNeighboursSane(newStructs, room, new WorkMeter()), place).toBe(true);
            expect(shapeOf(room), place).toBe(before);
            Y.applyUpdate(room, update);
          }
        }
      }
    }
    // It came to that often.
    expect(placed).toBeGreaterThan(RUNS / 4);
  }, 300_000);
});
