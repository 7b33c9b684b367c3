/** What somebody typed key by key as one piece: byte for byte what Yjs makes of it, whatever others put between and when. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { joinTyping } from '../../../sync-server/room/typed-together.ts';
import { randomFrom } from '../../support/random.ts';

function docOf(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** What a page sends while something is done in it. */
function said(doc: Y.Doc, act: (text: Y.Text) => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  doc.on('update', keep);
  act(doc.getText('prose'));
  doc.off('update', keep);
  return updates;
}

const WORDS = ['a', '和', '衷', 'ß', '一句话', 'x'.repeat(130)];

describe('what one person typed on', () => {
  for (let seed = 1; seed <= 40; seed++) {
    it(`is one struct with the same words, in a document to which others write, seed ${seed}`, () => {
      const random = randomFrom(seed);
      const doc = docOf();
      const before = said(doc, (text) => text.insert(0, '前后'));
      let at = random.int(3);
      const type = () => {
        const word = random.pick(WORDS);
        const updates = said(doc, (text) => text.insert(at, word));
        at += word.length;
        return updates;
      };
      before.push(...type());
      const typed = Array.from({ length: 2 + random.int(20) }, type).flat();
      const joined = joinTyping(typed);
      expect(joined).not.toBeNull();
      if (joined === null) return;
      expect(Y.decodeUpdate(joined).structs).toHaveLength(1);
      const [one, each] = [docOf(...before, joined), docOf(...before, ...typed)];
      expect(Y.encodeStateAsUpdate(one)).toEqual(Y.encodeStateAsUpdate(each));
      // Somebody who had heard half of it puts words in the middle, and somebody else where it began, without having heard any.
      const half = docOf(...before, ...typed.slice(0, 1 + random.int(typed.length)));
      const inside = said(half, (text) => text.insert(random.int(text.length + 1), '内'));
      const beside = said(docOf(...before), (text) => text.insert(random.int(text.length + 1), '旁'));
      for (const others of [
        [...inside, ...beside],
        [...beside, ...inside],
      ]) {
        const early = random.chance(0.5);
        const [a, b] = early
          ? [docOf(...before, ...beside, joined, ...inside), docOf(...before, ...beside, ...typed, ...inside)]
          : [docOf(...before, joined, ...others), docOf(...before, ...typed, ...others)];
        expect(a.getText('prose').toString()).toBe(b.getText('prose').toString());
        expect(Y.encodeStateAsUpdate(a)).toEqual(Y.encodeStateAsUpdate(b));
      }
    });
  }

  it('is none when one of them is something else: a hole, another place, somebody else, a deletion', () => {
    const doc = docOf();
    const type = (at: number, word: string) => said(doc, (text) => text.insert(at, word));
    const [, b = [], c = [], d = []] = [type(0, 'a'), type(1, 'b'), type(2, 'c'), type(3, 'd')];
    expect(joinTyping([...b, ...c, ...d])).not.toBeNull();
    expect(joinTyping([...b, ...d])).toBeNull();
    expect(joinTyping([...c, ...b])).toBeNull();
    expect(joinTyping([...d, ...type(1, 'e')])).toBeNull();
    expect(joinTyping([...d, ...said(doc, (text) => text.delete(0, 1))])).toBeNull();
    const other = docOf(Y.encodeStateAsUpdate(doc));
    const own = [said(other, (text) => text.insert(0, 'f')), said(other, (text) => text.insert(1, 'g'))];
    expect(joinTyping([...d, ...(own[1] ?? [])])).toBeNull();
    expect(joinTyping([])).toBeNull();
  });
});
