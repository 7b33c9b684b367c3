/**
 * What the prose editor is given and what it answers with: plain data and a few functions, so that it knows nothing of the
 * replica, the relay or the page around it.
 */
import type { HistoryOutcome } from '../../shared/fields/history.ts';
import type { MentionKind } from '../../shared/prose/embeds.ts';

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
  /** They tried to change a text that they may only read. */
  | { readonly kind: 'readOnly' };

/** Most characters that one paste may bring: a long report, and well under what one frame to the relay may carry. */
export const MAX_PASTE_CHARACTERS = 200_000;
