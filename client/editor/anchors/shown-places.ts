/**
 * Places of comments in the ProseMirror document, carried through its transactions without reading the text again. What a
 * change came near to is noted, so that only then the text has to be asked.
 */
import type { Transaction } from '@tiptap/pm/state';

export type ShownPlace =
  | { readonly kind: 'words'; readonly from: number; readonly to: number; readonly words: string }
  /** `near`: where they stood, when that is known. */
  | { readonly kind: 'gone'; readonly near: number | null };

export type Places = ReadonlyMap<string, ShownPlace>;

/** The same places after a transaction, and which of them it came near to. */
export function mapPlaces(places: Places, tr: Transaction): { places: Places; touched: string[] } {
  const touched: string[] = [];
  const mapped = new Map<string, ShownPlace>();
  for (const [threadId, place] of places) {
    if (place.kind === 'gone') {
      mapped.set(threadId, place.near === null ? place : { ...place, near: tr.mapping.map(place.near) });
      continue;
    }
    let { from, to } = place;
    let isTouched = false;
    for (const map of tr.mapping.maps) {
      map.forEach((start, end) => {
        if (start <= to && end >= from) isTouched = true;
      });
      // What is written at an end is not among the words.
      from = map.map(from, 1);
      to = map.map(to, -1);
    }
    if (isTouched) touched.push(threadId);
    mapped.set(threadId, from < to ? { ...place, from, to } : { kind: 'gone', near: from });
  }
  return { places: mapped, touched };
}

export function isSamePlaces(a: Places, b: Places): boolean {
  if (a.size !== b.size) return false;
  for (const [threadId, place] of a) {
    const other = b.get(threadId);
    if (other === undefined || place.kind !== other.kind) return false;
    if (place.kind === 'words') {
      const isSame =
        other.kind === 'words' && place.from === other.from && place.to === other.to && place.words === other.words;
      if (!isSame) return false;
    } else if (other.kind !== 'gone' || place.near !== other.near) return false;
  }
  return true;
}

/** The thread of the words at a position; of several the one with the fewest words. */
export function threadAt(places: Places, pos: number): string | null {
  let found: { threadId: string; length: number } | null = null;
  for (const [threadId, place] of places) {
    if (place.kind !== 'words' || pos < place.from || pos > place.to) continue;
    const length = place.to - place.from;
    if (found === null || length < found.length) found = { threadId, length };
  }
  return found?.threadId ?? null;
}
