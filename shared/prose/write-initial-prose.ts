/**
 * Writes prose without an editor: a first one into an empty document (templates when somebody creates a document, and
 * demonstration data; done once by the creator, an editor never seeds content), and an addendum behind what stands there.
 */
import type * as Y from 'yjs';
import { DEFAULT_BLOCK_ATTRS, writeBlockAttrs } from './block-attrs.ts';
import { BLOCK_CLOSE, blockOpen, type Mention, mentionEmbed } from './embeds.ts';
import type { Format } from './flat-blocks.ts';
import { blockKeys, proseText } from './roots.ts';

export type InitialInline =
  | string
  | { readonly text: string; readonly format?: Format }
  | { readonly mention: Mention; readonly format?: Format };

export type InitialBlock = {
  readonly kind?: string;
  readonly indent?: number;
  readonly checked?: boolean;
  /** A line break in a text begins another block of the same kind. */
  readonly content?: string | readonly InitialInline[];
};

/**
 * Writes the blocks in one transaction.
 * @param newBlockId returns a fresh id each time
 * @throws when the document already has prose: that would double it
 */
export function writeInitialProse(
  doc: Y.Doc,
  blocks: readonly InitialBlock[],
  { newBlockId, origin = null }: { newBlockId: () => string; origin?: unknown },
): void {
  if (proseText(doc).length > 0) throw new Error('The document already has prose');
  appendProse(doc, blocks, { newBlockId, origin });
}

/** Writes the blocks behind all others, in one transaction. */
export function appendProse(
  doc: Y.Doc,
  blocks: readonly InitialBlock[],
  { newBlockId, origin = null }: { newBlockId: () => string; origin?: unknown },
): void {
  const text = proseText(doc);
  const keys = blockKeys(doc);
  doc.transact(() => {
    for (const block of blocks) {
      for (const line of linesOf(block.content ?? '')) {
        const id = newBlockId();
        text.insertEmbed(text.length, blockOpen(id), {});
        for (const inline of line) {
          const format = { ...inline.format };
          if ('mention' in inline) text.insertEmbed(text.length, mentionEmbed(inline.mention), format);
          else if (inline.text !== '') text.insert(text.length, inline.text, format);
        }
        text.insert(text.length, BLOCK_CLOSE, {});
        writeBlockAttrs(keys, id, {
          kind: block.kind ?? DEFAULT_BLOCK_ATTRS.kind,
          indent: block.indent ?? DEFAULT_BLOCK_ATTRS.indent,
          checked: block.checked ?? DEFAULT_BLOCK_ATTRS.checked,
        });
      }
    }
  }, origin);
}

type Inline = Exclude<InitialInline, string>;

function linesOf(content: string | readonly InitialInline[]): Inline[][] {
  let line: Inline[] = [];
  const lines = [line];
  for (const each of typeof content === 'string' ? [content] : content) {
    const inline: Inline = typeof each === 'string' ? { text: each } : each;
    if ('mention' in inline) {
      line.push(inline);
      continue;
    }
    for (const [i, part] of inline.text.split(/\r\n|\r|\n/).entries()) {
      if (i > 0) {
        line = [];
        lines.push(line);
      }
      line.push({ ...inline, text: part });
    }
  }
  return lines;
}
