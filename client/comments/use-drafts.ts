/**
 * Comments, replies and changes that are begun and not sent, and which of one's own have not reached the server. Kept on the
 * device item by item, so that a closed panel, tab or browser loses no word.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { anchorSchema } from '../../shared/events/review-events.ts';
import type { Drafts, RoomReplica } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';

const newCommentSchema = z.object({ anchor: anchorSchema, text: z.string(), isBlocking: z.boolean() });
export type NewComment = z.infer<typeof newCommentSchema>;
const wordsSchema = z.object({ text: z.string() });

/** By what is written: `new/<draftId>`, `reply/<threadId>`, `edit/<remarkId>`, and `sent/<remarkId>` without words. */
type Items = ReadonlyMap<string, unknown>;

export interface CommentDrafts {
  /** Comments being written, by draft id, in the order they were begun. */
  readonly news: ReadonlyMap<string, NewComment>;
  /** Text being written as an answer to a thread, or in place of a remark; null when none is. */
  textOf(what: 'reply' | 'edit', id: string): string | null;
  setNew(draftId: string, draft: NewComment | null): void;
  setText(what: 'reply' | 'edit', id: string, text: string | null): void;
  /** Something was written that the server does not have yet. */
  noteSent(remarkId: string): void;
  /** One's own that the server has not acknowledged, as far as this device knows. */
  readonly waiting: ReadonlySet<string>;
}

export function useDrafts(drafts: Drafts, documentId: string, review: RoomReplica): CommentDrafts {
  const [items, setItems] = useState<Items>(new Map());
  const { isUnacknowledged, load } = useObservable(review.view);

  useEffect(() => {
    let isShown = true;
    void drafts.read(documentId).then((read) => {
      if (isShown) setItems((made) => new Map([...read, ...made]));
    });
    return () => {
      isShown = false;
    };
  }, [drafts, documentId]);

  const write = useCallback(
    (name: string, value: object | null) => {
      drafts.write(documentId, name, value);
      setItems((before) => {
        const next = new Map(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      });
    },
    [drafts, documentId],
  );

  // Everything here is on the server.
  useEffect(() => {
    if (isUnacknowledged || load.kind !== 'ready') return;
    for (const name of items.keys()) if (name.startsWith('sent/')) write(name, null);
  }, [isUnacknowledged, load, items, write]);

  return useMemo(() => {
    const news = new Map<string, NewComment>();
    const waiting = new Set<string>();
    for (const [name, value] of items) {
      const [what] = name.split('/', 1);
      const id = name.slice((what ?? '').length + 1);
      const draft = what === 'new' ? newCommentSchema.safeParse(value) : null;
      if (draft?.success === true) news.set(id, draft.data);
      if (what === 'sent' && isUnacknowledged) waiting.add(id);
    }
    return {
      news,
      waiting,
      textOf: (what, id) => {
        const read = wordsSchema.safeParse(items.get(`${what}/${id}`));
        return read.success ? read.data.text : null;
      },
      setNew: (draftId, draft) => write(`new/${draftId}`, draft),
      setText: (what, id, text) => write(`${what}/${id}`, text === null ? null : { text }),
      noteSent: (remarkId) => write(`sent/${remarkId}`, {}),
    };
  }, [items, isUnacknowledged, write]);
}
