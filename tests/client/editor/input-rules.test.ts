// @vitest-environment happy-dom
/** What turns into a block while one types, and what stays text. */
import { afterEach, describe, expect, it } from 'vitest';
import { type EditorScene, openEditor } from './editor-scene.ts';

let scene: EditorScene;
afterEach(() => {
  expect(scene.editor.state.doc.eq(scene.binding.initialDoc())).toBe(true);
  scene.destroy();
});

function typed(text: string, before = 'p:|'): string[] {
  scene = openEditor([before]);
  scene.type(text);
  return scene.blocks();
}

describe('typing at the start of a paragraph', () => {
  it.each([
    ['# ', 'h1:|'],
    ['## ', 'h2:|'],
    ['### ', 'h3:|'],
    ['- ', 'bullet:|'],
    ['* ', 'bullet:|'],
    ['1. ', 'numbered:|'],
    ['1．\u3000', 'numbered:|'],
    ['1、', 'numbered:|'],
    ['[] ', 'task:|'],
    ['[ ] ', 'task:|'],
    ['【】 ', 'task:|'],
    ['[x] ', 'task!:|'],
    ['- [ ] ', 'task:|'],
    ['> ', 'quote:|'],
    ['》 ', 'quote:|'],
  ])('%j becomes %s', (text, after) => {
    expect(typed(text)).toEqual([after]);
  });

  it('`---` becomes a divider and writing goes on below', () => {
    expect(typed('---')).toEqual(['divider:', 'p:|']);
  });

  it('works before words that are already there', () => {
    expect(typed('# ', 'p:|甲乙')).toEqual(['h1:|甲乙']);
  });

  it.each(['一、', '（一）', '2. ', '2、', '12. ', '#甲', '-', '1.5', '第一条 ', '#### '])('%j stays text', (text) => {
    expect(typed(text)).toEqual([`p:${text}|`]);
  });

  it('stays text in the middle of a line and in other kinds', () => {
    expect(typed('# ', 'p:甲|')).toEqual(['p:甲# |']);
    scene.destroy();
    expect(typed('# ', 'quote:|')).toEqual(['quote:# |']);
    scene.destroy();
    expect(typed('---', 'p:|甲')).toEqual(['p:---|甲']);
  });

  it('is taken back by Backspace right after it', () => {
    typed('# ');
    scene.press('Backspace');
    expect(scene.blocks()).toEqual(['p:# |']);
  });

  it('is taken back by undo', () => {
    typed('- ');
    scene.press('Mod-z');
    expect(scene.blocks()).toEqual(['p:- |']);
  });
});

describe('typing marks', () => {
  it('`**甲**` becomes bold, ==甲== highlighted', () => {
    expect(typed('**甲**乙==丙==')).toEqual(['p:甲乙==丙==|']);
    scene.destroy();
    expect(typed('甲 ==乙==')).toEqual(['p:甲 乙|']);
  });
});
