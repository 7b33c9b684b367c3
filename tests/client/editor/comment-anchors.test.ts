/**
 * Where the words of a comment are after every command, on the replica that made it and on a colleague's, by the whole order
 * of finding them (a golden table), and after random editing: on its own words, or said to be gone. Words that a person
 * moved or restored are named anew by that person alone.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createCommentAnchors } from '../../../client/editor/anchors/anchor-plugin.ts';
import type { CommentMark, CommentPlace } from '../../../client/editor/anchors/comment-contract.ts';
import type { ProseAnchor } from '../../../shared/events/review-events.ts';
import { makeProseAnchor, placeAnchors } from '../../../shared/prose/anchors.ts';
import { leastMs } from '../../support/own-time.ts';
import { randomFrom } from '../../support/random.ts';
import { expectGolden } from './binding/golden.ts';
import { change, initialUpdate, makePeer, type Peer, posOf, sync } from './binding/peer.ts';
import { at, COMMANDS, PAGE, QUOTE } from './binding/place-commands.ts';

function anchorOn(peer: Peer, words: string): ProseAnchor {
  const from = posOf(peer.view.state.doc, words);
  const { binding, text } = peer;
  const anchor = makeProseAnchor(text, binding.toIndex(from), binding.toIndex(from + words.length));
  if (anchor === null) throw new Error(`no anchor on ${words}`);
  return anchor;
}

/** What stands where the comment is now. */
function wordsOf(peer: Peer, anchor: ProseAnchor): string {
  const [place] = placeAnchors(peer.text, [anchor]);
  return place?.kind === 'words' ? place.words : 'GONE';
}

/** Somebody whose editor marks one comment. */
function reader(clientId: number, update: Uint8Array, anchor: ProseAnchor, mayComment = true) {
  let marks: readonly CommentMark[] = [{ threadId: 't', anchor, isActive: false, isBlocking: false }];
  const named: ProseAnchor[] = [];
  let places: readonly CommentPlace[] = [];
  const peer = makePeer(clientId, update, (binding, prose) => {
    const anchors = createCommentAnchors({
      prose,
      binding,
      marks: () => marks,
      open: () => {},
      placed: (next) => {
        places = next;
      },
      mayComment: () => mayComment,
      reanchor: (_threadId, next) => {
        named.push(next);
        marks = [{ threadId: 't', anchor: next, isActive: false, isBlocking: false }];
        anchors.refresh();
      },
    });
    return [anchors.plugin];
  });
  const settle = () => vi.advanceTimersByTime(2_000);
  settle();
  return { peer, named, settle, words: () => places[0]?.words ?? null };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the words of a comment', () => {
  it('[K1] are found after every command, here and on another replica', () => {
    const lines: string[] = [];
    const failed: string[] = [];
    for (const [name, command] of Object.entries(COMMANDS)) {
      const here = makePeer(7, initialUpdate(PAGE));
      const there = makePeer(8, initialUpdate(PAGE));
      const anchor = anchorOn(here, QUOTE);
      command(here);
      sync(here, there);
      const found = [wordsOf(here, anchor), wordsOf(there, anchor)];
      const isRight = (words: string) =>
        [...QUOTE].every((character) => words.includes(character)) && !/[丑巳]/.test(words);
      for (const [i, words] of found.entries())
        if (!isRight(words)) failed.push(`${name}, ${i === 0 ? 'here' : 'there'}`);
      lines.push(`${name} | ${found.map((words) => words.replaceAll('\n', '¶')).join(' | ')}`);
    }
    expectGolden('comment-anchors', ['command | here | on another replica', ...lines]);
    expect(failed).toEqual([]);
  });

  it('[K1] are gone once all of them are deleted, also where like words stand', () => {
    const here = makePeer(7, initialUpdate(['县住建局督促拨付，县人社局核对到人。', '由县住建局牵头。']));
    const anchor = anchorOn(here, '县住建局');
    change(here, (tr) => tr.delete(1, 5));
    expect(wordsOf(here, anchor)).toBe('GONE');
  });

  it('[K1] are what is left of them when a part is deleted', () => {
    const here = makePeer(7, initialUpdate(PAGE));
    const anchor = anchorOn(here, '丑寅卯辰巳');
    change(here, (tr) => tr.delete(at(here, '寅'), at(here, '巳')));
    expect(wordsOf(here, anchor)).toBe('丑巳');
  });

  for (let seed = 1; seed <= 150; seed++) {
    it(`[K1] are exactly their surviving characters after random editing by two (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const word = (n: number) => String.fromCodePoint(0x4e00 + n * 7);
      let next = 1;
      const fresh = () => word(next++);
      const page = Array.from({ length: 6 }, () => Array.from({ length: 12 }, fresh).join(''));
      const peers = [makePeer(7, initialUpdate(page)), makePeer(8, initialUpdate(page))] as const;
      const line = page[random.int(page.length)] ?? '';
      const from = random.int(8);
      const quote = line.slice(from, from + 2 + random.int(4));
      const anchor = anchorOn(peers[0], quote);
      for (let step = 0; step < 25; step++) {
        const peer = random.pick(peers);
        const { doc } = peer.view.state;
        const pos = 1 + random.int(Math.max(1, doc.content.size - 1));
        const $pos = doc.resolve(pos);
        if ($pos.depth === 0) continue;
        const kind = random.int(5);
        if (kind <= 1) change(peer, (tr) => tr.insertText(fresh(), pos));
        else if (kind === 2) change(peer, (tr) => tr.delete(pos, Math.min($pos.end(1), pos + 1 + random.int(3))));
        else if (kind === 3) change(peer, (tr) => tr.split(pos));
        else if ($pos.before(1) > 0) change(peer, (tr) => tr.join($pos.before(1)));
        if (random.chance(0.3)) sync(...peers);
      }
      sync(...peers);
      const text = peers[0].view.state.doc.textContent;
      const surviving = [...quote].filter((character) => text.includes(character));
      for (const peer of peers) {
        const words = wordsOf(peer, anchor);
        if (surviving.length === 0) expect(words).toBe('GONE');
        // What was written among them belongs to them now; of what stood around them there is nothing.
        else expect([...words].filter((character) => page.join('').includes(character))).toEqual(surviving);
      }
    });
  }
});

describe('naming words anew', () => {
  const update = initialUpdate(PAGE);
  const two = (mayComment = true) => {
    const anchor = anchorOn(makePeer(7, update), QUOTE);
    return { here: reader(7, update, anchor, mayComment), there: reader(8, update, anchor), anchor };
  };

  it('[K2] is done by who deleted and restored them, and by nobody else', () => {
    const { here, there, anchor } = two();
    here.peer.undo.stopCapturing();
    change(here.peer, (tr) => tr.delete(at(here.peer, '丑'), at(here.peer, '午')));
    sync(here.peer, there.peer);
    here.settle();
    expect([here.words(), there.words()]).toEqual([null, null]);
    expect(here.named).toEqual([]);
    here.peer.undo.undo();
    sync(here.peer, there.peer);
    here.settle();
    // The colleague finds them by the quotation until the new names arrive.
    expect([here.words(), there.words()]).toEqual([QUOTE, QUOTE]);
    expect(here.named).toHaveLength(1);
    expect(there.named).toEqual([]);
    expect(here.named[0]?.first).not.toEqual(anchor.first);
    const [place] = placeAnchors(there.peer.text, here.named);
    expect(place).toMatchObject({ kind: 'words', words: QUOTE, by: 'ids' });
  });

  it('[K2] is done by who moved their block', () => {
    const { here, there } = two();
    COMMANDS['move the block before down']?.(here.peer);
    sync(here.peer, there.peer);
    here.settle();
    expect([here.words(), there.words()]).toEqual([QUOTE, QUOTE]);
    expect([here.named.length, there.named.length]).toEqual([1, 0]);
  });

  it('[K2] is not done for typing, splitting, joining and changes of kind, which keep the names', () => {
    for (const name of [
      'type inside',
      'Enter inside',
      'join into the block before',
      'to a heading',
      'bold over a part',
    ]) {
      const { here, there } = two();
      COMMANDS[name]?.(here.peer);
      sync(here.peer, there.peer);
      here.settle();
      expect([here.named, there.named], name).toEqual([[], []]);
    }
  });

  it('[K2] is not done by who may not comment', () => {
    const { here } = two(false);
    COMMANDS['move the block before down']?.(here.peer);
    here.settle();
    expect(here.words()).toBe(QUOTE);
    expect(here.named).toEqual([]);
  });
});

describe('a hundred thousand characters with two hundred comments', () => {
  it('carries the places through a keystroke without reading the text again', () => {
    const page = Array.from({ length: 950 }, (_, n) => `第${n}段${'某单位负责督促落实并于月底前反馈'.repeat(6)}`);
    const update = initialUpdate(page);
    const maker = makePeer(6, update);
    const marks = Array.from({ length: 200 }, (_, n): CommentMark => {
      return { threadId: `t${n}`, anchor: anchorOn(maker, `第${n * 4}段某单位`), isActive: false, isBlocking: false };
    });
    let asked = 0;
    const peer = makePeer(7, update, (binding, prose) => [
      createCommentAnchors({
        prose,
        binding,
        marks: () => {
          asked += 1;
          return marks;
        },
        open: () => {},
        placed: () => {},
        mayComment: () => true,
        reanchor: () => {},
      }).plugin,
    ]);
    vi.advanceTimersByTime(1_000);
    const askedBefore = asked;
    const tenKeys = () => {
      for (let n = 0; n < 10; n++) change(peer, (tr) => tr.insertText('字', tr.doc.content.size - 1));
    };
    const perKey = leastMs(tenKeys) / 10;
    vi.advanceTimersByTime(1_000);
    expect(asked).toBe(askedBefore);
    // Far below a frame, whatever the machine; the binding's own work is in it.
    expect(perKey).toBeLessThan(16);
  });
});
