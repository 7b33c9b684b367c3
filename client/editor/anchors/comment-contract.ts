/**
 * What the editor is given about comments and what it answers with. It draws the words they are about and says where those
 * are; it knows no threads, no people and no rights but the one to comment.
 */
import type { ProseAnchor } from '../../../shared/events/review-events.ts';

/** Words to be marked. */
export type CommentMark = {
  readonly threadId: string;
  readonly anchor: ProseAnchor;
  readonly isBlocking: boolean;
  /** The one the person is reading. */
  readonly isActive: boolean;
};

/** Where the words of a thread are, by its id; in the order of the text. */
export type CommentPlace = {
  readonly threadId: string;
  /** What stands there now; null when the words are gone. */
  readonly words: string | null;
};

export type EditorComments = {
  /** The same array until something about them changed. */
  readonly marks: readonly CommentMark[];
  readonly mayComment: boolean;
  /** A comment is to be written on these words; null: there are none where the caret is. */
  readonly begin: (anchor: ProseAnchor | null) => void;
  /** Somebody clicked on marked words. */
  readonly open: (threadId: string) => void;
  /** Words this person moved, or restored by undo, have new names. */
  readonly reanchor: (threadId: string, anchor: ProseAnchor) => void;
  readonly placed: (places: readonly CommentPlace[]) => void;
  /** Takes what the page may ask of the editor; null when it goes. */
  readonly connect: (handle: EditorCommentsHandle | null) => void;
};

export type EditorCommentsHandle = {
  /** Begins a comment on what is selected, else on the block of the caret. */
  readonly comment: () => void;
  /** Scrolls to a thread's words, or to where they were. False when that is not known. */
  readonly reveal: (threadId: string) => boolean;
  /** Puts the caret to a thread's words. False when they are gone. */
  readonly enter: (threadId: string) => boolean;
};
