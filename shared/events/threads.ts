/**
 * What the events of a review room add up to: threads of a comment and its replies, open or resolved. Pure, and the same
 * on every replica whatever order the events arrived in. Events that the rules do not allow change nothing and are listed
 * with the reason.
 */

import type { SaidRole } from '../permissions.ts';
import type { EventReading, LoggedEvent } from './event-log.ts';
import type { Anchor, ReviewEvent } from './review-events.ts';
import { type ReviewRefusal, settleRefusal } from './review-rules.ts';

/** A comment or a reply as it reads now. */
export interface Remark {
  /** `<personId>/<ulid>` of its event. */
  readonly remarkId: string;
  readonly authorId: string;
  /** The author's clock, ms since 1970. */
  readonly atMs: number;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly isEdited: boolean;
  /** Taken back by its author; the words are no longer shown. */
  readonly isWithdrawn: boolean;
}

export interface Thread {
  /** The `remarkId` of its comment. */
  readonly threadId: string;
  readonly comment: Remark;
  readonly replies: readonly Remark[];
  /** Where it was last anchored. */
  readonly anchor: Anchor;
  /** What it was written about, in the words of that time. */
  readonly firstAnchor: Anchor;
  readonly isBlocking: boolean;
  readonly isResolved: boolean;
  /** Who resolved or reopened it last, and when; null while nobody has. */
  readonly settled: { readonly by: string; readonly atMs: number } | null;
}

export interface ReviewReading {
  /** Oldest first; a withdrawn comment without replies is left out. */
  readonly threads: readonly Thread[];
  readonly ignored: readonly { readonly event: LoggedEvent<ReviewEvent>; readonly reason: ReviewRefusal }[];
}

type Event<T extends ReviewEvent['type']> = LoggedEvent<Extract<ReviewEvent, { type: T }>>;
type Draft<T> = { -readonly [Key in keyof T]: T[Key] };
type DraftThread = Omit<Draft<Thread>, 'comment' | 'replies'> & { comment: Draft<Remark>; replies: Draft<Remark>[] };

/** @param events in the order of `readEvents`; @param roleOf null for somebody who is not on the case */
export function readThreads(
  events: readonly LoggedEvent<ReviewEvent>[],
  roleOf: (personId: string) => SaidRole | null,
): ReviewReading {
  const threads = new Map<string, DraftThread>();
  const remarks = new Map<string, { remark: Draft<Remark>; thread: DraftThread }>();
  const ignored: { event: LoggedEvent<ReviewEvent>; reason: ReviewRefusal }[] = [];

  // First everything that can be spoken of, so that a clock that is behind loses no answer.
  for (const event of events) {
    if (!isOf(event, 'comment')) continue;
    const thread = newThread(event);
    threads.set(thread.threadId, thread);
    remarks.set(thread.threadId, { remark: thread.comment, thread });
  }
  for (const event of events) {
    if (!isOf(event, 'reply')) continue;
    const thread = threads.get(event.value.threadId);
    if (thread === undefined) {
      ignored.push({ event, reason: 'no-thread' });
      continue;
    }
    const remark = newRemark(event);
    thread.replies.push(remark);
    remarks.set(remark.remarkId, { remark, thread });
  }
  for (const event of events) {
    if (isOf(event, 'comment') || isOf(event, 'reply')) continue;
    const reason = apply(event);
    if (reason !== null) ignored.push({ event, reason });
  }
  return {
    threads: [...threads.values()].filter(
      ({ comment, replies }) => !comment.isWithdrawn || replies.some((reply) => !reply.isWithdrawn),
    ),
    ignored,
  };

  function apply(event: LoggedEvent<ReviewEvent>): ReviewRefusal | null {
    const { personId, value } = event;
    switch (value.type) {
      case 'edit':
      case 'withdraw': {
        const found = remarks.get(value.of);
        if (found === undefined || found.remark.isWithdrawn) return 'no-thread';
        if (found.remark.authorId !== personId) return 'not-author';
        if (value.type === 'withdraw') {
          Object.assign(found.remark, { isWithdrawn: true, text: '', mentions: [] });
          // Nobody needs to settle what is no longer said.
          if (found.remark === found.thread.comment) found.thread.isBlocking = false;
        } else Object.assign(found.remark, { isEdited: true, text: value.text, mentions: value.mentions });
        return null;
      }
      case 'resolve':
      case 'reopen': {
        const thread = threads.get(value.threadId);
        if (thread === undefined) return 'no-thread';
        const standing = { ...thread, authorId: thread.comment.authorId };
        const refusal = settleRefusal({ personId, role: roleOf(personId) }, standing, value.type);
        if (refusal !== null) return refusal;
        thread.isResolved = value.type === 'resolve';
        thread.settled = { by: personId, atMs: event.atMs };
        return null;
      }
      case 'reanchor': {
        const thread = threads.get(value.threadId);
        if (thread === undefined || thread.anchor.of !== 'prose') return 'no-thread';
        thread.anchor = value.anchor;
        return null;
      }
      case 'comment':
      case 'reply':
        return null;
    }
  }
}

/** How much of a review room this version cannot show: events it cannot read, and what was said about those. */
export function unreadEvents({ invalid }: EventReading<ReviewEvent>, { ignored }: ReviewReading): number {
  const unread = new Set(invalid);
  const isAboutThem = ({ value }: LoggedEvent<ReviewEvent>) => value.type === 'reply' && unread.has(value.threadId);
  return invalid.length + ignored.filter(({ event }) => isAboutThem(event)).length;
}

function isOf<T extends ReviewEvent['type']>(event: LoggedEvent<ReviewEvent>, type: T): event is Event<T> {
  return event.value.type === type;
}

function newRemark({ personId, ulid, atMs, value }: Event<'comment'> | Event<'reply'>): Draft<Remark> {
  const { text, mentions } = value;
  return {
    remarkId: `${personId}/${ulid}`,
    authorId: personId,
    atMs,
    text,
    mentions,
    isEdited: false,
    isWithdrawn: false,
  };
}

function newThread(event: Event<'comment'>): DraftThread {
  const comment = newRemark(event);
  const { anchor, isBlocking } = event.value;
  return {
    threadId: comment.remarkId,
    comment,
    replies: [],
    anchor,
    firstAnchor: anchor,
    isBlocking,
    isResolved: false,
    settled: null,
  };
}

/** Whether this thread waits for this person: it names them and is not resolved. */
export function mentionsPerson(thread: Thread, personId: string): boolean {
  return [thread.comment, ...thread.replies].some((remark) => remark.mentions.includes(personId));
}
