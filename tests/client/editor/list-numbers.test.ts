/** Numbers of items follow from the row of kinds and indents. */
import { describe, expect, it } from 'vitest';
import { countBlocks, numberLabel } from '../../../client/editor/drawing/list-numbers.ts';

/** `1` numbered at indent 0, `2` at indent 1 …; `-` a paragraph, `=` an indented one, `.` a bullet at indent 1. */
function numbers(row: string): number[] {
  return countBlocks(
    [...row].map((sign) => {
      if (sign === '-') return { kind: 'p', indent: 0 };
      if (sign === '=') return { kind: 'p', indent: 1 };
      if (sign === '.') return { kind: 'bullet', indent: 1 };
      return { kind: 'numbered', indent: Number(sign) - 1 };
    }),
  );
}

describe('numbers of items', () => {
  it.each([
    ['111', [1, 2, 3]],
    ['11-11', [1, 2, 0, 1, 2]],
    ['1221222', [1, 1, 2, 2, 1, 2, 3]],
    ['1=1', [1, 0, 2]],
    ['12.2', [1, 1, 0, 1]],
    ['1.1', [1, 0, 2]],
    ['3231', [1, 1, 1, 1]],
    ['-', [0]],
    ['', []],
  ])('of %j are %j', (row, expected) => {
    expect(numbers(row)).toEqual(expected);
  });

  it('are written by depth as official papers do', () => {
    expect([0, 1, 2, 3, 4].map((indent) => numberLabel(3, indent))).toEqual(['3.', '（3）', '③', '3.', '（3）']);
    expect(numberLabel(21, 2)).toBe('21）');
    expect(numberLabel(20, 2)).toBe('⑳');
  });
});
