/**
 * Words that several people type at one place at once: none is parted by another's, in whatever order the relay tells them
 * and whoever has the larger clientID. Each keeps their caret where they typed last, as people do.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyTextChange, mapCaret } from '../../../../shared/fields/text-cell.ts';
import { proseToText, readProse } from '../../../../shared/prose/read-prose.ts';
import { insertTyped, isOwnUnit, typingClientId } from '../../../../shared/typing-runs.ts';
import { randomFrom } from '../../../support/random.ts';
import { change, check, initialUpdate, makePeer, type Peer, posOf, select, sync } from './peer.ts';

const LINE = '会议听取了';
const PAGE = initialUpdate([LINE, '末段']);

const type = (peer: Peer, letter: string) => change(peer, (tr) => tr.insertText(letter));
const textOf = (peer: Peer) => proseToText(readProse(peer.text, peer.keys));
const caretOf = (peer: Peer) => peer.view.state.selection.head;

/** Puts the caret at the end of the line, as the End key does. */
function goToEnd(peer: Peer): void {
  select(peer, peer.view.state.doc.child(0).nodeSize - 1);
}

describe('two people type at one place', () => {
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ] as const) {
    it(`[E1] who begins behind the first letter of a word comes after the whole word, ids ${first} and ${second}`, () => {
      const qin = makePeer(first, PAGE);
      const he = makePeer(second, PAGE);
      goToEnd(qin);
      type(qin, '【');
      sync(qin, he);
      goToEnd(he);
      for (const letter of '【何一】') type(he, letter);
      for (const letter of '秦一】') type(qin, letter);
      sync(qin, he);
      for (const peer of [qin, he]) {
        check(peer);
        expect(textOf(peer)).toBe(`${LINE}【秦一】【何一】\n末段`);
      }
    });

    it(`[E1] a caret behind a colleague's letter goes along with their word, ids ${first} and ${second}`, () => {
      const qin = makePeer(first, PAGE);
      const he = makePeer(second, PAGE);
      goToEnd(he);
      goToEnd(qin);
      type(he, '【');
      sync(qin, he);
      for (const letter of '何一】') type(he, letter);
      sync(qin, he);
      for (const letter of '【秦一】') type(qin, letter);
      sync(qin, he);
      expect(textOf(qin)).toBe(`${LINE}【何一】【秦一】\n末段`);
      expect(textOf(he)).toBe(textOf(qin));
    });

    it(`[E1] a caret behind one's own letter stays there, ids ${first} and ${second}`, () => {
      const qin = makePeer(first, PAGE);
      const he = makePeer(second, PAGE);
      for (const peer of [qin, he]) {
        goToEnd(peer);
        type(peer, '【');
      }
      sync(qin, he);
      for (const letter of '秦一】') type(qin, letter);
      for (const letter of '何一】') type(he, letter);
      sync(qin, he);
      expect(textOf(qin)).toMatch(/【秦一】/);
      expect(textOf(qin)).toMatch(/【何一】/);
      expect(textOf(qin)).toBe(textOf(he));
    });
  }

  it('[E1] a caret in the middle of words that others wrote keeps its place in them', () => {
    const qin = makePeer(1, PAGE);
    const he = makePeer(2, PAGE);
    select(qin, posOf(qin.view.state.doc, '取'));
    select(he, posOf(he.view.state.doc, '会'));
    type(he, '本次');
    sync(qin, he);
    expect(caretOf(qin)).toBe(posOf(qin.view.state.doc, '取'));
  });

  // Each seed is its own order of letters, arrivals and returns to the end of the line.
  for (let from = 0; from < 300; from += 100) {
    it(`[E1] no word of four people is parted by another, seeds ${from} to ${from + 99}`, () => {
      for (let seed = from; seed < from + 100; seed++) expect(partedWords(seed), `seed ${seed}`).toEqual([]);
    });
  }

  it('[E1] words in a text box stay together too', () => {
    for (const [first, second] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const qin = cellOf(first);
      const he = cellOf(second);
      typeInto(qin, '【');
      exchange(qin, he);
      for (const letter of '何一】') typeInto(he, letter);
      for (const letter of '秦一】') typeInto(qin, letter);
      exchange(qin, he);
      expect(qin.text.toString()).toBe('【秦一】何一】');
      expect(he.text.toString()).toBe(qin.text.toString());
    }
  });

  it('[E1] a caret in a text box goes along with a colleague’s word and stays behind one’s own', () => {
    const delta = [{ retain: 3 }, { insert: '远' }];
    expect(mapCaret(3, delta, () => false)).toBe(4);
    expect(mapCaret(3, delta, () => true)).toBe(3);
    expect(mapCaret(2, delta, () => false)).toBe(2);
    expect(mapCaret(3, [{ retain: 1 }, { delete: 2 }, { insert: '远' }], () => false)).toBe(2);
  });
});

describe('the ids that keep words together', () => {
  it('are within what Yjs can write, and a replica knows its own words under both', () => {
    const doc = new Y.Doc();
    doc.clientID = typingClientId(Number.MAX_SAFE_INTEGER);
    const own = doc.clientID;
    const text = doc.getText('t');
    doc.transact(() => {
      insertTyped(text, false, () => text.insert(0, '甲'));
      insertTyped(text, true, () => text.insert(1, '乙'));
    });
    expect(doc.clientID).toBe(own);
    const clients = [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()].sort((a, b) => a - b);
    expect(clients).toEqual([own, Number.MAX_SAFE_INTEGER]);
    expect([isOwnUnit(text, -1), isOwnUnit(text, 0), isOwnUnit(text, 1), isOwnUnit(text, 2)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(isOwnUnit(other.getText('t'), 0)).toBe(false);
  });
});

/** Four people type words at the end of one line; letters arrive in any order. Returns the words that are not whole. */
function partedWords(seed: number): string[] {
  const random = randomFrom(seed);
  const ids = [1, 2, 3, 4].sort(() => (random.chance(0.5) ? 1 : -1));
  const peers = ids.map((id) => makePeer(id, PAGE));
  const words: string[] = [];
  const rest = peers.map(() => '');
  for (const peer of peers) goToEnd(peer);
  for (let step = 0; step < 120; step++) {
    const who = random.int(peers.length);
    const peer = peers[who];
    const other = peers[random.int(peers.length)];
    if (peer === undefined || other === undefined) throw new Error('no peer');
    if (random.chance(1 / 3)) {
      Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(peer.doc)), 'connection');
      continue;
    }
    if (rest[who] === '') {
      const word = `【${who}-${words.length}】`;
      words.push(word);
      rest[who] = word;
      if (random.chance(0.5)) goToEnd(peer);
    }
    type(peer, rest[who]?.slice(0, 1) ?? '');
    rest[who] = rest[who]?.slice(1) ?? '';
  }
  for (const [who, letters] of rest.entries()) for (const letter of letters) type(peers[who] as Peer, letter);
  for (const a of peers) for (const b of peers) sync(a, b);
  const text = textOf(peers[0] as Peer);
  for (const peer of peers) {
    check(peer);
    expect(textOf(peer)).toBe(text);
  }
  return words.filter((word) => !text.includes(word));
}

type Cell = { readonly doc: Y.Doc; readonly text: Y.Text };

function cellOf(clientId: number): Cell {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  return { doc, text: doc.getText('t/header/goal') };
}

/** Types at the end of one's own words, or of the text. */
function typeInto({ doc, text }: Cell, letter: string): void {
  let end = text.length;
  while (end > 0 && !isOwnUnit(text, end - 1)) end--;
  const at = end === 0 ? text.length : end;
  const before = text.toString();
  const after = before.slice(0, at) + letter + before.slice(at);
  doc.transact(() => applyTextChange(text, before, after, at + 1));
}

function exchange(a: Cell, b: Cell): void {
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc));
  Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc));
}
