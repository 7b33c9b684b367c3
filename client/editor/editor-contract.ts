/**
 * What the prose editor is given and what it answers with: plain data and a few functions, so that it knows nothing of the
 * replica, the relay or the page around it.
 */
import type * as Y from 'yjs';
import type { HistoryOutcome } from '../../shared/fields/history.ts';
import type { MentionKind } from '../../shared/prose/embeds.ts';
import type { WordKey } from '../language/catalogue.ts';

/** The person who writes here. */
export type EditorPerson = { readonly personId: string; readonly name: string; readonly agencyName: string };

/** Somebody or something that a mention can name. */
type Mentionable = { readonly id: string; readonly label: string };

export type Mentionables = {
  readonly people: readonly Mentionable[];
  readonly agencies: readonly Mentionable[];
  readonly parties: readonly Mentionable[];
};

/** The group of `Mentionables` that each kind of mention is chosen from, in the order they are offered. */
export const MENTION_GROUPS = [
  ['person', 'people'],
  ['agency', 'agencies'],
  ['party', 'parties'],
] as const satisfies readonly (readonly [MentionKind, keyof Mentionables])[];

/** The part of the document's one undo stack (shared/fields/history.ts) that the editor uses. */
export type EditorHistory = {
  undo(): HistoryOutcome;
  redo(): HistoryOutcome;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Words written until the returned function is called are one step. */
  oneStep(): () => void;
  subscribe(onChange: () => void): () => void;
};

/** Something the person should be told about what they just did here. */
export type EditorNotice =
  /** Nothing was pasted and nothing changed; the clipboard still has it. */
  | { readonly kind: 'pasteTooLarge'; readonly characters: number; readonly max: number }
  /** The words were pasted; pictures cannot stand in the text. */
  | { readonly kind: 'picturesLeftOut'; readonly count: number }
  /** A field could not be undone because somebody changed it since; `by` is a person's id. */
  | { readonly kind: 'undoRefused'; readonly by: string | null }
  | { readonly kind: 'undonePartly'; readonly by: string | null }
  /** They tried to change a text that they may only read. */
  | { readonly kind: 'readOnly' };

/** Most characters that one paste may bring: a long report, and well under what one frame to the relay may carry. */
export const MAX_PASTE_CHARACTERS = 200_000;

/** Words of the prose as a feature keeps them: their present wording, and positions that follow them. */
export type AnchoredSentence = {
  readonly words: string;
  readonly blockId: string | null;
  readonly from: Y.RelativePosition;
  readonly to: Y.RelativePosition;
};

/** What a feature makes of the sentence one is in: a key, a button in the toolbar, a line of the `/` menu. */
export type SentenceAct = {
  readonly id: string;
  readonly word: WordKey;
  /** In the notation of the toolbar, such as `Mod-Alt-D`. */
  readonly keys: string;
  /** Further words under which the `/` menu finds it. */
  readonly keywords: readonly string[];
  /** Null where there are no words. */
  readonly run: (sentence: AnchoredSentence | null) => void;
};

/** A sentence that a feature has something to say about: drawn with a line beside its paragraph and a short label. */
export type NotedSentence = {
  readonly id: string;
  readonly label: string;
  readonly from: Y.RelativePosition;
  readonly to: Y.RelativePosition;
  readonly isCurrent: boolean;
};

/** The text as a feature beside it may use it. */
export type ProseHandle = {
  /** Goes to words of the prose: in sight, and with the caret in them where one may write. */
  reveal(sentence: Pick<AnchoredSentence, 'from' | 'to'>): void;
};

/** Everything a feature adds to the text about sentences. */
export type SentenceAdditions = {
  readonly acts: readonly SentenceAct[];
  readonly notes: readonly NotedSentence[];
  /** With null when the text is gone. */
  readonly onReady: (handle: ProseHandle | null) => void;
};
