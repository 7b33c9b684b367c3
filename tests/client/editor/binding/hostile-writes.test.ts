/**
 * Any Y.Text is a page: raw writes that no editor makes, unbalanced markers, unknown embeds, nested types and bad values,
 * mixed with local editing. The view always shows what a whole new reading says, and everybody agrees at the end.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { splitBlock } from '../../../../client/editor/commands/enter.ts';
import { type Random, randomFrom } from '../../../support/random.ts';
import { blockPos, change, check, makePeer, type Peer, projection, run, schema, select, sync } from './peer.ts';

const SEEDS = Number(process.env.SEEDS ?? 100);
const STEPS = 80;

const RAW_WRITES: Readonly<Record<string, (text: Y.Text, keys: Y.Map<unknown>, random: Random) => void>> = {
  words: (text, _keys, random) =>
    text.insert(random.int(text.length + 1), '文字', random.chance(0.5) ? { bold: true } : {}),
  close: (text, _keys, random) => text.insert(random.int(text.length + 1), '\n'),
  closes: (text) => text.insert(0, '\n\n'),
  open: (text, _keys, random) => text.insertEmbed(random.int(text.length + 1), { block: `b${random.int(6)}` }),
  badOpen: (text, _keys, random) =>
    text.insertEmbed(random.int(text.length + 1), random.pick([{ block: 7 }, { block: '' }, { block: null }, {}])),
  remove: (text, _keys, random) => {
    if (text.length < 3) return;
    const from = random.int(text.length - 1);
    text.delete(from, 1 + random.int(Math.min(6, text.length - from - 1)));
  },
  format: (text, _keys, random) => {
    if (text.length < 3) return;
    const from = random.int(text.length - 1);
    const formats = [
      { bold: true },
      { bold: null },
      { bold: 'very' },
      { zzz: { q: 1 } },
      { link: 'x' },
      { unknown: 1 },
    ];
    text.format(from, 1 + random.int(text.length - from - 1), random.pick(formats));
  },
  key: (_text, keys, random) =>
    keys.set(
      `b${random.int(6)}/${random.pick(['kind', 'indent', 'checked', 'colour'])}`,
      random.pick(['h1', 'callout', 2, -1, 1e9, true, null, { deep: [] }, '']),
    ),
  removeKey: (_text, keys, random) => keys.delete(`b${random.int(6)}/kind`),
  nestedKey: (_text, keys, random) => keys.set(`b${random.int(6)}/kind`, new Y.Map()),
  embed: (text, _keys, random) => text.insertEmbed(random.int(text.length + 1), { chart: random.int(9) }),
  nested: (text, _keys, random) =>
    text.insertEmbed(
      random.int(text.length + 1),
      random.pick([() => new Y.Array(), () => new Y.Map([['kind', 'p']])])(),
    ),
};

/** Content that Y.Text's own methods would never write: another program opened the root as an array. */
function writeAlien(doc: Y.Doc, random: Random): void {
  const other = new Y.Doc();
  other.clientID = 5000 + random.int(1e6);
  other.getArray('prose').push([1, { block: 'b1' }, ['x'], new Uint8Array(3)]);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}

const LOCAL: Readonly<Record<string, (peer: Peer, random: Random) => void>> = {
  type: (peer, random) => change(peer, (tr) => tr.insertText('本', place(peer, random))),
  enter: (peer, random) => {
    select(peer, place(peer, random));
    run(peer, splitBlock);
  },
  join: (peer, random) => {
    const { childCount } = peer.view.state.doc;
    if (childCount > 1) change(peer, (tr) => tr.join(blockPos(tr.doc, 1 + random.int(childCount - 1))));
  },
  kind: (peer, random) =>
    change(peer, (tr) => tr.setNodeAttribute(blockPos(tr.doc, random.int(tr.doc.childCount)), 'kind', 'h2')),
  remove: (peer, random) => {
    const [from = 1, to = 1] = [place(peer, random), place(peer, random)].sort((a, b) => a - b);
    change(peer, (tr) => tr.delete(from, to));
  },
  bold: (peer, random) => {
    const [from = 1, to = 1] = [place(peer, random), place(peer, random)].sort((a, b) => a - b);
    change(peer, (tr) => tr.addMark(from, to, schema.mark('bold')));
  },
};

function place(peer: Peer, random: Random): number {
  const { doc } = peer.view.state;
  for (;;) {
    const pos = random.int(doc.content.size + 1);
    if (doc.resolve(pos).parent.inlineContent) return pos;
  }
}

describe('raw writes of another program', () => {
  for (let first = 0; first < SEEDS; first += 20) {
    it(`[C8] [V1] are shown whole and can be edited, seeds ${first} to ${first + 19}`, () => {
      for (let seed = first; seed < first + 20; seed++) {
        const random = randomFrom(seed);
        const peer = makePeer(5);
        const other = makePeer(9);
        // The raw writer has no editor that would show or mend anything.
        other.binding.destroy();
        for (let step = 0; step < STEPS; step++) {
          if (random.chance(0.5)) RAW_WRITES[random.pick(Object.keys(RAW_WRITES))]?.(other.text, other.keys, random);
          else LOCAL[random.pick(Object.keys(LOCAL))]?.(peer, random);
          if (random.chance(0.02)) writeAlien(other.doc, random);
          check(peer);
          if (random.chance(0.33)) {
            sync(peer, other);
            check(peer);
          }
        }
        sync(peer, other);
        check(peer);
        expect(projection(other).toJSON(), `seed ${seed}`).toEqual(projection(peer).toJSON());
        expect(peer.binding.counters).toMatchObject({ fallbacks: 0, rereads: 0 });
      }
    });
  }
});
