/**
 * The prose as plain data and as plain text, for projections, search, export and tests; no ProseMirror. Reads any Y.Text
 * whatever is in it, never throws and never writes.
 */
import type * as Y from 'yjs';
import { type BlockAttrs, DEFAULT_BLOCK_ATTRS, readBlockAttrs } from './block-attrs.ts';
import { type Mention, mentionOf } from './embeds.ts';
import { type FlatRun, type Format, readFlat } from './flat-blocks.ts';

type ProseInline =
  | { readonly type: 'text'; readonly text: string; readonly format: Format }
  | { readonly type: 'mention'; readonly mention: Mention; readonly format: Format }
  /** Something a newer version put there. */
  | { readonly type: 'embed'; readonly data: unknown; readonly format: Format };

export type ProseBlock = BlockAttrs & {
  /** Null for a stray block. */
  readonly id: string | null;
  /** Words that stand in no block: somebody wrote them in a paragraph that somebody else deleted. */
  readonly stray: boolean;
  readonly content: readonly ProseInline[];
};

/** All blocks of a prose, in order. An empty prose has none. */
export function readProse(text: Y.Text, keys: Y.Map<unknown>): ProseBlock[] {
  return readFlat(text).blocks.map(({ id, runs }) => ({
    ...(id === null ? DEFAULT_BLOCK_ATTRS : readBlockAttrs(keys, id)),
    id,
    stray: id === null,
    content: runs.map(inlineOf),
  }));
}

function inlineOf(run: FlatRun): ProseInline {
  if (run.type === 'text') return run;
  const mention = mentionOf(run.value);
  return mention === null
    ? { type: 'embed', data: run.value, format: run.format }
    : { type: 'mention', mention, format: run.format };
}

/** The words of one block; a mention reads as its label, an unknown embed as nothing. */
export function blockToText(block: ProseBlock): string {
  return block.content
    .map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'mention' ? inline.mention.label : ''))
    .join('');
}

/** The words of a prose, one line per block. */
export function proseToText(blocks: readonly ProseBlock[]): string {
  return blocks.map(blockToText).join('\n');
}
