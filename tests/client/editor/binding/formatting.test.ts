/**
 * Formatting stays where people put it: an act beside formatted words changes none of it, neither in a page that was
 * formatted while it was open nor in one that was loaded with its formatting. Nor do two people together, who change the same
 * formatted words without knowing of each other, format words that neither of them touched.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Random, randomFrom } from '../../../support/random.ts';
import { brief, change, check, initialUpdate, makePeer, type Peer, posOf, schema, sync } from './peer.ts';

const at = (peer: Peer, word: string) => posOf(peer.view.state.doc, word);
const shown = (peer: Peer) => brief(peer.view.state.doc);
const LINK = schema.mark('link', { href: 'https://1.example' });

function linkedPage(): Peer {
  const writer = makePeer(1, initialUpdate(['甲乙丙丁', '戊己', '庚辛']));
  change(writer, (tr) => tr.addMark(at(writer, '乙'), at(writer, '己'), LINK));
  return writer;
}

function reload(peer: Peer, clientId: number): Peer {
  return makePeer(clientId, Y.encodeStateAsUpdate(peer.doc));
}

describe('deleting where formatted words end', () => {
  const removeEnd = (peer: Peer) => change(peer, (tr) => tr.delete(at(peer, '丁'), at(peer, '己')));
  const removeStart = (peer: Peer) => change(peer, (tr) => tr.delete(at(peer, '甲'), at(peer, '丙')));

  it('[C8] leaves the words behind them as they were, also in a page that was loaded', () => {
    for (const peer of [linkedPage(), reload(linkedPage(), 2)]) {
      removeEnd(peer);
      check(peer);
      expect(shown(peer)).toBe('p:甲[乙丙]己 ¶ p:庚辛');
      expect(peer.binding.counters.repairs).toBe(0);
    }
  });

  it('[C8] leaves the rest of them as they were when it takes their beginning', () => {
    for (const peer of [linkedPage(), reload(linkedPage(), 2)]) {
      removeStart(peer);
      check(peer);
      expect(shown(peer)).toBe('p:[丙丁] ¶ p:[戊]己 ¶ p:庚辛');
    }
  });

  it('[C8] is shown alike to a colleague and taken back whole', () => {
    const writer = linkedPage();
    const colleague = reload(writer, 2);
    const before = shown(writer);
    removeEnd(colleague);
    sync(writer, colleague);
    check(writer);
    expect([shown(writer), shown(colleague)]).toEqual(Array(2).fill('p:甲[乙丙]己 ¶ p:庚辛'));
    colleague.undo.undo();
    sync(writer, colleague);
    expect([shown(writer), shown(colleague)]).toEqual([before, before]);
  });
});

type Act = (peer: Peer) => void;

/** Two people act at once on 甲[乙丙丁戊]己庚辛; what everybody sees, in both orders of client ids. */
function together(one: Act, other: Act): string[] {
  const writer = makePeer(50, initialUpdate(['甲乙丙丁戊己庚辛', '子丑']));
  change(writer, (tr) => tr.addMark(at(writer, '乙'), at(writer, '己'), LINK));
  const pages = [
    [1, 2],
    [2, 1],
  ].flatMap(([first = 0, second = 0]) => {
    const [a, b] = [reload(writer, first), reload(writer, second)];
    one(a);
    other(b);
    sync(a, b);
    check(a);
    check(b);
    return [shown(a), shown(b)];
  });
  return [...new Set(pages)];
}

describe('two people in the same formatted words', () => {
  const OTHER_LINK = schema.mark('link', { href: 'https://2.example' });
  const remove: Act = (peer) => change(peer, (tr) => tr.delete(at(peer, '乙'), at(peer, '己')));
  const unlink: Act = (peer) => change(peer, (tr) => tr.removeMark(at(peer, '乙'), at(peer, '己'), schema.marks.link));
  const unlinkPart: Act = (peer) =>
    change(peer, (tr) => tr.removeMark(at(peer, '丙'), at(peer, '丁'), schema.marks.link));
  const relinkPart: Act = (peer) => change(peer, (tr) => tr.addMark(at(peer, '丙'), at(peer, '丁'), OTHER_LINK));
  const typePlain: Act = (peer) => change(peer, (tr) => tr.insert(at(peer, '丙'), schema.text('新')));

  it('[C8] do not link the words behind when one deletes all and the other changes a part', () => {
    expect(together(remove, relinkPart)).toEqual(['p:甲己庚辛 ¶ p:子丑']);
    expect(together(remove, unlinkPart)).toEqual(['p:甲己庚辛 ¶ p:子丑']);
    expect(together(remove, typePlain)).toEqual(['p:甲新己庚辛 ¶ p:子丑']);
  });

  it('[C8] do not link the words behind when one unlinks all and the other changes a part', () => {
    expect(together(unlink, unlinkPart)).toEqual(['p:甲乙丙[丁戊]己庚辛 ¶ p:子丑']);
    expect(together(unlink, relinkPart)).toEqual(['p:甲乙[丙][丁戊]己庚辛 ¶ p:子丑']);
    expect(together(unlink, typePlain)).toEqual(['p:甲乙新[丙丁戊]己庚辛 ¶ p:子丑']);
  });
});

describe('three people in one formatted block', () => {
  const MARKS = [schema.mark('bold'), LINK, schema.mark('italic')];
  const ACTS: readonly ((peer: Peer, from: number, to: number, random: Random) => void)[] = [
    (peer, from, to) => change(peer, (tr) => tr.delete(from, to)),
    (peer, from, to, random) => change(peer, (tr) => tr.addMark(from, to, random.pick(MARKS))),
    (peer, from, to, random) => change(peer, (tr) => tr.removeMark(from, to, random.pick(MARKS))),
    (peer, from, _to, random) =>
      change(peer, (tr) => tr.insert(from, schema.text('新字', random.chance(0.5) ? [random.pick(MARKS)] : []))),
  ];

  for (let first = 0; first < 200; first += 50) {
    it(`[C8] leave the next block unformatted, seeds ${first} to ${first + 49}`, () => {
      for (let seed = first; seed < first + 50; seed++) {
        const random = randomFrom(seed);
        const writer = makePeer(90, initialUpdate(['甲乙丙丁戊己庚辛壬癸', '子丑']));
        change(writer, (tr) => tr.addMark(at(writer, '乙'), at(writer, '己'), LINK));
        change(writer, (tr) => tr.addMark(at(writer, '丙'), at(writer, '庚'), schema.mark('bold')));
        const peers = [1, 2, 3].map((place) => reload(writer, place * 10 + random.int(9)));
        for (let step = 0; step < 24; step++) {
          const peer = random.pick(peers);
          const end = (peer.view.state.doc.firstChild?.content.size ?? 0) + 1;
          const [from = 1, to = 1] = [1 + random.int(end), 1 + random.int(end)].sort((a, b) => a - b);
          random.pick(ACTS)(peer, from, to, random);
          const [a, b] = [random.pick(peers), random.pick(peers)];
          if (random.chance(0.1) && a !== b) sync(a, b);
        }
        for (const a of peers) for (const b of peers) if (a !== b) sync(a, b);
        for (const peer of peers) {
          check(peer);
          expect(shown(peer).split(' ¶ ')[1], `seed ${seed}`).toBe('p:子丑');
        }
      }
    });
  }
});
