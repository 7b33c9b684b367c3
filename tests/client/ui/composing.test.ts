// @vitest-environment happy-dom
/** The guard that keeps keys of an input method from a page: which it takes, and which it leaves alone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardComposition } from '../../../client/ui/composing.ts';

describe('a key of an input method', () => {
  let endGuard = () => {};
  let heard: string[] = [];
  const hear = ({ key }: KeyboardEvent) => heard.push(key);

  beforeEach(() => {
    heard = [];
    document.body.innerHTML = '<form><input><textarea></textarea></form><div contenteditable="true"></div>';
    endGuard = guardComposition(window);
    window.addEventListener('keydown', hear, true);
  });
  afterEach(() => {
    endGuard();
    window.removeEventListener('keydown', hear, true);
  });

  const press = (selector: string, key: string, how: KeyboardEventInit = {}): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how });
    document.querySelector(selector)?.dispatchEvent(event);
    return event;
  };

  it.each([
    'input',
    'textarea',
  ])('reaches no listener from an %s, while it composes and right after as in Safari', (box) => {
    for (const key of ['Enter', 'Escape', 'Tab', 'ArrowDown', 'Backspace']) {
      press(box, key, { isComposing: true });
      press(box, key, { keyCode: 229 });
    }
    expect(heard).toEqual([]);
  });

  it('sends no form with Enter, and is otherwise left to the browser', () => {
    expect(press('input', 'Enter', { keyCode: 229 }).defaultPrevented).toBe(true);
    expect(press('input', 'Escape', { keyCode: 229 }).defaultPrevented).toBe(false);
  });

  it('is heard by the prose editor, which knows by itself', () => {
    press('[contenteditable]', 'Enter', { isComposing: true });
    expect(heard).toEqual(['Enter']);
  });

  it('is any other when nothing composes', () => {
    expect(press('input', 'Enter', { keyCode: 13 }).defaultPrevented).toBe(false);
    expect(heard).toEqual(['Enter']);
  });
});
