// @vitest-environment happy-dom
/** A text one may only read: every change made here is refused with a word, the caret moves, colleagues' changes come. */
import { afterEach, describe, expect, it } from 'vitest';
import { fateOfKey } from '../../../client/editor/reading-mode.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import { type EditorScene, openEditor } from './editor-scene.ts';

let scene: EditorScene;
let mayEdit = false;
const open = (blocks: readonly string[]) => {
  mayEdit = false;
  scene = openEditor(blocks, undefined, { mayEdit: () => mayEdit });
  return scene;
};
afterEach(() => scene.destroy());

const tell = (event: Event) => {
  scene.editor.view.dom.dispatchEvent(event);
  return event.defaultPrevented;
};

describe('a text that may only be read', () => {
  it('refuses typing, keys, commands and paste, and says so', () => {
    open(['p:甲乙|丙', 'task:丁']);
    const before = scene.blocks();
    scene.type('字');
    scene.paste({ 'text/plain': '贴' });
    scene.press('Enter');
    scene.press('Mod-Alt-1');
    scene.run((state, dispatch) => {
      dispatch?.(state.tr.delete(1, 2));
      return true;
    });
    expect(scene.blocks()).toEqual(before);
    expect(scene.notices.length).toBeGreaterThanOrEqual(5);
    expect(new Set(scene.notices.map(({ kind }) => kind))).toEqual(new Set(['readOnly']));
  });

  it('stops what the browser would write, and lets it move and select', () => {
    open(['p:甲|']);
    for (const type of ['cut', 'paste', 'drop']) {
      expect(tell(new Event(type, { bubbles: true, cancelable: true })), type).toBe(true);
    }
    expect(tell(new InputEvent('beforeinput', { bubbles: true, cancelable: true }))).toBe(true);
    expect(tell(new KeyboardEvent('keydown', { key: 'x', bubbles: true, cancelable: true }))).toBe(true);
    expect(tell(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true, cancelable: true }))).toBe(
      false,
    );
    scene.select(1, 2);
    expect(scene.editor.state.selection.empty).toBe(false);
    expect(scene.editor.view.editable).toBe(true);
    expect(scene.editor.view.dom.getAttribute('inputmode')).toBe('none');
  });

  it('shows what colleagues write', () => {
    open(['p:甲|']);
    scene.doc.transact(() => proseText(scene.doc).insert(2, '乙', {}), ORIGIN.connection);
    expect(scene.blocks()).toEqual(['p:甲|乙']);
    expect(scene.notices).toEqual([]);
  });

  it('is written as ever once one may', () => {
    open(['p:甲|']);
    mayEdit = true;
    scene.type('乙');
    expect(scene.blocks()).toEqual(['p:甲乙|']);
    expect(scene.notices).toEqual([]);
  });
});

describe('a key in a text that may only be read', () => {
  const key = (name: string, more: object = {}) => ({
    key: name,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    ...more,
  });
  const ctrl = { ctrlKey: true };
  it.each([
    ['moves', 'ours', key('ArrowRight')],
    ['moves by a word', 'ours', key('ArrowRight', ctrl)],
    ['moves to the end', 'ours', key('End')],
    ['selects all', 'ours', key('a', ctrl)],
    ['comments', 'ours', key('m', { ...ctrl, altKey: true })],
    ['comments on Apple’s keyboards', 'ours', key('µ', { metaKey: true, altKey: true })],
    ['goes to the toolbar', 'ours', key('F10', { altKey: true })],
    ['leaves', 'page', key('Tab')],
    ['copies', 'page', key('c', ctrl)],
    ['searches', 'page', key('f', ctrl)],
    ['makes a heading', 'page', key('1', { ...ctrl, altKey: true })],
    ['writes', 'refused', key('字')],
    ['writes a space', 'refused', key(' ')],
    ['splits', 'refused', key('Enter')],
    ['deletes', 'refused', key('Backspace')],
    ['deletes a word', 'refused', key('Delete', ctrl)],
    ['cuts', 'refused', key('x', ctrl)],
    ['undoes', 'refused', key('z', ctrl)],
    ['makes bold', 'refused', key('B', { metaKey: true })],
  ] as const)('that %s is %s', (_what, fate, event) => {
    expect(fateOfKey(event)).toBe(fate);
  });
});
