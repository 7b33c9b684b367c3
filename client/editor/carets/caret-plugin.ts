/**
 * Shows colleagues' carets and tells them one's own. While an input method composes nothing is drawn anew: a change of
 * decorations beside the composed text could end the composition, so it waits until the end.
 */
import type { EditorState } from '@tiptap/pm/state';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { readBrowserCaret } from '../binding/browser-caret.ts';
import type { ProseBinding } from '../binding/prose-binding.ts';
import { drawCarets, type LabelOf } from './caret-drawing.ts';
import { type CaretField, isSameCarets, type RemoteCaret, readCarets } from './caret-states.ts';

export type CaretOptions = {
  readonly awareness: Awareness;
  readonly binding: Pick<ProseBinding, 'toRelative' | 'toAbsolute'>;
  readonly labelOf: LabelOf;
  /** Whether one's own caret is told: who only reads is not followed. */
  readonly mayTell: () => boolean;
};

/** Own caret moves are told at most this often. */
const TELL_EVERY_MS = 80;
/** Carets of others are drawn anew at most this often, however many people move theirs; in between they move with the words. */
const DRAW_EVERY_MS = 80;
/** Asked again this often whether the input method has finished. */
const COMPOSING_RETRY_MS = 50;
/** The awareness field that holds the caret. */
const CARET_FIELD = 'cursor';

type Drawn = { readonly carets: readonly RemoteCaret[]; readonly set: DecorationSet };

const key = new PluginKey<Drawn>('carets');

/** Whether a colleague's caret is between two positions. */
export function isCaretWithin(state: EditorState, from: number, to: number): boolean {
  return (key.getState(state)?.carets ?? []).some(({ head }) => head >= from && head <= to);
}

export function caretPlugin({ awareness, binding, labelOf, mayTell }: CaretOptions): Plugin<Drawn> {
  return new Plugin<Drawn>({
    key,
    state: {
      init: () => ({ carets: [], set: DecorationSet.empty }),
      apply: (tr, drawn) => {
        const carets = tr.getMeta(key) as readonly RemoteCaret[] | undefined;
        if (carets !== undefined) return { carets, set: drawCarets(tr.doc, carets, labelOf) };
        if (!tr.docChanged || drawn.carets.length === 0) return drawn;
        const moved = drawn.carets.map((caret) => ({
          ...caret,
          anchor: tr.mapping.map(caret.anchor, -1),
          head: tr.mapping.map(caret.head, -1),
        }));
        return { carets: moved, set: drawn.set.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: (view) => new CaretExchange(view, awareness, binding, mayTell),
  });
}

/** Between awareness and one view. */
class CaretExchange {
  readonly #view: EditorView;
  readonly #awareness: Awareness;
  readonly #binding: CaretOptions['binding'];
  readonly #mayTell: CaretOptions['mayTell'];
  #drawTimer: ReturnType<typeof setTimeout> | undefined;
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #told = 'null';

  constructor(
    view: EditorView,
    awareness: Awareness,
    binding: CaretOptions['binding'],
    mayTell: CaretOptions['mayTell'],
  ) {
    this.#view = view;
    this.#awareness = awareness;
    this.#binding = binding;
    this.#mayTell = mayTell;
    awareness.on('change', this.#drawSoon);
    view.dom.addEventListener('focus', this.#tellSoon);
    view.dom.addEventListener('blur', this.#tellSoon);
    this.#drawSoon();
  }

  update(view: EditorView, before: EditorState): void {
    if (view.state.doc !== before.doc) this.#drawSoon();
    if (view.state.doc !== before.doc || !view.state.selection.eq(before.selection)) this.#tellSoon();
  }

  destroy(): void {
    clearTimeout(this.#drawTimer);
    clearTimeout(this.#tellTimer);
    this.#awareness.off('change', this.#drawSoon);
    this.#view.dom.removeEventListener('focus', this.#tellSoon);
    this.#view.dom.removeEventListener('blur', this.#tellSoon);
    if (this.#awareness.getLocalState()?.[CARET_FIELD] != null) this.#awareness.setLocalStateField(CARET_FIELD, null);
  }

  readonly #drawSoon = (): void => {
    this.#drawTimer ??= setTimeout(this.#draw, Math.max(0, this.#drawnAtMs + DRAW_EVERY_MS - performance.now()));
  };

  readonly #draw = (): void => {
    this.#drawTimer = undefined;
    const view = this.#view;
    if (view.isDestroyed) return;
    if (view.composing) {
      this.#drawTimer = setTimeout(this.#draw, COMPOSING_RETRY_MS);
      return;
    }
    this.#drawnAtMs = performance.now();
    const carets = readCarets(this.#awareness.getStates(), this.#awareness.clientID, (relative) =>
      this.#binding.toAbsolute(relative),
    );
    if (isSameCarets(carets, key.getState(view.state)?.carets ?? [])) return;
    readBrowserCaret(view);
    view.dispatch(view.state.tr.setMeta(key, carets).setMeta('addToHistory', false));
  };

  readonly #tellSoon = (): void => {
    this.#tellTimer ??= setTimeout(this.#tell, TELL_EVERY_MS);
  };

  readonly #tell = (): void => {
    this.#tellTimer = undefined;
    const view = this.#view;
    if (view.isDestroyed) return;
    const { anchor, head } = view.state.selection;
    const caret: CaretField | null =
      view.hasFocus() && this.#mayTell()
        ? { anchor: this.#relativeJson(anchor), head: this.#relativeJson(head) }
        : null;
    const told = JSON.stringify(caret);
    if (told === this.#told) return;
    this.#told = told;
    this.#awareness.setLocalStateField(CARET_FIELD, caret);
  };

  #relativeJson(pos: number): unknown {
    return Y.relativePositionToJSON(this.#binding.toRelative(pos));
  }
}
