/** Cells between the task table and a spreadsheet: the clipboard's form, where cells go, what a column makes of words. */
import { describe, expect, it } from 'vitest';
import { planPaste } from '../../../client/features/document/tasks/grid/paste-table.ts';
import { tableToText, textToTable } from '../../../client/features/document/tasks/grid/text-table.ts';
import { createNames } from '../../../client/fields/names.ts';
import { wordsToValue } from '../../../client/fields/words-to-value.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { randomFrom } from '../../support/random.ts';
import { MEMBERS, TODAY } from './stage.tsx';

const specs = KINDS.actionPlan.tasks ?? [];
const spec = (id: string) => {
  const found = specs.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe('cells on the clipboard', () => {
  it.each([
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['一格', [['一格']]],
    ['', [['']]],
    ['a\t\t', [['a', '', '']]],
    ['"两行\n一格"\t"引""号"', [['两行\n一格', '引"号']]],
    ['“中文引号”\t5"管', [['“中文引号”', '5"管']]],
    ['"未完', [['"未完']]],
    ['a\n\nb', [['a'], [''], ['b']]],
  ])('%j is read', (text, rows) => {
    expect(textToTable(text)).toEqual(rows);
  });

  it.each([1, 2, 3, 4, 5])('come back as they were (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const cell = () => Array.from({ length: random.int(6) }, () => random.pick([...'a甲"\t\n ,'])).join('');
    for (let i = 0; i < 200; i++) {
      const [rows, columns] = [1 + random.int(4), 1 + random.int(4)];
      const table = Array.from({ length: rows }, () => Array.from({ length: columns }, cell));
      // A last line without any words is what spreadsheets end with.
      if (table.at(-1)?.length === 1 && table.at(-1)?.[0] === '') continue;
      expect(textToTable(tableToText(table))).toEqual(table);
    }
  });
});

describe('pasted cells', () => {
  const plan = (table: string[][], row: number, column: number, selected = { rows: 1, columns: 1 }) => {
    let made = 0;
    const { cells, ...rest } = planPaste({
      table,
      at: { row, column },
      selected,
      records: ['r1', 'r2'],
      specs,
      newId: () => `new${++made}`,
    });
    return { ...rest, cells: cells.map((each) => `${each.recordId}/${each.spec.id}=${each.words}`) };
  };

  it('go from the cursor to the right and down, into new rows below the last', () => {
    expect(
      plan(
        [
          ['甲', '乙'],
          ['丙', '丁'],
        ],
        1,
        0,
      ),
    ).toEqual({
      added: ['new1'],
      outside: 0,
      cells: ['r2/problem=甲', 'r2/measure=乙', 'new1/problem=丙', 'new1/measure=丁'],
    });
  });

  it('are counted where there is no column for them', () => {
    expect(plan([['甲', '乙', '', '丙']], 0, 5)).toEqual({ added: [], outside: 2, cells: ['r1/due=甲'] });
  });

  it('fill what is selected when there is one, and leave the titles of columns out', () => {
    expect(plan([['甲']], 0, 0, { rows: 2, columns: 2 }).cells).toHaveLength(4);
    expect(
      plan(
        [
          ['责任人', 'Deadline'],
          ['何', '11-6'],
        ],
        0,
        4,
      ).cells,
    ).toEqual(['r1/owner=何', 'r1/due=11-6']);
    expect(plan([['责任人']], 0, 4).cells).toEqual(['r1/owner=责任人']);
  });
});

describe('what a column makes of words', () => {
  const directory = {
    agencies: [{ agencyId: 'labour', name: '云川县人力资源和社会保障局', shortName: '县人社局', mark: '云' }],
    people: [],
  };
  const names = createNames(directory, MEMBERS, '?');
  const value = (id: string, words: string) => wordsToValue(spec(id), words, { names, today: TODAY });

  it('is a day, a person, an agency by its short or full name, or words for somebody unknown', () => {
    expect(value('due', '2026/11/6')).toBe('2026-11-06');
    expect(value('due', ' 下周五 ')).toBe('2026-10-30');
    expect(value('owner', '何志远')).toBe('he');
    expect(value('owner', '王某某')).toBe('王某某');
    expect(value('leadAgency', '县人社局')).toBe('labour');
    expect(value('leadAgency', '云川县人力资源和社会保障局')).toBe('labour');
    expect(value('supportingAgencies', '县住建局、云川县人力资源和社会保障局；总包')).toEqual([
      'housing',
      'labour',
      '总包',
    ]);
  });

  it('is nothing for no words, and nothing it can hold for words that are no day', () => {
    expect(value('due', '  ')).toBeNull();
    expect(value('due', '尽快')).toBeUndefined();
  });
});
