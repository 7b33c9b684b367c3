/** The buttons of the toolbar as data: order, words, keys, when they are pressed and what they do. */
import { isMarkActive } from '@tiptap/core';
import { toggleMark } from '@tiptap/pm/commands';
import type { Command, EditorState } from '@tiptap/pm/state';
import type { WordKey } from '../../language/catalogue.ts';
import { insertDivider, isKindEverywhere, toggleListKind } from '../commands/block-kinds.ts';
import { startMention } from '../commands/insert-mention.ts';
import { selectedBlocks } from '../commands/selected-blocks.ts';
import type { SentenceAct } from '../editor-contract.ts';

type ToolbarAct =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'undo' | 'redo' | 'link' | 'comment' }
  /** An act that a feature adds, by its id. */
  | { readonly kind: 'sentence'; readonly id: string };

export type ToolbarItem = {
  readonly id: string;
  readonly word: WordKey;
  /** Shown instead of the word: the one letter by which a mark is known everywhere. */
  readonly letter?: string;
  /** In the notation of shortcuts.ts. */
  readonly keys?: string;
  /** A line before this button. */
  readonly beginsGroup?: boolean;
  /** Whether it can be pressed in or is a plain button. */
  readonly isToggle: boolean;
  readonly act: ToolbarAct;
};

const mark = (
  id: 'bold' | 'italic' | 'underline' | 'strike' | 'highlight',
  keys: string,
  letter?: string,
): ToolbarItem => ({
  id,
  word: `editor.${id}`,
  keys,
  isToggle: true,
  act: { kind: 'command', command: toggleMarkNamed(id) },
  ...(letter !== undefined && { letter }),
});

const list = (id: 'numbered' | 'bullet' | 'task' | 'quote', keys?: string): ToolbarItem => ({
  id,
  word: `editor.${id}`,
  isToggle: true,
  act: { kind: 'command', command: toggleListKind(id) },
  ...(keys !== undefined && { keys }),
});

const TOOLBAR_ITEMS: readonly ToolbarItem[] = [
  { ...mark('bold', 'Mod-B', 'B'), beginsGroup: true },
  mark('italic', 'Mod-I', 'I'),
  mark('underline', 'Mod-U', 'U'),
  mark('strike', 'Mod-Shift-S', 'S'),
  mark('highlight', 'Mod-Shift-H'),
  { ...list('numbered', 'Mod-Shift-7'), beginsGroup: true },
  list('bullet', 'Mod-Shift-8'),
  list('task', 'Mod-Shift-9'),
  list('quote'),
  { id: 'link', word: 'editor.link', keys: 'Mod-K', isToggle: true, act: { kind: 'link' }, beginsGroup: true },
  { id: 'mention', word: 'editor.mention', isToggle: false, act: { kind: 'command', command: startMention } },
  { id: 'comment', word: 'editor.comment', keys: 'Mod-Alt-M', isToggle: false, act: { kind: 'comment' } },
  { id: 'divider', word: 'editor.divider', isToggle: false, act: { kind: 'command', command: insertDivider } },
];

/** The buttons with those that a feature adds, before the last one: what does not fit goes first from the end. */
export function toolbarItemsWith(acts: readonly Pick<SentenceAct, 'id' | 'word' | 'keys'>[]): readonly ToolbarItem[] {
  const added = acts.map(({ id, word, keys }) => ({
    id,
    word,
    keys,
    isToggle: false,
    act: { kind: 'sentence', id } as const,
  }));
  return [...TOOLBAR_ITEMS.slice(0, -1), ...added, ...TOOLBAR_ITEMS.slice(-1)];
}

/** Always in sight, at the end: a phone has no keys for them. */
export const HISTORY_ITEMS = [
  { id: 'undo', word: 'editor.undo', keys: 'Mod-Z', act: { kind: 'undo' } },
  { id: 'redo', word: 'editor.redo', keys: 'Mod-Shift-Z', act: { kind: 'redo' } },
] as const;

/** The kinds that the menu at the front offers. */
export const MENU_KINDS = [
  ['p', 'Mod-Alt-0'],
  ['h1', 'Mod-Alt-1'],
  ['h2', 'Mod-Alt-2'],
  ['h3', 'Mod-Alt-3'],
] as const;

export type ToolbarState = {
  /** Ids of the buttons that are pressed in. */
  readonly pressed: readonly string[];
  /** The kind of all selected blocks, or null when they differ. */
  readonly kind: string | null;
};

/** What the toolbar shows of a selection. */
export function toolbarState(state: EditorState): ToolbarState {
  const kinds = new Set(selectedBlocks(state).map((block) => block.attrs.kind));
  const pressed = TOOLBAR_ITEMS.filter(
    ({ id, isToggle }) =>
      isToggle && (id in state.schema.marks ? isMarkActive(state, id) : isKindEverywhere(state, id)),
  );
  return { pressed: pressed.map(({ id }) => id), kind: kinds.size === 1 ? ([...kinds][0] ?? null) : null };
}

/** Ctrl+Shift+S, or ⇧⌘S on Apple's keyboards. */
export function keysInWords(keys: string, isApple: boolean): string {
  return isApple
    ? keys.replace('Mod-', '⌘').replace('Shift-', '⇧').replace('Alt-', '⌥')
    : keys.replace('Mod-', 'Ctrl+').replace('Shift-', 'Shift+').replace('Alt-', 'Alt+');
}

function toggleMarkNamed(name: string): Command {
  return (state, dispatch, view) => {
    const type = state.schema.marks[name];
    return type !== undefined && toggleMark(type)(state, dispatch, view);
  };
}
