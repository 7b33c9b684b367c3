// @vitest-environment happy-dom
/** Keys and commands of the prose editor, seen in the shared text they leave behind. */
import { afterEach, describe, expect, it } from 'vitest';
import { insertDivider, setKind, toggleChecked, toggleListKind } from '../../../client/editor/commands/block-kinds.ts';
import { linkAtSelection, removeLink, setLink, typedToHref } from '../../../client/editor/commands/link.ts';
import { readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { type EditorScene, openEditor } from './editor-scene.ts';

let scene: EditorScene;
afterEach(() => {
  expect(scene.binding.counters.fallbacks).toBe(0);
  expect(scene.editor.state.doc.eq(scene.binding.initialDoc())).toBe(true);
  scene.destroy();
});

/** What a row of keys makes of blocks. */
function pressed(before: readonly string[], ...keys: string[]): string[] {
  scene = openEditor(before);
  for (const key of keys) scene.press(key);
  return scene.blocks();
}

describe('Enter', () => {
  it.each([
    ['parts a paragraph', ['p:甲乙|丙'], ['p:甲乙', 'p:|丙']],
    ['keeps the kind of a heading in both halves', ['h2:甲|乙'], ['h2:甲', 'h2:|乙']],
    ['writes a paragraph after a heading', ['h1:甲乙|', 'p:丙'], ['h1:甲乙', 'p:|', 'p:丙']],
    ['puts a plain paragraph above a heading at its start', ['h1:|甲乙'], ['p:', 'h1:|甲乙']],
    ['goes on with a list at its depth', ['numbered@1:甲|'], ['numbered@1:甲', 'numbered@1:|']],
    ['begins an open task after a done one', ['task!:甲|'], ['task!:甲', 'task:|']],
    ['leaves the done task done when pressed at its start', ['task!:|甲'], ['task:', 'task!:|甲']],
    ['leaves the list in an empty item', ['bullet:甲', 'bullet:|'], ['bullet:甲', 'p:|']],
    ['goes one level out in an empty deeper item', ['bullet:甲', 'bullet@1:|'], ['bullet:甲', 'bullet:|']],
    ['leaves an empty quote', ['quote:|'], ['p:|']],
    ['writes below a divider', ['divider:|', 'p:甲'], ['divider:', 'p:|', 'p:甲']],
  ])('%s', (_name, before, after) => {
    expect(pressed(before, 'Enter')).toEqual(after);
  });

  it('replaces what is selected, across blocks', () => {
    scene = openEditor(['p:甲乙', 'h1:丙丁']);
    scene.select(2, 6);
    scene.press('Enter');
    expect(scene.blocks()).toEqual(['p:甲', 'p:|丁']);
  });

  it('goes on with the marks of the words before', () => {
    scene = openEditor(['p:甲']);
    scene.select(1, 2);
    scene.press('Mod-b');
    scene.select(2);
    scene.press('Enter');
    scene.type('乙');
    const [, second] = readProse(proseText(scene.doc), blockKeys(scene.doc));
    expect(second?.content).toEqual([{ type: 'text', text: '乙', format: { bold: true } }]);
  });
});

describe('Backspace and Delete', () => {
  it.each([
    ['Backspace makes a heading plain first', 'Backspace', ['p:甲', 'h1:|乙'], ['p:甲', 'p:|乙']],
    ['Backspace takes a deep item out of its list', 'Backspace', ['bullet:甲', 'bullet@1:|乙'], ['bullet:甲', 'p:|乙']],
    ['Backspace takes back the indent of a paragraph', 'Backspace', ['p@2:|乙'], ['p:|乙']],
    ['Backspace makes a done task a paragraph', 'Backspace', ['task!:|乙'], ['p:|乙']],
    ['Backspace makes an unknown kind plain', 'Backspace', ['callout:|乙'], ['p:|乙']],
    ['Backspace then joins', 'Backspace', ['h1:甲', 'p:|乙'], ['h1:甲|乙']],
    ['Backspace at the very start does nothing', 'Backspace', ['p:|甲'], ['p:|甲']],
    ['Backspace removes a divider before the caret', 'Backspace', ['p:甲', 'divider:', 'p:|乙'], ['p:甲', 'p:|乙']],
    ['Delete joins the next block', 'Delete', ['h1:甲|', 'p:乙'], ['h1:甲|乙']],
    ['Delete removes an empty paragraph and keeps the heading', 'Delete', ['p:|', 'h1:乙'], ['h1:|乙']],
    ['Delete removes a divider after the caret', 'Delete', ['p:甲|', 'divider:', 'p:乙'], ['p:甲|', 'p:乙']],
    ['Delete at the very end does nothing', 'Delete', ['p:甲|'], ['p:甲|']],
  ])('%s', (_name, key, before, after) => {
    expect(pressed(before, key)).toEqual(after);
  });

  it('both remove a mention beside the caret whole', () => {
    scene = openEditor(['p:甲乙|丙']);
    const mention = scene.editor.schema.node('mention', { kind: 'person', id: '1', label: '何' });
    scene.editor.view.dispatch(scene.editor.state.tr.insert(3, mention));
    expect(scene.blocks()).toEqual(['p:甲乙@|丙']);
    scene.press('Backspace');
    expect(scene.blocks()).toEqual(['p:甲乙|丙']);
    scene.editor.view.dispatch(scene.editor.state.tr.insert(3, mention));
    scene.select(3);
    scene.press('Delete');
    expect(scene.blocks()).toEqual(['p:甲乙|丙']);
  });
});

describe('Tab', () => {
  it('moves an item in, at most one deeper than the item before, and out', () => {
    expect(pressed(['bullet:甲', 'bullet:|乙'], 'Tab', 'Tab')).toEqual(['bullet:甲', 'bullet@1:|乙']);
    scene.press('Shift-Tab');
    expect(scene.blocks()).toEqual(['bullet:甲', 'bullet:|乙']);
  });

  it('moves all selected items', () => {
    scene = openEditor(['numbered:甲', 'numbered:乙', 'task:丙']);
    scene.select(5, 8);
    scene.press('Tab');
    expect(scene.blocks()).toEqual(['numbered:甲', 'numbered@1:乙', 'task@1:丙']);
  });

  it('is left to the page outside lists, so that the keyboard can leave', () => {
    scene = openEditor(['p:|甲']);
    expect(scene.press('Tab')).toBe(false);
    expect(scene.press('Shift-Tab')).toBe(false);
  });
});

describe('kinds', () => {
  it.each([
    ['Mod-Alt-1', 'h1:|甲'],
    ['Mod-Alt-2', 'h2:|甲'],
    ['Mod-Alt-3', 'h3:|甲'],
    ['Mod-Shift-7', 'numbered:|甲'],
    ['Mod-Shift-8', 'bullet:|甲'],
    ['Mod-Shift-9', 'task:|甲'],
  ])('%s makes a paragraph %s', (key, after) => {
    expect(pressed(['p:|甲'], key)).toEqual([after]);
  });

  it('Mod-Alt-0 makes anything plain again', () => {
    expect(pressed(['task@1!:|甲'], 'Mod-Alt-0')).toEqual(['p:|甲']);
  });

  it('a list key pressed on a whole list ends it', () => {
    scene = openEditor(['bullet:甲', 'bullet@1:乙', 'p:丙']);
    scene.select(1, 5);
    scene.run(toggleListKind('bullet'));
    expect(scene.blocks()).toEqual(['p:甲', 'p:乙', 'p:丙']);
  });

  it('a list key pressed on a mixed selection makes all of it that list and keeps its depth', () => {
    scene = openEditor(['bullet:甲', 'bullet@1:乙', 'p:丙']);
    scene.select(1, 8);
    scene.run(toggleListKind('numbered'));
    expect(scene.blocks()).toEqual(['numbered:甲', 'numbered@1:乙', 'numbered:丙']);
  });

  it('changing the kind of a block writes only keys and never a word', () => {
    scene = openEditor(['p:甲|']);
    const before = JSON.stringify(proseText(scene.doc).toDelta());
    scene.run(setKind('h2'));
    expect(JSON.stringify(proseText(scene.doc).toDelta())).toBe(before);
  });

  it('Mod-Enter checks the selected tasks and unchecks them when all are done', () => {
    scene = openEditor(['task!:甲', 'task:乙']);
    scene.select(1, 5);
    scene.press('Mod-Enter');
    expect(scene.blocks()).toEqual(['task!:甲', 'task!:乙']);
    scene.run(toggleChecked);
    expect(scene.blocks()).toEqual(['task:甲', 'task:乙']);
  });

  it('a divider takes an empty paragraph, or comes after the words, and writing goes on below', () => {
    scene = openEditor(['p:|']);
    scene.run(insertDivider);
    expect(scene.blocks()).toEqual(['divider:', 'p:|']);
    scene.destroy();
    scene = openEditor(['p:甲|', 'h1:乙']);
    scene.run(insertDivider);
    expect(scene.blocks()).toEqual(['p:甲', 'divider:', 'h1:|乙']);
  });
});

describe('moving blocks', () => {
  it('Alt-Shift-arrows move the block with the caret', () => {
    expect(pressed(['p:甲', 'h1:乙|', 'p:丙'], 'Alt-Shift-ArrowUp')).toEqual(['h1:乙|', 'p:甲', 'p:丙']);
    scene.press('Alt-Shift-ArrowDown');
    scene.press('Alt-Shift-ArrowDown');
    expect(scene.blocks()).toEqual(['p:甲', 'p:丙', 'h1:乙|']);
    expect(scene.press('Alt-Shift-ArrowDown')).toBe(true);
    expect(scene.blocks()).toEqual(['p:甲', 'p:丙', 'h1:乙|']);
  });
});

describe('undo', () => {
  it('Mod-z, Mod-Shift-z and Mod-y go to the one undo stack', () => {
    scene = openEditor(['p:甲|']);
    scene.type('乙');
    scene.press('Mod-z');
    expect(scene.blocks()).toEqual(['p:甲|']);
    scene.press('Mod-Shift-z');
    expect(scene.blocks()).toEqual(['p:甲乙|']);
    scene.press('Mod-z');
    scene.press('Mod-y');
    expect(scene.blocks()).toEqual(['p:甲乙|']);
  });
});

describe('marks', () => {
  it.each([
    ['Mod-b', 'bold'],
    ['Mod-i', 'italic'],
    ['Mod-u', 'underline'],
    ['Mod-Shift-s', 'strike'],
    ['Mod-Shift-h', 'highlight'],
  ])('%s is %s, on and off', (key, mark) => {
    scene = openEditor(['p:甲乙']);
    scene.select(1, 3);
    scene.press(key);
    const content = () => readProse(proseText(scene.doc), blockKeys(scene.doc))[0]?.content;
    expect(content()).toEqual([{ type: 'text', text: '甲乙', format: { [mark]: true } }]);
    scene.press(key);
    expect(content()).toEqual([{ type: 'text', text: '甲乙', format: {} }]);
  });
});

describe('links', () => {
  it('are set on words, found from inside, changed and taken away', () => {
    scene = openEditor(['p:见附件。']);
    expect(setLink({ from: 2, to: 4 }, 'https://a.cn/1')(scene.editor.state, scene.editor.view.dispatch)).toBe(true);
    scene.select(3);
    expect(linkAtSelection(scene.editor.state)).toEqual({ from: 2, to: 4, href: 'https://a.cn/1' });
    scene.run(setLink(linkAtSelection(scene.editor.state), 'mailto:a@b.cn'));
    expect(linkAtSelection(scene.editor.state).href).toBe('mailto:a@b.cn');
    scene.run(removeLink({ from: 2, to: 4 }));
    expect(linkAtSelection(scene.editor.state)).toEqual({ from: 3, to: 3, href: '' });
  });

  it('without selected words write the address itself, and words typed behind it are not linked', () => {
    scene = openEditor(['p:|']);
    scene.run(setLink({ from: 1, to: 1 }, 'https://a.cn'));
    scene.type('。');
    expect(scene.blocks()).toEqual(['p:https://a.cn。|']);
    const [block] = readProse(proseText(scene.doc), blockKeys(scene.doc));
    expect(block?.content.at(-1)).toEqual({ type: 'text', text: '。', format: {} });
  });

  it('take only web and mail addresses', () => {
    scene = openEditor(['p:甲']);
    expect(setLink({ from: 1, to: 2 }, 'javascript:alert(1)')(scene.editor.state, scene.editor.view.dispatch)).toBe(
      false,
    );
    const accepted = [
      'www.gov.cn',
      'https://a.cn/b?c=d',
      'a@b.gov.cn',
      'mailto:a@b.cn',
      'localhost:4870/x',
      ' http://a.cn ',
    ];
    expect(accepted.map(typedToHref)).toEqual([
      'https://www.gov.cn',
      'https://a.cn/b?c=d',
      'mailto:a@b.gov.cn',
      'mailto:a@b.cn',
      null,
      'http://a.cn',
    ]);
    const refused = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'ftp://a.cn', '', '甲 乙', 'vbscript:x'];
    expect(refused.map(typedToHref)).toEqual(refused.map(() => null));
  });
});
