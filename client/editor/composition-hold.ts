/**
 * Holds remote changes while an input method composes, because a change behind the caret in the same paragraph ends the
 * composition and leaves half-typed letters in the text. They are held before the document, by the function given, which
 * also makes the word one step of undo; here is only when. Released a moment after the composition's end, when its last
 * change has been read, and on leaving the editor.
 */
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** The browser reports the composed words up to 20 ms after the end of the composition. */
const SETTLE_MS = 35;

/** @param hold begins to hold remote changes and returns what releases them */
export function compositionHold(hold: () => () => void): Plugin {
  let release: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    clearTimeout(timer);
    release ??= hold();
  };
  const end = () => {
    clearTimeout(timer);
    release?.();
    release = null;
  };
  const endWhenSettled = (view: EditorView) => {
    clearTimeout(timer);
    timer = setTimeout(() => (view.composing && !view.isDestroyed ? endWhenSettled(view) : end()), SETTLE_MS);
  };
  return new Plugin({
    view: () => ({ destroy: end }),
    props: {
      handleDOMEvents: {
        compositionstart: () => {
          begin();
          return false;
        },
        compositionend: (view) => {
          if (release !== null) endWhenSettled(view);
          return false;
        },
        blur: () => {
          clearTimeout(timer);
          if (release !== null) timer = setTimeout(end, SETTLE_MS);
          return false;
        },
      },
    },
  });
}
