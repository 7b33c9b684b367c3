/**
 * The prose of a demonstration document, written by several people into one text: each writes their own paragraphs between
 * those that are there already, and later replaces words in them.
 */
import type * as Y from 'yjs';
import type { DemoBlock, DemoDocument } from '../../shared/demo/demo-types.ts';
import { writeBlockAttrs } from '../../shared/prose/block-attrs.ts';
import { BLOCK_CLOSE, blockOpen, mentionEmbed } from '../../shared/prose/embeds.ts';
import { blockKeys, proseText } from '../../shared/prose/roots.ts';
import type { InitialInline } from '../../shared/prose/write-initial-prose.ts';

/** The creator writes first, then each other author where their paragraphs belong. */
export function authorsInTurn(document: DemoDocument): string[] {
  return [...new Set([document.by, ...document.prose.map((block) => block.by)])];
}

/** Writes one author's paragraphs, as they read at first. */
export function writeOwnBlocks(doc: Y.Doc, document: DemoDocument, by: string): void {
  const authors = authorsInTurn(document);
  const hasWritten = new Set(authors.slice(0, authors.indexOf(by) + 1));
  let index = 0;
  for (const [n, block] of document.prose.entries()) {
    const inlines = inlinesOf(block, 'first');
    if (block.by === by) insertBlock(doc, index, block.blockId ?? `${document.documentId}-${n}`, block.kind, inlines);
    if (hasWritten.has(block.by)) index += lengthOf(inlines);
  }
}

/** Replaces what one author changed later. Every author's paragraphs are there. */
export function reviseBlocks(doc: Y.Doc, document: DemoDocument, by: string): void {
  const prose = proseText(doc);
  const authors = authorsInTurn(document);
  const hasRevised = (author: string) => authors.indexOf(author) < authors.indexOf(by);
  let index = 0;
  for (const block of document.prose) {
    const first = inlinesOf(block, 'first');
    const last = inlinesOf(block, 'later');
    if (block.was !== undefined && block.by === by) {
      const at = index + 1 + placeOf(first, block.was.first);
      prose.delete(at, block.was.first.length);
      prose.insert(at, block.was.later, {});
      index += lengthOf(last);
    } else index += lengthOf(hasRevised(block.by) ? last : first);
  }
}

function insertBlock(
  doc: Y.Doc,
  at: number,
  blockId: string,
  kind: DemoBlock['kind'],
  inlines: readonly InitialInline[],
) {
  const prose = proseText(doc);
  let index = at;
  prose.insertEmbed(index++, blockOpen(blockId), {});
  for (const inline of inlines) {
    if (typeof inline === 'string') {
      prose.insert(index, inline, {});
      index += inline.length;
    } else if ('mention' in inline) {
      prose.insertEmbed(index++, mentionEmbed(inline.mention), { ...inline.format });
    } else {
      prose.insert(index, inline.text, { ...inline.format });
      index += inline.text.length;
    }
  }
  prose.insert(index, BLOCK_CLOSE, {});
  writeBlockAttrs(blockKeys(doc), blockId, { kind, indent: 0, checked: false });
}

/** A paragraph's parts as they read at first or now; what is replaced is plain text. */
function inlinesOf({ content, was }: DemoBlock, version: 'first' | 'later'): readonly InitialInline[] {
  const inlines = typeof content === 'string' ? [content] : content;
  if (was === undefined || version === 'later') return inlines;
  return inlines.map((inline) => (typeof inline === 'string' ? inline.replace(was.later, was.first) : inline));
}

/** Where plain words stand in a paragraph, in units behind its opening mark. */
function placeOf(inlines: readonly InitialInline[], words: string): number {
  let index = 0;
  for (const inline of inlines) {
    const found = typeof inline === 'string' ? inline.indexOf(words) : -1;
    if (found >= 0) return index + found;
    index += unitsOf(inline);
  }
  throw new Error(`demonstration: no paragraph says ${words}`);
}

function lengthOf(inlines: readonly InitialInline[]): number {
  return inlines.reduce((length, inline) => length + unitsOf(inline), 2);
}

function unitsOf(inline: InitialInline): number {
  if (typeof inline === 'string') return inline.length;
  return 'mention' in inline ? 1 : inline.text.length;
}
