/**
 * The sentence one is in: from one full stop to the next, Chinese or Latin, never beyond its paragraph. What is selected
 * counts as it is. For features that make something of a sentence; changes nothing.
 */
import type { EditorState } from '@tiptap/pm/state';
import { attrsOf } from './selected-blocks.ts';

/** A stretch of words in the document, as ProseMirror positions. */
export type SentencePlace = {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  /** Of the paragraph it begins in; null for words that stand in none. */
  readonly blockId: string | null;
};

/** Ends a sentence, with the quotation marks and brackets that close behind it. */
const SENTENCE_END = /(?:[。！？；]|[.!?;](?=\s|$)|…{2})[”’」』）)"']*/g;
const OBJECT = '\ufffc';

/** The bounds of the sentence around a place in a text; right behind its end one is still in it. */
export function sentenceAround(text: string, offset: number): { from: number; to: number } {
  let from = 0;
  let to = text.length;
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (end > offset || (end === offset && offset > from)) {
      to = end;
      break;
    }
    from = end;
  }
  const words = text.slice(from, to);
  return { from: from + (words.length - words.trimStart().length), to: to - (words.length - words.trimEnd().length) };
}

/** The selected words, else the sentence at the caret; null where there are no words. */
export function sentenceAtSelection({ doc, selection }: Pick<EditorState, 'doc' | 'selection'>): SentencePlace | null {
  const { $from, empty } = selection;
  const block = $from.depth === 1 ? $from.parent : doc.resolve(selection.from).nodeAfter;
  if (block === null) return null;
  const start = $from.depth === 1 ? $from.start() : selection.from + 1;
  const around = empty
    ? sentenceAround(block.textBetween(0, block.content.size, undefined, OBJECT), $from.parentOffset)
    : null;
  const from = around === null ? selection.from : start + around.from;
  const to = around === null ? selection.to : start + around.to;
  const words = doc.textBetween(from, to, '', (leaf) => leaf.type.spec.leafText?.(leaf) ?? '');
  if (words.trim() === '') return null;
  return { from, to, words: words.trim(), blockId: attrsOf(block).id };
}
