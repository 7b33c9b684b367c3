// @vitest-environment happy-dom
/** Carets of colleagues: whose they are, where they stand, when they are drawn; and what one tells of one's own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { isCaretWithin } from '../../../client/editor/carets/caret-plugin.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import { type EditorScene, openEditor } from './editor-scene.ts';

const HE = { personId: 'p1', name: '何志远', agencyName: '县人社局' };

let scene: EditorScene;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  scene.destroy();
  vi.useRealTimers();
});

/** A colleague whose caret stands between two units of the prose. */
function colleague(person: unknown, anchor: number, head = anchor, cursor?: unknown): Awareness {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const text = proseText(scene.doc);
  const relative = (index: number) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index));
  awareness.setLocalState({ person, cursor: cursor ?? { anchor: relative(anchor), head: relative(head) } });
  applyAwarenessUpdate(scene.awareness, encodeAwarenessUpdate(awareness, [awareness.clientID]), 'relay');
  vi.advanceTimersByTime(0);
  return awareness;
}

const drawn = () =>
  [...scene.editor.view.dom.querySelectorAll('.caret')].map((caret) => [
    caret.textContent,
    caret.previousSibling?.textContent ?? '',
  ]);

describe('carets of colleagues', () => {
  it('are drawn with name and agency where they stand, and the selection tinted', () => {
    scene = openEditor(['p:甲乙丙']);
    colleague(HE, 1, 3);
    expect(drawn()).toEqual([['何志远 · 县人社局', '甲乙']]);
    const tint = scene.editor.view.dom.querySelector('.caret-selection');
    expect(tint?.textContent).toBe('甲乙');
    expect(tint?.getAttribute('style')).toMatch(/--person-light: #[0-9a-f]{6}/);
  });

  it('move with the words and go with the colleague', () => {
    scene = openEditor(['p:|甲乙']);
    const other = colleague(HE, 2);
    scene.type('前');
    vi.advanceTimersByTime(10);
    expect(drawn()).toEqual([['何志远 · 县人社局', '前甲']]);
    expect(isCaretWithin(scene.editor.state, 0, 5)).toBe(true);
    expect(isCaretWithin(scene.editor.state, 5, 5)).toBe(false);
    other.setLocalState(null);
    applyAwarenessUpdate(scene.awareness, encodeAwarenessUpdate(other, [other.clientID]), 'relay');
    vi.advanceTimersByTime(100);
    expect(drawn()).toEqual([]);
  });

  it('of strange states are none', () => {
    scene = openEditor(['p:甲']);
    for (const cursor of [
      null,
      7,
      {},
      { anchor: 1, head: 2 },
      { anchor: { type: null }, head: {} },
      { anchor: [], head: '' },
    ]) {
      colleague(HE, 1, 1, cursor ?? undefined);
    }
    colleague(undefined, 1);
    colleague({ personId: 1, name: {}, agencyName: null }, 1);
    expect(drawn().filter(([label]) => label !== '何志远 · 县人社局')).toEqual([]);
  });

  it('are not drawn anew while an input method composes, and then all at once', () => {
    scene = openEditor(['p:甲乙']);
    const { view } = scene.editor;
    view.dom.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    expect(view.composing).toBe(true);
    const dispatched = vi.spyOn(view, 'dispatch');
    colleague(HE, 1);
    vi.advanceTimersByTime(500);
    expect(dispatched).not.toHaveBeenCalled();
    expect(drawn()).toEqual([]);
    view.dom.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    vi.advanceTimersByTime(500);
    expect(view.composing).toBe(false);
    expect(drawn()).toHaveLength(1);
  });
});

describe("one's own caret", () => {
  const told = () => scene.awareness.getLocalState()?.cursor as { anchor: unknown; head: unknown } | null | undefined;

  it('is told as places in the words while the text has the focus, and taken back', () => {
    scene = openEditor(['p:甲乙']);
    const { view } = scene.editor;
    const focus = vi.spyOn(view, 'hasFocus').mockReturnValue(true);
    scene.select(2, 3);
    vi.advanceTimersByTime(200);
    const at = (json: unknown) =>
      Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), scene.doc)?.index;
    expect([at(told()?.anchor), at(told()?.head)]).toEqual([2, 3]);
    focus.mockReturnValue(false);
    view.dom.dispatchEvent(new FocusEvent('blur'));
    vi.advanceTimersByTime(200);
    expect(told()).toBeNull();
  });

  it('is not told more often than needed', () => {
    scene = openEditor(['p:甲乙丙丁']);
    vi.spyOn(scene.editor.view, 'hasFocus').mockReturnValue(true);
    const tell = vi.spyOn(scene.awareness, 'setLocalStateField');
    for (const pos of [1, 2, 3, 4, 3, 2]) scene.select(pos);
    vi.advanceTimersByTime(200);
    expect(tell).toHaveBeenCalledTimes(1);
    scene.select(3);
    scene.select(2);
    vi.advanceTimersByTime(200);
    expect(tell).toHaveBeenCalledTimes(1);
  });
});
