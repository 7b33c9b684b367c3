/**
 * Backspace and Delete at the edges of blocks, and beside mentions. At its start a block first becomes a plain paragraph and
 * only then joins the one before it; an empty divider next to the caret is removed whole.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { Command, EditorState } from '@tiptap/pm/state';
import { becomeKind } from './block-kinds.ts';
import { attrsOf, caretBlock } from './selected-blocks.ts';

/** Backspace at the start of anything but a plain paragraph. */
export const backToParagraph: Command = (state, dispatch) => {
  const block = caretBlock(state);
  if (block === null || block.offset > 0 || (block.attrs.kind === 'p' && block.attrs.indent === 0)) return false;
  if (dispatch) {
    const { tr } = state;
    becomeKind(tr, block, 'p');
    if (block.attrs.indent > 0 && tr.doc.nodeAt(block.pos)?.attrs.indent !== 0) {
      tr.setNodeAttribute(block.pos, 'indent', 0);
    }
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Backspace at the start of a block: its words go on in the block before. */
export const joinIntoPrevious: Command = (state, dispatch) => {
  const block = caretBlock(state);
  if (block === null || block.offset > 0) return false;
  const before = state.doc.resolve(block.pos).nodeBefore;
  if (before === null) return true;
  if (dispatch) {
    const { tr } = state;
    if (isEmptyDivider(before)) tr.delete(block.pos - before.nodeSize, block.pos);
    else tr.join(block.pos);
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Delete at the end of a block: the words of the next one go on in it. An empty paragraph just goes. */
export const joinNext: Command = (state, dispatch) => {
  const block = caretBlock(state);
  if (block === null || block.offset < block.node.content.size) return false;
  const end = block.pos + block.node.nodeSize;
  const after = state.doc.resolve(end).nodeAfter;
  if (after === null) return true;
  if (dispatch) {
    const { tr } = state;
    if (isEmptyDivider(after)) tr.delete(end, end + after.nodeSize);
    else if (block.node.content.size === 0) tr.delete(block.pos, end);
    else tr.join(end);
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Backspace after, or Delete before, a mention or another thing that is no text. */
export function deleteAtom(direction: -1 | 1): Command {
  return (state, dispatch) => {
    const atom = atomBeside(state, direction);
    if (atom === null) return false;
    const { pos } = state.selection.$from;
    const start = direction < 0 ? pos - atom.nodeSize : pos;
    dispatch?.(state.tr.delete(start, start + atom.nodeSize).scrollIntoView());
    return true;
  };
}

function atomBeside({ selection }: EditorState, direction: -1 | 1): ProseNode | null {
  if (!selection.empty) return null;
  const node = direction < 0 ? selection.$from.nodeBefore : selection.$from.nodeAfter;
  return node?.isAtom && !node.isText ? node : null;
}

function isEmptyDivider(block: ProseNode): boolean {
  return attrsOf(block).kind === 'divider' && block.content.size === 0;
}
