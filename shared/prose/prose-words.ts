/**
 * The words of a prose as one string, for finding words in it: blocks parted by a line break, a mention as its label. It
 * knows which unit of the Y.Text shows each character, so that what is found can be named. Reads any Y.Text, never writes.
 */
import type * as Y from 'yjs';
import { mentionOf } from './embeds.ts';
import { readFlat } from './flat-blocks.ts';

export interface ProseWords {
  readonly text: string;
  /** The index in the Y.Text of the unit that shows the character at an offset; null for the break between two blocks. */
  unitAt(offset: number): number | null;
  /** The offset of the first character that stands at or behind an index of the Y.Text. */
  offsetOf(index: number): number;
  /** Where the words of a block stand; null when there is no such block. */
  block(blockId: string): { readonly from: number; readonly to: number } | null;
  /** The id of the block at an offset; null for words outside any block. */
  blockIdAt(offset: number): string | null;
}

interface Run {
  readonly offset: number;
  readonly length: number;
  readonly index: number;
  /** A mention: all its characters are one unit. */
  readonly isOneUnit: boolean;
}

interface Block {
  readonly id: string | null;
  readonly from: number;
  readonly to: number;
}

export function readProseWords(prose: Y.Text): ProseWords {
  const parts: string[] = [];
  const runs: Run[] = [];
  const blocks: Block[] = [];
  const { lead, blocks: flat } = readFlat(prose);
  let index = lead;
  let offset = 0;
  for (const [n, block] of flat.entries()) {
    if (n > 0) {
      parts.push('\n');
      offset += 1;
    }
    const from = offset;
    index += block.open;
    for (const run of block.runs) {
      const words = run.type === 'text' ? run.text : (mentionOf(run.value)?.label ?? '');
      if (words !== '') runs.push({ offset, length: words.length, index, isOneUnit: run.type === 'embed' });
      parts.push(words);
      offset += words.length;
      index += run.type === 'text' ? run.text.length : 1;
    }
    blocks.push({ id: block.id, from, to: offset });
    index += block.close + block.trail;
  }
  const byId = new Map(blocks.map((block) => [block.id, block]));
  return {
    text: parts.join(''),
    unitAt(at) {
      const run = runs[countWhere(runs, (each) => each.offset <= at) - 1];
      if (run === undefined || at >= run.offset + run.length) return null;
      return run.isOneUnit ? run.index : run.index + at - run.offset;
    },
    offsetOf(at) {
      const count = countWhere(runs, (each) => each.index <= at);
      const run = runs[count - 1];
      const units = run === undefined ? 0 : run.isOneUnit ? 1 : run.length;
      if (run !== undefined && at - run.index < units) return run.isOneUnit ? run.offset : run.offset + at - run.index;
      return runs[count]?.offset ?? offset;
    },
    block: (blockId) => byId.get(blockId) ?? null,
    blockIdAt: (at) => blocks[countWhere(blocks, (each) => each.from <= at) - 1]?.id ?? null,
  };
}

/** How many items hold, where those that do are the beginning of the row. */
function countWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
