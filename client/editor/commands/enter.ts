/**
 * What Enter does. A split keeps the kind in both halves, except that a heading is followed by a paragraph; in an empty
 * item or quote it leaves the list, one level at a time.
 */
import type { Command } from '@tiptap/pm/state';
import { TextSelection } from '@tiptap/pm/state';
import { DEFAULT_BLOCK_ATTRS } from '../../../shared/prose/block-attrs.ts';
import { becomeKind } from './block-kinds.ts';
import { attrsOf, caretBlock, isHeadingKind, isListKind } from './selected-blocks.ts';

/** Enter in an empty list item or quote: one level out, at the outermost level a paragraph. */
export const leaveEmptyItem: Command = (state, dispatch) => {
  const block = caretBlock(state);
  if (block === null || block.node.content.size > 0) return false;
  const { kind, indent } = block.attrs;
  if (!isListKind(kind) && kind !== 'quote') return false;
  if (dispatch) {
    const { tr } = state;
    if (indent > 0) tr.setNodeAttribute(block.pos, 'indent', indent - 1);
    else becomeKind(tr, block, 'p');
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Parts the block at the caret; what was selected goes first. */
export const splitBlock: Command = (state, dispatch) => {
  const para = state.schema.nodes.para;
  const { tr } = state;
  tr.deleteSelection();
  const { $from } = tr.selection;
  if (para === undefined || $from.depth !== 1) return false;
  if (!dispatch) return true;
  const block = $from.parent;
  const attrs = attrsOf(block);
  const isAtEnd = $from.parentOffset === block.content.size;
  const isAtStart = $from.parentOffset === 0;
  if (attrs.kind === 'divider' || (isHeadingKind(attrs.kind) && isAtEnd && !isAtStart)) {
    const after = $from.after();
    tr.insert(after, para.create()).setSelection(TextSelection.create(tr.doc, after + 1));
  } else {
    // Both halves keep the id here; the binding gives the new one its own and copies what else is said about the block.
    tr.split($from.pos, 1, [{ type: para, attrs: { ...attrs, checked: isAtStart && attrs.checked } }]);
    if (isAtStart) {
      const headAttrs = isHeadingKind(attrs.kind) ? { ...DEFAULT_BLOCK_ATTRS } : { checked: false };
      for (const [name, value] of Object.entries(headAttrs)) {
        if (block.attrs[name] !== value) tr.setNodeAttribute($from.before(), name, value);
      }
    }
  }
  const marks = state.storedMarks ?? (state.selection.empty ? state.selection.$from.marks() : null);
  if (marks) tr.ensureMarks(marks.filter((mark) => mark.type.spec.inclusive !== false));
  dispatch(tr.scrollIntoView());
  return true;
};
