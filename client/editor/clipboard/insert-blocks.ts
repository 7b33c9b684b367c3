/**
 * Puts pasted blocks where the selection is. The paragraph one pastes into keeps its marker wherever possible: a colleague
 * may be typing in it. The first block goes on in it when it is plain or the place is empty, the last likewise.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import { BLOCK_ATTR_NAMES } from '../../../shared/prose/block-attrs.ts';
import type { PastedBlocks } from './pasted-blocks.ts';

/** Replaces what is selected. The caret ends behind what was pasted. */
export function insertBlocks(tr: Transaction, { blocks, isStartOpen, isEndOpen }: PastedBlocks): Transaction {
  tr.deleteSelection();
  const { $from } = tr.selection;
  const [first, ...others] = blocks;
  const last = others.at(-1);
  if (first === undefined || $from.depth !== 1) return tr;
  const isHeadEmpty = $from.parentOffset === 0;
  const isTailEmpty = $from.parentOffset === $from.parent.content.size;
  if (last === undefined && (isStartOpen || first.content.size === 0) && !(isHeadEmpty && isTailEmpty)) {
    return caretAt(insertInline(tr, $from.pos, first), $from.pos + first.content.size);
  }
  if (isHeadEmpty && isTailEmpty) {
    const pos = $from.before();
    takeAttrs(tr, pos, first);
    insertInline(tr, $from.pos, first);
    const end = pos + first.content.size + 2;
    tr.insert(end, others);
    return caretAt(tr, end + sizeOf(others) - 1);
  }
  const mergesFirst = isStartOpen && !isHeadEmpty;
  const mergesLast = isEndOpen && !isTailEmpty && last !== undefined;
  const between = blocks.slice(mergesFirst ? 1 : 0, mergesLast ? -1 : undefined);
  let pos = $from.pos;
  if (!isHeadEmpty && !isTailEmpty) tr.split(pos);
  if (mergesFirst) {
    insertInline(tr, pos, first);
    pos += first.content.size;
  }
  const gap = isHeadEmpty ? pos - 1 : pos + 1;
  tr.insert(gap, between);
  const end = gap + sizeOf(between);
  if (!mergesLast) return caretAt(tr, end - 1);
  insertInline(tr, end + 1, last);
  return caretAt(tr, end + 1 + last.content.size);
}

function insertInline(tr: Transaction, pos: number, block: ProseNode): Transaction {
  return block.content.size === 0 ? tr : tr.insert(pos, block.content);
}

/** Makes an empty block what the pasted one is, by attributes, so that its marker stays. */
function takeAttrs(tr: Transaction, pos: number, block: ProseNode): void {
  for (const name of BLOCK_ATTR_NAMES) {
    if (tr.doc.nodeAt(pos)?.attrs[name] !== block.attrs[name]) tr.setNodeAttribute(pos, name, block.attrs[name]);
  }
}

function sizeOf(blocks: readonly ProseNode[]): number {
  return blocks.reduce((size, block) => size + block.nodeSize, 0);
}

function caretAt(tr: Transaction, pos: number): Transaction {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(pos, tr.doc.content.size)), -1));
}
