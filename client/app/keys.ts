/**
 * Every key of the product as data, in the order in which a person meets them; the list on `?` shows it. What the keys do
 * is said where they are bound; this names them. `Mod` is Ctrl, or ⌘ on Apple's keyboards.
 */
import type { WordKey } from '../language/catalogue.ts';

export interface KeyRow {
  readonly word: WordKey;
  /** Each a way to do it; within one, the keys are pressed together. */
  readonly keys: readonly (readonly string[])[];
}

export interface KeyGroup {
  readonly title: WordKey;
  readonly rows: readonly KeyRow[];
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: 'keys.everywhere',
    rows: [
      { word: 'keys.list', keys: [['?']] },
      { word: 'keys.saved', keys: [['Mod', 'S']] },
      { word: 'keys.undo', keys: [['Mod', 'Z']] },
      {
        word: 'keys.redo',
        keys: [
          ['Mod', 'Shift', 'Z'],
          ['Mod', 'Y'],
        ],
      },
      { word: 'keys.leave', keys: [['Esc']] },
      { word: 'keys.nextComment', keys: [['F8'], ['Shift', 'F8']] },
    ],
  },
  {
    title: 'keys.text',
    rows: [
      { word: 'keys.kindMenu', keys: [['/']] },
      { word: 'keys.mention', keys: [['@']] },
      { word: 'keys.paragraph', keys: [['Mod', 'Alt', '0']] },
      { word: 'keys.headings', keys: [['Mod', 'Alt', '1–3']] },
      { word: 'keys.lists', keys: [['Mod', 'Shift', '7–9']] },
      { word: 'keys.indent', keys: [['Tab'], ['Shift', 'Tab']] },
      { word: 'keys.check', keys: [['Mod', 'Enter']] },
      { word: 'keys.marks', keys: [['Mod', 'B / I / U']] },
      { word: 'keys.link', keys: [['Mod', 'K']] },
      { word: 'keys.comment', keys: [['Mod', 'Alt', 'M']] },
      { word: 'keys.moveBlock', keys: [['Alt', 'Shift', '↑ ↓']] },
      { word: 'keys.toolbar', keys: [['Alt', 'F10']] },
    ],
  },
  {
    title: 'keys.tasks',
    rows: [
      { word: 'keys.cellMove', keys: [['↑ ↓ ← →'], ['Tab']] },
      { word: 'keys.cellOpen', keys: [['Enter'], ['F2']] },
      { word: 'keys.cellDone', keys: [['Enter'], ['Tab']] },
      { word: 'keys.cellCancel', keys: [['Esc']] },
      { word: 'keys.cellClear', keys: [['Delete']] },
      {
        word: 'keys.cellSelect',
        keys: [
          ['Shift', '↑ ↓ ← →'],
          ['Mod', 'A'],
        ],
      },
      {
        word: 'keys.cellCopy',
        keys: [
          ['Mod', 'C'],
          ['Mod', 'X'],
          ['Mod', 'V'],
        ],
      },
      {
        word: 'keys.taskEnds',
        keys: [
          ['Mod', 'Home'],
          ['Mod', 'End'],
        ],
      },
      { word: 'keys.taskAdd', keys: [['Mod', 'Enter']] },
      { word: 'keys.taskMove', keys: [['Alt', 'Shift', '↑ ↓']] },
      { word: 'keys.cellComment', keys: [['Mod', 'Alt', 'M']] },
    ],
  },
  {
    title: 'keys.minutes',
    rows: [
      { word: 'keys.decide', keys: [['Mod', 'Alt', 'D']] },
      { word: 'keys.toTask', keys: [['Mod', 'Alt', 'T']] },
      { word: 'keys.moveItem', keys: [['Alt', 'Shift', '↑ ↓']] },
    ],
  },
];
