/**
 * Where a comment's words are after every command, on the replica that made the change and on another one, by the whole
 * order of finding them: a golden table, then random editing. A comment is on its own words or says that they are gone.
 */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { makeProseAnchor, placeAnchors } from '../../../shared/prose/anchors.ts';
import { findExact, findSimilar } from '../../../shared/prose/find-words.ts';
import { readProseWords } from '../../../shared/prose/prose-words.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import { writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';

function docOf(blocks: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 900;
  let ids = 0;
  writeInitialProse(
    doc,
    blocks.map((content) => ({ kind: 'p', content })),
    { newBlockId: () => `b${++ids}` },
  );
  return doc;
}

/** The anchor of the first occurrence of some words. */
function anchorOn(doc: Y.Doc, words: string) {
  const read = readProseWords(proseText(doc));
  const offset = read.text.indexOf(words);
  const anchor = makeProseAnchor(
    proseText(doc),
    read.unitAt(offset) ?? -1,
    (read.unitAt(offset + words.length - 1) ?? -1) + 1,
  );
  if (anchor === null) throw new Error(`no anchor on ${words}`);
  return anchor;
}

describe('the words of a prose', () => {
  it('know for every character which unit shows it, also inside a mention', () => {
    const doc = docOf(['甲乙', '', '丙丁']);
    proseText(doc).insertEmbed(2, { mention: { kind: 'party', id: 'p', label: '申请人甲' } }, {});
    const words = readProseWords(proseText(doc));
    expect(words.text).toBe('甲申请人甲乙\n\n丙丁');
    expect([...words.text].map((_, offset) => words.unitAt(offset))).toEqual([1, 2, 2, 2, 2, 3, null, null, 8, 9]);
    expect([0, 1, 2, 3, 4, 8, 9, 10, 11].map((index) => words.offsetOf(index))).toEqual([0, 0, 1, 5, 8, 8, 9, 10, 10]);
    expect(words.block('b3')).toMatchObject({ from: 8, to: 10 });
    expect(words.blockIdAt(9)).toBe('b3');
  });
});

describe('an anchor', () => {
  it('keeps the words and what stands around them, without the ends of blocks it only touches', () => {
    const doc = docOf(['甲乙丙丁', '子丑寅卯']);
    expect(anchorOn(doc, '乙丙').quote).toEqual({ exact: '乙丙', prefix: '甲', suffix: '丁\n子丑寅卯' });
    const text = proseText(doc);
    // From before the first block to behind the second: the words of both.
    expect(makeProseAnchor(text, 0, text.length)?.quote.exact).toBe('甲乙丙丁\n子丑寅卯');
    expect(makeProseAnchor(text, 5, 7)).toBeNull();
    expect(makeProseAnchor(text, 2, 2)).toBeNull();
  });

  it('on a mention names the whole mention', () => {
    const doc = docOf(['甲乙']);
    proseText(doc).insertEmbed(2, { mention: { kind: 'party', id: 'p', label: '申请人甲' } }, {});
    const anchor = makeProseAnchor(proseText(doc), 2, 3);
    expect(anchor?.quote.exact).toBe('申请人甲');
    expect(anchor && placeAnchors(proseText(doc), [anchor])).toMatchObject([{ kind: 'words', from: 2, to: 3 }]);
  });

  it('of a very long range marks all of it and quotes the beginning', () => {
    const doc = docOf(['字'.repeat(2000)]);
    const anchor = makeProseAnchor(proseText(doc), 1, 2001);
    expect(anchor?.quote.exact).toHaveLength(500);
    expect(anchor && placeAnchors(proseText(doc), [anchor])).toMatchObject([{ from: 1, to: 2001, by: 'ids' }]);
  });

  it('never cuts a character in two', () => {
    const doc = docOf([`${'𠮷'.repeat(40)}甲${'𠮷'.repeat(40)}`]);
    const { prefix, suffix } = anchorOn(doc, '甲').quote;
    expect([...prefix, ...suffix].every((character) => character === '𠮷')).toBe(true);
    expect(() => encodeURIComponent(prefix + suffix)).not.toThrow();
  });

  it('that names nothing here is found by its words, or gone, and never throws', () => {
    const doc = docOf(['甲乙丙丁戊己庚辛', '子丑']);
    const real = anchorOn(doc, '丙丁戊己');
    const place = (more: object) => placeAnchors(proseText(doc), [{ ...real, ...more }])[0];
    const nobody = { client: 12345, clock: 0 };
    expect(place({ first: nobody, last: nobody })).toMatchObject({ words: '丙丁戊己', by: 'quote' });
    expect(place({ first: nobody })).toMatchObject({ words: '丙丁戊己', by: 'quote' });
    expect(place({ blockId: 'none', first: nobody })).toMatchObject({ words: '丙丁戊己', by: 'quote' });
    // Ids of another root, the last before the first, words that are not there.
    doc.getMap('fields').set('header/x', 1);
    const elsewhere = { client: doc.clientID, clock: Y.getState(doc.store, doc.clientID) - 1 };
    expect(place({ first: elsewhere, last: elsewhere })).toMatchObject({ by: 'quote' });
    expect(place({ first: real.last, last: real.first })).toMatchObject({ by: 'quote' });
    const none = { exact: '没有这些字', prefix: '', suffix: '' };
    expect(place({ first: nobody, last: nobody, quote: none })).toEqual({ kind: 'gone', near: null });
  });
});

describe('finding quoted words', () => {
  const all = (text: string) => ({ from: 0, to: text.length });

  it('takes those among like ones around which the same stands', () => {
    const text = '首付400,000元，十日内付清；尾款268,650元，十日内付清。';
    const quote = { exact: '十日内', prefix: '尾款268,650元，', suffix: '付清。' };
    expect(findExact(text, quote, all(text), false)?.from).toBe(text.lastIndexOf('十日内'));
  });

  it('takes no like words in another place', () => {
    const text = '县住建局督促总包先行清偿。县人社局核对到人。';
    expect(findExact(text, { exact: '县', prefix: '由', suffix: '牵头' }, all(text), true)).toBeNull();
    expect(
      findExact(text, { exact: '清偿', prefix: '承诺在十月底前', suffix: '全部工资' }, all(text), false),
    ).toBeNull();
  });

  it('takes neither of two that agree as well', () => {
    const text = '付清工资。付清工资。';
    expect(findExact(text, { exact: '工资', prefix: '付清', suffix: '。' }, all(text), true)).toBeNull();
  });

  it('takes nearly the same words in their paragraph, and no other amount', () => {
    const quote = { exact: '十日内付清全部工资', prefix: '总包承诺', suffix: '，逾期另计' };
    const text = '总包承诺十五日内付清全部工资，逾期另计。';
    const found = findSimilar(text, quote, all(text));
    expect(found && text.slice(found.from, found.to)).toBe('十五日内付清全部工资');
    const other = '总包承诺十二月底支付利息，逾期另计。';
    expect(findSimilar(other, quote, all(other))).toBeNull();
  });
});
