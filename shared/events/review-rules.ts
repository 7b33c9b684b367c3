/**
 * Who may do what with a comment, as one table for the reducer (which ignores the rest) and the interface (which says so
 * before). Whether somebody may write in the review room at all is the relay's to decide, when they do: what somebody
 * said while they were on the case stands after they have left it.
 */
import { capability, type SaidRole } from '../permissions.ts';

/** A thread as far as rights go. */
export interface ThreadStanding {
  readonly authorId: string;
  readonly isBlocking: boolean;
  readonly isResolved: boolean;
}

/** A person as far as rights go; `role` is null for somebody who is not on the case (any more). */
export interface Commenter {
  readonly personId: string;
  readonly role: SaidRole | null;
}

export type ReviewRefusal =
  /** Edited or withdrawn by somebody who did not write it. */
  | 'not-author'
  /** Only its author, a reviewer or the host settles a blocking comment. */
  | 'blocking'
  /** Neither its author nor somebody who edits the document. */
  | 'not-editor'
  /** Resolved already, or not resolved. */
  | 'no-change'
  /** It speaks of something that is not there, or was withdrawn. */
  | 'no-thread';

/** Why this person may not resolve (or reopen) the thread now; null when they may. */
export function settleRefusal(
  { personId, role }: Commenter,
  thread: ThreadStanding,
  type: 'resolve' | 'reopen',
): ReviewRefusal | null {
  if (thread.isResolved === (type === 'resolve')) return 'no-change';
  if (personId === thread.authorId || role === 'reviewer' || role === 'host') return null;
  if (thread.isBlocking) return 'blocking';
  return role !== null && isEditor(role) ? null : 'not-editor';
}

/** Whether a role marks its comments as blocking; the mark of whoever wrote one stands. */
export function mayBlock(role: SaidRole): boolean {
  return role === 'reviewer' || role === 'host';
}

function isEditor(role: SaidRole): boolean {
  const question = { role, actingAgencyId: '', audience: 'joint', audienceAgencyId: null, state: 'draft' } as const;
  return capability({ ...question, room: 'body' }) === 'write';
}
