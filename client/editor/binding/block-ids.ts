/**
 * Gives every block that a local transaction left without an id, or with one that another block has, its own; in the same
 * dispatch, because which half of a split keeps the id decides what is written. Blocks that nobody touched stay as they are.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';

/** New id → the id that the block had before, as after a split or a copy. */
export type IdCopies = ReadonlyMap<string, string>;

/**
 * Adds the steps to `tr` and tells which new block was made from which.
 * @param oldDoc the document before the local transaction
 */
export function giveBlockIds(oldDoc: ProseNode, tr: Transaction, newBlockId: () => string): IdCopies {
  const untouched = new Set(oldDoc.children);
  const copies = new Map<string, string>();
  const keepers = new Map<string, { block: ProseNode; pos: number }>();
  const rename = (pos: number, id: string) => {
    const fresh = newBlockId();
    copies.set(fresh, id);
    tr.setNodeAttribute(pos, 'id', fresh);
  };
  tr.doc.forEach((block, pos) => {
    const id: unknown = block.attrs.id;
    if (typeof id !== 'string') {
      if (untouched.has(block)) return;
      tr.setNodeAttribute(pos, 'id', newBlockId());
      if (block.attrs.stray) tr.setNodeAttribute(pos, 'stray', false);
      return;
    }
    const keeper = keepers.get(id);
    if (keeper === undefined) keepers.set(id, { block, pos });
    else if (untouched.has(keeper.block) && untouched.has(block)) return;
    else if (untouched.has(block) || (!untouched.has(keeper.block) && isEmptyHead(keeper.block, block))) {
      rename(keeper.pos, id);
      keepers.set(id, { block, pos });
    } else rename(pos, id);
  });
  return copies;
}

/** Enter at the beginning of a block: its words stay in it, the new empty one stands before. */
function isEmptyHead(head: ProseNode, tail: ProseNode): boolean {
  return head.content.size === 0 && tail.content.size > 0;
}
