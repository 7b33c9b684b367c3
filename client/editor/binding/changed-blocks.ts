/**
 * Which blocks a row of local steps changed: the blocks that are not the same object before and after, and those that a
 * step wrote again as they were.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { ChangedRange } from './step-ranges.ts';

/** Blocks [first, oldEnd) became [first, newEnd); `pos` is where the first begins on both sides. */
export type ChangedBlocks = {
  readonly first: number;
  readonly oldEnd: number;
  readonly newEnd: number;
  readonly pos: number;
};

/** Null when nothing changed. */
export function changedBlocks(
  oldDoc: ProseNode,
  newDoc: ProseNode,
  ranges: readonly ChangedRange[] | null,
): ChangedBlocks | null {
  const shorter = Math.min(oldDoc.childCount, newDoc.childCount);
  const firstPos = ranges?.[0]?.from ?? Number.POSITIVE_INFINITY;
  let first = 0;
  let pos = 0;
  while (first < shorter && oldDoc.child(first) === newDoc.child(first)) {
    const end = pos + oldDoc.child(first).nodeSize;
    if (end > firstPos) break;
    pos = end;
    first++;
  }
  const lastPos = ranges?.at(-1)?.to ?? -1;
  let same = 0;
  let endPos = oldDoc.content.size;
  while (same < shorter - first) {
    const block = oldDoc.child(oldDoc.childCount - 1 - same);
    if (block !== newDoc.child(newDoc.childCount - 1 - same) || endPos - block.nodeSize < lastPos) break;
    endPos -= block.nodeSize;
    same++;
  }
  const oldEnd = oldDoc.childCount - same;
  const newEnd = newDoc.childCount - same;
  return oldEnd === first && newEnd === first ? null : { first, oldEnd, newEnd, pos };
}
