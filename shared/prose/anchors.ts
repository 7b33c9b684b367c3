/**
 * A comment's place in the prose: the ids of its first and last character, the block, and the words with what stood around
 * them. Ids survive everything that keeps the characters; the quotation finds words that were moved, or deleted and restored
 * elsewhere. What neither finds is gone, and the comment keeps its quotation. Works on any Y.Text, never writes.
 */
import type * as Y from 'yjs';
import { CONTEXT_LENGTH, MAX_QUOTE_LENGTH, type ProseAnchor } from '../events/review-events.ts';
import { findExact, findSimilar, share } from './find-words.ts';
import { type ProseWords, readProseWords } from './prose-words.ts';
import { placeUnits, type UnitPlace, unitIdAt } from './unit-ids.ts';

export type AnchorPlace =
  | {
      readonly kind: 'words';
      /** Indexes in the Y.Text: the first unit, and behind the last one. */
      readonly from: number;
      readonly to: number;
      /** What stands there now. */
      readonly words: string;
      /** `ids`: every replica finds it so. Else it is better named anew by whoever changed it. */
      readonly by: 'ids' | 'restored' | 'quote';
    }
  /** `near`: where the words stood, when that is known. */
  | { readonly kind: 'gone'; readonly near: number | null };

/** From this share of its characters on a range is the words, whatever else was written into it. */
const SIMILAR = 0.5;

/** The anchor of the words between two indexes of the prose; null when there are none. */
export function makeProseAnchor(prose: Y.Text, from: number, to: number): ProseAnchor | null {
  const words = readProseWords(prose);
  let start = words.offsetOf(from);
  let end = words.offsetOf(to);
  while (start < end && words.unitAt(start) === null) start++;
  while (start < end && words.unitAt(end - 1) === null) end--;
  const firstIndex = words.unitAt(start);
  const lastIndex = words.unitAt(end - 1);
  if (start >= end || firstIndex === null || lastIndex === null) return null;
  const first = unitIdAt(prose, firstIndex);
  const last = unitIdAt(prose, lastIndex);
  if (first === null || last === null) return null;
  const { text } = words;
  const exact = whole(text.slice(start, Math.min(end, start + MAX_QUOTE_LENGTH)));
  if (exact === '') return null;
  return {
    of: 'prose',
    first,
    last,
    blockId: words.blockIdAt(start),
    quote: {
      exact,
      prefix: whole(text.slice(Math.max(0, start - CONTEXT_LENGTH), start)),
      suffix: whole(text.slice(end, end + CONTEXT_LENGTH)),
    },
  };
}

/** Where anchors stand now, in their order. */
export function placeAnchors(prose: Y.Text, anchors: readonly ProseAnchor[]): AnchorPlace[] {
  if (anchors.length === 0) return [];
  const units = placeUnits(
    prose,
    anchors.flatMap(({ first, last }) => [first, last]),
  );
  const words = readProseWords(prose);
  return anchors.map((anchor, n) => placeAnchor(words, anchor, units[2 * n] ?? null, units[2 * n + 1] ?? null));
}

function placeAnchor(
  words: ProseWords,
  anchor: ProseAnchor,
  first: UnitPlace | null,
  last: UnitPlace | null,
): AnchorPlace {
  const { quote, blockId } = anchor;
  const byIds = first === null || last === null ? null : rangeOf(words, first, last);
  const alike = byIds === null ? 0 : share(quote.exact, byIds.words);
  if (byIds !== null && alike >= SIMILAR) return byIds;

  const home = blockId === null ? null : words.block(blockId);
  const everywhere = { from: 0, to: words.text.length };
  const found =
    (home && (findExact(words.text, quote, home, true) ?? findSimilar(words.text, quote, home))) ??
    findExact(words.text, quote, everywhere, false);
  const from = found === null ? null : words.unitAt(found.from);
  const to = found === null ? null : words.unitAt(found.to - 1);
  if (found !== null && from !== null && to !== null) {
    return { kind: 'words', from, to: to + 1, words: words.text.slice(found.from, found.to), by: 'quote' };
  }
  if (byIds !== null && alike > 0) return byIds;
  return { kind: 'gone', near: first?.index ?? last?.index ?? null };
}

/** What stands between two units; null when that is nothing. */
function rangeOf(words: ProseWords, first: UnitPlace, last: UnitPlace): (AnchorPlace & { kind: 'words' }) | null {
  const end = last.isThere ? last.index + 1 : last.index;
  let start = words.offsetOf(first.index);
  let stop = words.offsetOf(end);
  while (start < stop && words.unitAt(start) === null) start++;
  while (start < stop && words.unitAt(stop - 1) === null) stop--;
  const from = words.unitAt(start);
  const lastIndex = words.unitAt(stop - 1);
  if (start >= stop || from === null || lastIndex === null) return null;
  const by = first.isRestored || last.isRestored ? 'restored' : 'ids';
  return { kind: 'words', from, to: lastIndex + 1, words: words.text.slice(start, stop), by };
}

/** Without half a character at an end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
