/**
 * Copy, cut, paste and drop. The editor's library would parse clipboard HTML under a Trusted Types policy of its own, which the
 * page forbids; so pasting and dropping are taken over here before it sees them. A paste that is too large is refused in
 * words and changes nothing.
 */
import type { Schema } from '@tiptap/pm/model';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type EditorNotice, MAX_PASTE_CHARACTERS } from '../editor-contract.ts';
import { ClipboardHtml, copiedText } from './copied-html.ts';
import { parseInertHtml } from './inert-html.ts';
import { insertBlocks } from './insert-blocks.ts';
import type { PastedBlocks } from './pasted-blocks.ts';
import { reduceHtml } from './reduce-html.ts';
import { reduceText } from './reduce-text.ts';

/** HTML is mostly styles; more than this for each character allowed is not looked at. */
const MAX_HTML_PER_CHARACTER = 40;

export function clipboardPlugin(schema: Schema, notify: (notice: EditorNotice) => void): Plugin {
  let isShiftDown = false;
  const trackShift = (_view: EditorView, event: KeyboardEvent) => {
    isShiftDown = event.shiftKey;
    return false;
  };
  const insert = (view: EditorView, data: DataTransfer, isPlain: boolean): boolean => {
    const read = readTransfer(view, data, isPlain);
    if (read === null) return false;
    if ('characters' in read) {
      notify({ kind: 'pasteTooLarge', characters: read.characters, max: MAX_PASTE_CHARACTERS });
      return true;
    }
    if (read.pictures > 0) notify({ kind: 'picturesLeftOut', count: read.pictures });
    if (read.blocks.length === 0) return true;
    const tr = insertBlocks(view.state.tr, read);
    view.dispatch(tr.setMeta('paste', true).setMeta('uiEvent', 'paste').scrollIntoView());
    return true;
  };
  return new Plugin({
    props: {
      clipboardTextSerializer: (slice) => copiedText(slice.content),
      clipboardSerializer: new ClipboardHtml(schema),
      handleDOMEvents: {
        keydown: trackShift,
        keyup: trackShift,
        paste: (view, event) => {
          if (!view.editable || view.composing || event.clipboardData === null) return false;
          event.preventDefault();
          insert(view, event.clipboardData, isShiftDown);
          return true;
        },
        drop: (view, event) => {
          // What is dragged within the editor is moved by the library, without any HTML.
          if (!view.editable || view.dragging?.slice || event.dataTransfer === null) return false;
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
          event.preventDefault();
          if (place === null) return true;
          const { selection } = view.state;
          const at = TextSelection.near(view.state.doc.resolve(place.pos));
          view.dispatch(view.state.tr.setSelection(at));
          if (!insert(view, event.dataTransfer, false)) view.dispatch(view.state.tr.setSelection(selection));
          return true;
        },
      },
    },
  });
}

type TooLarge = { readonly characters: number };

/** What a clipboard or a drag brings, reduced; null when there are no words and no pictures in it. */
function readTransfer(view: EditorView, data: DataTransfer, isPlain: boolean): PastedBlocks | TooLarge | null {
  const { schema } = view.state;
  const text = data.getData('text/plain');
  const html = isPlain && text !== '' ? '' : data.getData('text/html');
  const maxHtml = MAX_PASTE_CHARACTERS * MAX_HTML_PER_CHARACTER;
  if (text.length > MAX_PASTE_CHARACTERS) return { characters: text.length };
  if (html.length > maxHtml) return { characters: text.length || html.length };
  const fromText = () => reduceText(text, schema, view.state.storedMarks ?? view.state.selection.$from.marks());
  if (html === '') {
    if (text !== '') return fromText();
    return data.files.length === 0
      ? null
      : { blocks: [], isStartOpen: true, isEndOpen: true, pictures: data.files.length };
  }
  const reduced = reduceHtml(parseInertHtml(html), schema);
  const characters = reduced.blocks.reduce((sum, block) => sum + block.content.size, 0);
  if (characters > MAX_PASTE_CHARACTERS) return { characters };
  return characters === 0 && text.trim() !== '' ? fromText() : reduced;
}
