/**
 * Turning blocks into another kind. Only attributes change: the words and whatever a colleague types in them stay where
 * they are.
 */
import type { Command, EditorState, Transaction } from '@tiptap/pm/state';
import { TextSelection } from '@tiptap/pm/state';
import type { BlockKind } from '../../../shared/prose/block-attrs.ts';
import { isListKind, type ListKind, type PlacedBlock, selectedBlocks } from './selected-blocks.ts';

/** Makes the selected blocks this kind. Indent stays among list kinds and goes otherwise. */
export function setKind(kind: BlockKind): Command {
  return (state, dispatch) => {
    const blocks = selectedBlocks(state);
    if (blocks.length === 0) return false;
    if (dispatch) {
      const { tr } = state;
      for (const block of blocks) becomeKind(tr, block, kind);
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

/** Makes the selected blocks items of a list, or plain paragraphs when all of them already are. */
export function toggleListKind(kind: ListKind | 'quote'): Command {
  return (state, dispatch, view) => setKind(isKindEverywhere(state, kind) ? 'p' : kind)(state, dispatch, view);
}

/** Whether every selected block is of the kind. */
export function isKindEverywhere(state: EditorState, kind: string): boolean {
  const blocks = selectedBlocks(state);
  return blocks.length > 0 && blocks.every((block) => block.attrs.kind === kind);
}

/** Writes only what differs. */
export function becomeKind(tr: Transaction, { pos, attrs }: PlacedBlock, kind: BlockKind): void {
  if (attrs.kind !== kind) tr.setNodeAttribute(pos, 'kind', kind);
  if (attrs.indent !== 0 && !(isListKind(kind) && isListKind(attrs.kind))) tr.setNodeAttribute(pos, 'indent', 0);
  if (attrs.checked && kind !== 'task') tr.setNodeAttribute(pos, 'checked', false);
}

/** Marks the tasks of the selection done, or not done when all are. */
export const toggleChecked: Command = (state, dispatch) => {
  const tasks = selectedBlocks(state).filter((block) => block.attrs.kind === 'task');
  if (tasks.length === 0) return false;
  const checked = !tasks.every((task) => task.attrs.checked);
  if (dispatch) {
    const { tr } = state;
    for (const task of tasks) if (task.attrs.checked !== checked) tr.setNodeAttribute(task.pos, 'checked', checked);
    dispatch(tr);
  }
  return true;
};

/** Marks the one task at a position done or not done. */
export function toggleCheckedAt(pos: number): Command {
  return (state, dispatch) => {
    const task = state.doc.nodeAt(pos);
    if (task?.attrs.kind !== 'task') return false;
    dispatch?.(state.tr.setNodeAttribute(pos, 'checked', !task.attrs.checked));
    return true;
  };
}

/** Draws a line: an empty block becomes one, otherwise it comes after the block. Writing goes on below it. */
export const insertDivider: Command = (state, dispatch) => {
  const block = selectedBlocks(state).at(-1);
  const para = state.schema.nodes.para;
  if (block === undefined || para === undefined) return false;
  if (dispatch) {
    const { tr } = state;
    const isEmpty = block.node.content.size === 0;
    let end = block.pos + block.node.nodeSize;
    if (isEmpty) becomeKind(tr, block, 'divider');
    else {
      const divider = para.create({ kind: 'divider' });
      tr.insert(end, divider);
      end += divider.nodeSize;
    }
    if (tr.doc.resolve(end).nodeAfter === null) tr.insert(end, para.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView());
  }
  return true;
};
