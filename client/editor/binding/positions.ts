/**
 * Positions in the ProseMirror document ⇄ indexes in the Y.Text. In a well-formed prose they are equal; they differ only
 * by markers that are missing and line breaks that close nothing.
 */
import { flatSize } from '../../../shared/prose/flat-blocks.ts';
import type { Mirror } from './mirror.ts';

/** The index in the text of a ProseMirror position. */
export function posToFlat(mirror: Mirror, pos: number): number {
  let start = 0;
  let index = mirror.lead;
  for (const block of mirror.blocks) {
    const size = block.length + 2;
    if (pos < start + size) {
      const offset = pos - start;
      return offset === 0 ? index : index + block.open + offset - 1;
    }
    start += size;
    index += flatSize(block);
  }
  return index;
}

/**
 * The ProseMirror position, always inside a block, of an index in the text.
 * @param assoc below 0: an index between two blocks means the end of the first
 */
export function flatToPos(mirror: Mirror, index: number, assoc = 0): number {
  let start = 0;
  let flat = mirror.lead;
  for (const [i, block] of mirror.blocks.entries()) {
    const end = flat + flatSize(block);
    if (index < end || (index === end && assoc < 0) || i === mirror.blocks.length - 1) {
      const offset = index - flat - block.open;
      return start + 1 + Math.max(0, Math.min(block.length, offset));
    }
    start += block.length + 2;
    flat = end;
  }
  return 1;
}
