// @vitest-environment happy-dom
/** When remote changes are held for an input method, and that they always come through again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EditorScene, openEditor } from './editor-scene.ts';

let scene: EditorScene;
beforeEach(() => {
  vi.useFakeTimers();
  scene = openEditor(['p:甲|']);
});
afterEach(() => {
  scene.destroy();
  vi.useRealTimers();
});

const tell = (type: string) => scene.editor.view.dom.dispatchEvent(new CompositionEvent(type, { bubbles: true }));

describe('the hold while an input method composes', () => {
  it('[C7] begins with the composition and ends when its last change has been read', () => {
    tell('compositionstart');
    expect(scene.holds).toEqual(['hold']);
    tell('compositionend');
    vi.advanceTimersByTime(30);
    expect(scene.holds).toEqual(['hold']);
    vi.advanceTimersByTime(200);
    expect(scene.editor.view.composing).toBe(false);
    expect(scene.holds).toEqual(['hold', 'release']);
  });

  it('[C7] goes on through words composed one right after the other', () => {
    tell('compositionstart');
    tell('compositionend');
    vi.advanceTimersByTime(10);
    tell('compositionstart');
    vi.advanceTimersByTime(5_000);
    expect(scene.holds).toEqual(['hold']);
    tell('compositionend');
    vi.advanceTimersByTime(200);
    expect(scene.holds).toEqual(['hold', 'release']);
  });

  it('[C7] ends when the person leaves the text without finishing', () => {
    tell('compositionstart');
    scene.editor.view.dom.dispatchEvent(new FocusEvent('blur'));
    vi.advanceTimersByTime(200);
    expect(scene.holds).toEqual(['hold', 'release']);
  });

  it('[C7] ends with the editor', () => {
    tell('compositionstart');
    scene.destroy();
    expect(scene.holds).toEqual(['hold', 'release']);
    scene = openEditor([]);
  });
});
