import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyTextChange, diffText, mapCaret, recordTexts } from '../../../shared/fields/text-cell.ts';

const SEED = 4711;
const words = fc.string({ unit: fc.constantFrom('a', 'b', '工', '资', '😀', '😃', '\n'), maxLength: 12 });

function cellOf(text: string): Y.Text {
  const ytext = new Y.Doc().getText('t/header/goal');
  ytext.insert(0, text);
  return ytext;
}

/** Whether every surrogate has its partner. */
const isWhole = (text: string) => !/\p{Surrogate}/u.test(text);

describe('a long text cell', () => {
  it(`takes any change of the text box (seed ${SEED})`, () => {
    fc.assert(
      fc.property(words, words, fc.nat(12), (before, after, caret) => {
        const ytext = cellOf(before);
        applyTextChange(ytext, before, after, caret);
        expect(ytext.toString()).toBe(after);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it(`never cuts a surrogate pair (seed ${SEED})`, () => {
    fc.assert(
      fc.property(words, words, fc.nat(12), (before, after, caret) => {
        const change = diffText(before, after, caret);
        if (!change) return;
        expect(isWhole(change.inserted)).toBe(true);
        expect(isWhole(before.slice(0, change.index))).toBe(true);
        expect(isWhole(before.slice(change.index + change.removed))).toBe(true);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('writes no more than what was typed, where it was typed', () => {
    expect(diffText('工资工资', '工资工资工资', 4)).toEqual({ index: 2, removed: 0, inserted: '工资' });
    expect(diffText('aaaa', 'aaaaa', 1)).toEqual({ index: 0, removed: 0, inserted: 'a' });
    expect(diffText('aaaa', 'aaa', 2)).toEqual({ index: 2, removed: 1, inserted: '' });
    expect(diffText('same', 'same')).toBeNull();
  });

  it('keeps what a colleague wrote while the box showed the older text', () => {
    const ytext = cellOf('核对考勤、工资台账');
    ytext.insert(2, '【乙】');
    applyTextChange(ytext, '核对考勤、工资台账', '核对考勤、工资台账、银行流水');
    expect(ytext.toString()).toBe('核对【乙】考勤、工资台账、银行流水');
    // Even in the middle of what was removed here.
    const other = cellOf('一二三四');
    other.insert(2, '【乙】');
    applyTextChange(other, '一二三四', '一四', 1);
    expect(other.toString()).toBe('一【乙】四');
  });

  it('leaves the caret where it was in the words', () => {
    const ytext = cellOf('abcdef');
    const seen: number[] = [];
    ytext.observe((event) => seen.push(mapCaret(3, event.delta)));
    ytext.insert(0, 'XX');
    ytext.delete(0, 2);
    ytext.insert(3, 'at the caret');
    ytext.delete(1, 20);
    expect(seen).toEqual([5, 1, 3, 1]);
  });

  it('is found by its record', () => {
    const doc = new Y.Doc();
    doc.getText('t/r1/measure').insert(0, '甲');
    doc.getText('t/r10/measure').insert(0, '乙');
    expect([...recordTexts(doc, 'r1')].map(([field, ytext]) => [field, ytext.toString()])).toEqual([['measure', '甲']]);
  });
});
