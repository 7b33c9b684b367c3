/**
 * Threads as the panel shows them: which ones, in which order, and where each one's words are now. Pure; what it is told
 * about places comes from the editor and the tables.
 */
import type { Anchor } from '../../shared/events/review-events.ts';
import { mentionsPerson, type Thread } from '../../shared/events/threads.ts';
import type { CommentMark, CommentPlace } from '../editor/anchors/comment-contract.ts';
import { type FieldPlace, fieldKey } from './field-places.ts';
import type { NewComment } from './use-drafts.ts';

export type StateFilter = 'open' | 'resolved';
export type WhoFilter = 'all' | 'mine' | 'mentionsMe';

/** Where what a thread is about is now. */
export type Whereabouts =
  | { readonly kind: 'words'; readonly quote: string /** When it now reads otherwise. */; readonly now: string | null }
  | { readonly kind: 'gone'; readonly quote: string }
  | { readonly kind: 'field'; readonly recordId: string; readonly field: string; readonly quote: string }
  | { readonly kind: 'document' };

/** @param place of the thread's words, when the editor knows it; without it they are taken to be there */
export function whereabouts(anchor: Anchor, firstAnchor: Anchor, place: CommentPlace | undefined): Whereabouts {
  if (anchor.of === 'field') {
    const { recordId, field, quote } = anchor;
    return { kind: 'field', recordId, field, quote };
  }
  if (anchor.of === 'document' || firstAnchor.of !== 'prose') return { kind: 'document' };
  const quote = firstAnchor.quote.exact;
  if (place?.words === null) return { kind: 'gone', quote };
  const now = place === undefined || place.words.startsWith(quote) ? null : place.words;
  return { kind: 'words', quote, now };
}

/** In the order of the text, then of the fields, then what is about the document; each kind by age. */
export function inDocumentOrder<T extends { readonly anchor: Anchor; readonly id: string }>(
  items: readonly T[],
  places: readonly CommentPlace[],
  fieldOrder: (place: FieldPlace) => number,
): T[] {
  const orderById = new Map(places.map(({ threadId }, n) => [threadId, n]));
  const KINDS = { prose: 0, field: 1, document: 2 };
  const orderOf = ({ anchor, id }: T) => {
    if (anchor.of === 'prose') return orderById.get(id) ?? Number.MAX_SAFE_INTEGER;
    return anchor.of === 'field' ? fieldOrder(anchor) : 0;
  };
  return items
    .map((item, age) => ({ item, age, order: orderOf(item) }))
    .sort((a, b) => KINDS[a.item.anchor.of] - KINDS[b.item.anchor.of] || a.order - b.order || a.age - b.age)
    .map(({ item }) => item);
}

/** The words to be marked in the text: of open threads, of a resolved one being read, and of comments being written. */
export function marksOf(
  threads: readonly Thread[],
  news: readonly (readonly [string, NewComment])[],
  activeId: string | null,
  state: StateFilter,
): CommentMark[] {
  return [
    ...threads.flatMap(({ threadId, anchor, isBlocking, isResolved }): CommentMark[] => {
      const isActive = threadId === activeId;
      const isMarked = !isResolved || (isActive && state === 'resolved');
      return anchor.of === 'prose' && isMarked ? [{ threadId, anchor, isBlocking, isActive }] : [];
    }),
    ...news.flatMap(([threadId, { anchor }]): CommentMark[] =>
      anchor.of === 'prose' ? [{ threadId, anchor, isBlocking: false, isActive: true }] : [],
    ),
  ];
}

/** Fields with threads on them, and which. */
export function fieldCounts(threads: readonly Thread[]): (FieldPlace & { readonly threadIds: readonly string[] })[] {
  const counts = new Map<string, FieldPlace & { threadIds: string[] }>();
  for (const { threadId, anchor } of threads) {
    if (anchor.of !== 'field') continue;
    const { recordId, field } = anchor;
    const key = fieldKey(anchor);
    const count = counts.get(key) ?? { recordId, field, threadIds: [] };
    count.threadIds.push(threadId);
    counts.set(key, count);
  }
  return [...counts.values()];
}

export function isShown(thread: Thread, state: StateFilter, who: WhoFilter, me: string): boolean {
  if (thread.isResolved !== (state === 'resolved')) return false;
  if (who === 'mentionsMe') return mentionsPerson(thread, me);
  return who === 'all' || takesPart(thread, me);
}

function takesPart(thread: Thread, me: string): boolean {
  return [thread.comment, ...thread.replies].some((remark) => remark.authorId === me);
}
