/** What every card of the panel needs: who one is, what one may do, names, drafts, and the writing of an event. */
import { createContext, useContext } from 'react';
import type { ReviewEvent } from '../../shared/events/review-events.ts';
import type { SaidRole } from '../../shared/permissions.ts';
import type { RoomReplica } from '../replica/contract.ts';
import type { FieldPlace } from './field-places.ts';
import type { Mentionable } from './mention-query.ts';
import type { CommentDrafts } from './use-drafts.ts';

export interface Commenting {
  readonly me: string;
  readonly role: SaidRole;
  readonly review: RoomReplica;
  readonly mayComment: boolean;
  /** Whether there are words to select; else comments are on fields, rows and the whole. */
  readonly hasText: boolean;
  /** Whom a comment can name: everybody who may see the document. */
  readonly people: readonly Mentionable[];
  readonly drafts: CommentDrafts;
  /** Remarks written offline that the server does not have yet. */
  readonly waiting: ReadonlySet<string>;
  /** Name, and agency and role in one line. */
  personOf(personId: string): { readonly name: string; readonly note: string };
  /** What a field anchor is about, in words; null when it is there no more. */
  placeLabel(place: FieldPlace): string | null;
  /** Writes an event and returns its key; whom a text names is read from it. */
  record(event: ReviewEvent): string;
  /** Shows in the page what a thread or draft is about. */
  reveal(id: string): void;
  /** Back to the words of the thread one was reading, or to where one was before. */
  backToText(): void;
}

const CommentingContext = createContext<Commenting | null>(null);
export const CommentingProvider = CommentingContext.Provider;

/** Throws outside the panel: a bug of the composition. */
export function useCommenting(): Commenting {
  const value = useContext(CommentingContext);
  if (value === null) throw new Error('no comments here');
  return value;
}
