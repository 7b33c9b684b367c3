/** What a comment begins with, and what the page may ask about the words of comments. */
import { TextSelection } from '@tiptap/pm/state';
import type * as Y from 'yjs';
import type { ProseAnchor } from '../../../shared/events/review-events.ts';
import { makeProseAnchor } from '../../../shared/prose/anchors.ts';
import { proseText } from '../../../shared/prose/roots.ts';
import type { MountedEditor } from '../mount-editor.ts';
import type { EditorCommentsHandle } from './comment-contract.ts';

/** The anchor of the selected words, else of the block the caret is in; null where there are no words. */
export function anchorAtSelection({ editor, binding }: MountedEditor, doc: Y.Doc): ProseAnchor | null {
  const { selection } = editor.state;
  const { $from } = selection;
  const isBlock = selection.empty && $from.depth > 0;
  const from = isBlock ? $from.start(1) : selection.from;
  const to = isBlock ? $from.end(1) : selection.to;
  return makeProseAnchor(proseText(doc), binding.toIndex(from), binding.toIndex(to));
}

export function commentsHandle({ editor, comments }: MountedEditor, comment: () => void): EditorCommentsHandle {
  return {
    comment,
    reveal: (threadId) => {
      const place = comments.placeOf(threadId);
      const pos = place?.kind === 'words' ? place.from : (place?.near ?? null);
      if (pos === null) return false;
      const { node } = editor.view.domAtPos(pos);
      const element = node instanceof Element ? node : node.parentElement;
      element?.scrollIntoView({ block: 'center' });
      return true;
    },
    enter: (threadId) => {
      const place = comments.placeOf(threadId);
      if (place?.kind !== 'words') return false;
      const { state, view } = editor;
      view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, place.from)).scrollIntoView());
      view.focus();
      return true;
    },
  };
}
