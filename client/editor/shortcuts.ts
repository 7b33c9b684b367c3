/**
 * Keys of the editor. Undo and redo go to the document's one undo stack; Tab works in lists only, so that everywhere else it
 * leaves the editor. Marks bring their own keys (Mod-b, Mod-i, Mod-u, Mod-Shift-s, Mod-Shift-h).
 */
import { Extension } from '@tiptap/core';
import { chainCommands, deleteSelection, selectAll } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import type { Command } from '@tiptap/pm/state';
import { type IsOccupied, moveBlock } from './binding/move-block.ts';
import { setKind, toggleChecked, toggleListKind } from './commands/block-kinds.ts';
import { backToParagraph, deleteAtom, joinIntoPrevious, joinNext } from './commands/delete.ts';
import { leaveEmptyItem, splitBlock } from './commands/enter.ts';
import { indentBy } from './commands/indent.ts';

export type ShortcutActs = {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly editLink: () => void;
  /** Begins a comment on what is selected. */
  readonly comment: () => void;
  /** The toolbar stands elsewhere in the page; Escape comes back from it. */
  readonly toToolbar: () => void;
  /** Whether a colleague's caret is between two positions. */
  readonly isOccupied: IsOccupied;
  /** Keys that a feature adds, such as `Mod-Alt-d`. */
  readonly added: readonly { readonly keys: string; readonly run: () => void }[];
};

export function shortcuts({ undo, redo, editLink, comment, toToolbar, isOccupied, added }: ShortcutActs): Extension {
  return Extension.create({
    name: 'shortcuts',
    priority: 200,
    addProseMirrorPlugins() {
      const { editor } = this;
      const act = (run: () => void): Command => {
        return () => {
          run();
          return true;
        };
      };
      const handled: Command = () => true;
      const undoInputRule: Command = () => editor.commands.undoInputRule();
      const enter = chainCommands(leaveEmptyItem, splitBlock);
      return [
        keymap(Object.fromEntries(added.map(({ keys, run }) => [keys, act(run)]))),
        keymap({
          Enter: enter,
          'Shift-Enter': enter,
          'Mod-Enter': toggleChecked,
          Backspace: chainCommands(undoInputRule, deleteSelection, deleteAtom(-1), backToParagraph, joinIntoPrevious),
          Delete: chainCommands(deleteSelection, deleteAtom(1), joinNext),
          'Mod-a': selectAll,
          Tab: indentBy(1),
          'Shift-Tab': indentBy(-1),
          'Alt-Shift-ArrowUp': chainCommands(moveBlock('up', isOccupied), handled),
          'Alt-Shift-ArrowDown': chainCommands(moveBlock('down', isOccupied), handled),
          'Mod-Alt-0': setKind('p'),
          'Mod-Alt-1': setKind('h1'),
          'Mod-Alt-2': setKind('h2'),
          'Mod-Alt-3': setKind('h3'),
          'Mod-Shift-7': toggleListKind('numbered'),
          'Mod-Shift-8': toggleListKind('bullet'),
          'Mod-Shift-9': toggleListKind('task'),
          'Mod-k': act(editLink),
          'Mod-Alt-m': act(comment),
          'Alt-F10': act(toToolbar),
          'Mod-z': act(undo),
          'Mod-Shift-z': act(redo),
          'Mod-y': act(redo),
        }),
      ];
    },
  });
}
