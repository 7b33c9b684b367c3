/**
 * A text one may not change but can read like any other: the caret moves and selects by keyboard, which the browser gives
 * only to editable elements. So the element stays editable and every change is refused, wherever it comes from, with a word
 * to the person. Remote changes come through. Must stand before all plugins that act on keys, clipboard and mouse.
 */
import { Plugin } from '@tiptap/pm/state';
import { isSafeHref } from '../../shared/prose/links.ts';
import { isRemote } from './binding/pending-steps.ts';

export type ReadingOptions = {
  readonly mayEdit: () => boolean;
  /** The person tried to change something. */
  readonly refused: () => void;
};

/** Keys that move, select or leave. With Ctrl or ⌘ they move further. */
const MOVING = /^(Arrow|Home$|End$|Page|Escape$|Shift$|Control$|Alt$|Meta$|CapsLock$|ContextMenu$|F\d+$)/;
/** Keys that change the text without being a character. */
const CHANGING = new Set(['Enter', 'Backspace', 'Delete', 'Process', 'Unidentified']);
/** With Ctrl or ⌘: undo, redo, cut, paste, marks. */
const CHANGING_WITH_MOD = new Set(['z', 'y', 'x', 'v', 'b', 'i', 'u']);

type Fate =
  /** The editor's own handling. */
  | 'ours'
  /** Refused, with a word. */
  | 'refused'
  /** Not for the text: the browser and the page have it. */
  | 'page';

/** What becomes of a key in a text that may not be changed. */
export function fateOfKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>): Fate {
  const { key, ctrlKey, metaKey, altKey } = event;
  const hasMod = ctrlKey || metaKey;
  // An input method: what it writes is refused when it is written.
  if (event.isComposing || key === 'Dead') return 'ours';
  if (MOVING.test(key)) return 'ours';
  if (hasMod && altKey) return key.toLowerCase() === 'm' || key === 'µ' ? 'ours' : 'page';
  if (hasMod && key.toLowerCase() === 'a') return 'ours';
  if (hasMod) return CHANGING_WITH_MOD.has(key.toLowerCase()) || CHANGING.has(key) ? 'refused' : 'page';
  if (key === 'Tab' || altKey) return 'page';
  return CHANGING.has(key) || [...key].length === 1 ? 'refused' : 'page';
}

export function readingMode({ mayEdit, refused }: ReadingOptions): Plugin {
  const refuse = (event: Event): boolean => {
    if (mayEdit()) return false;
    event.preventDefault();
    refused();
    return true;
  };
  return new Plugin({
    filterTransaction: (tr) => {
      if (mayEdit() || !tr.docChanged || isRemote(tr)) return true;
      refused();
      return false;
    },
    props: {
      // No keyboard comes up on a phone.
      attributes: (): Record<string, string> => (mayEdit() ? {} : { inputmode: 'none' }),
      handleDOMEvents: {
        keydown: (_view, event) => {
          if (mayEdit()) return false;
          const fate = fateOfKey(event);
          if (fate === 'refused') return refuse(event);
          return fate === 'page';
        },
        beforeinput: (_view, event) => refuse(event),
        compositionstart: () => {
          if (!mayEdit()) refused();
          return false;
        },
        cut: (_view, event) => refuse(event),
        paste: (_view, event) => refuse(event),
        drop: (_view, event) => refuse(event),
        click: (view, event) => {
          if (mayEdit() || event.button !== 0 || !view.state.selection.empty) return false;
          const link = event.target instanceof Element ? event.target.closest('a') : null;
          const href = link?.getAttribute('href') ?? '';
          // For who only reads a link is a link.
          if (!isSafeHref(href)) return false;
          event.preventDefault();
          window.open(href, '_blank', 'noopener,noreferrer');
          return true;
        },
      },
    },
  });
}
