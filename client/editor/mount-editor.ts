/**
 * Puts the editor's parts together on an element: schema, binding, commands, menus, carets, clipboard and the hold for input
 * methods. Everything that may change while it stands is asked through functions. No React; knows no replica.
 */
import { Editor, Extension } from '@tiptap/core';
import type { Command, Plugin } from '@tiptap/pm/state';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { ORIGIN } from '../../shared/origins.ts';
import { proseText } from '../../shared/prose/roots.ts';
import { type AnchorOptions, type CommentAnchors, createCommentAnchors } from './anchors/anchor-plugin.ts';
import { createProseBinding, type ProseBinding } from './binding/prose-binding.ts';
import { caretPlugin, isCaretWithin } from './carets/caret-plugin.ts';
import type { CaretOwner } from './carets/caret-states.ts';
import { clipboardPlugin } from './clipboard/clipboard-plugin.ts';
import { toggleCheckedAt } from './commands/block-kinds.ts';
import { compositionHold } from './composition-hold.ts';
import { type BlockNoteTexts, blockNotes } from './drawing/block-notes.ts';
import { clickPlugin } from './drawing/clicks.ts';
import { listNumbers } from './drawing/list-numbers.ts';
import { drawNotes, notedSentences } from './drawing/noted-sentences.ts';
import type { EditorNotice, NotedSentence } from './editor-contract.ts';
import { inputRules } from './input-rules.ts';
import { type MenuOptions, menuPlugin } from './menus/menu-plugin.ts';
import { proseSchemaSpec, proseTypes } from './prose-extensions.ts';
import { type ReadingOptions, readingMode } from './reading-mode.ts';
import { type ShortcutActs, shortcuts } from './shortcuts.ts';

export type MountOptions = MenuOptions & {
  readonly element: HTMLElement;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly reading: ReadingOptions;
  readonly comments: Omit<AnchorOptions, 'prose' | 'binding'>;
  readonly autofocus: boolean;
  readonly newBlockId: () => string;
  /** Called when an input method begins to compose; returns what is called when it has ended. */
  readonly beginComposition: () => () => void;
  readonly attributes: () => Record<string, string>;
  readonly noteTexts: () => BlockNoteTexts;
  readonly caretLabel: (owner: CaretOwner) => string;
  readonly notify: (notice: EditorNotice) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly editLink: () => void;
  readonly comment: () => void;
  readonly toToolbar: () => void;
  /** Keys that a feature adds. */
  readonly added?: ShortcutActs['added'];
};

export type MountedEditor = {
  readonly editor: Editor;
  readonly binding: ProseBinding;
  readonly comments: CommentAnchors;
  /** Runs a command and puts the caret back into the text. */
  run(command: Command): void;
  /** Draws what a feature has to say about sentences, in place of what it said before. */
  note(sentences: readonly NotedSentence[]): void;
  destroy(): void;
};

export function mountEditor(options: MountOptions): MountedEditor {
  let binding: ProseBinding | undefined;
  const bindingOf = (editor: Editor): ProseBinding => {
    binding ??= createProseBinding({
      doc: options.doc,
      schema: editor.schema,
      origin: ORIGIN.editor,
      newBlockId: options.newBlockId,
    });
    return binding;
  };
  let comments: CommentAnchors | undefined;
  const commentsOf = (editor: Editor): CommentAnchors => {
    comments ??= createCommentAnchors({
      ...options.comments,
      prose: proseText(options.doc),
      binding: bindingOf(editor),
    });
    return comments;
  };
  const plugins = (editor: Editor): Plugin[] => [
    readingMode(options.reading),
    compositionHold(options.beginComposition),
    clipboardPlugin(editor.schema, options.notify),
    menuPlugin(options),
    clickPlugin(toggleCheckedAt),
    bindingOf(editor).plugin,
    listNumbers(),
    blockNotes(options.noteTexts),
    notedSentences(bindingOf(editor)),
    commentsOf(editor).plugin,
    caretPlugin({
      awareness: options.awareness,
      binding: bindingOf(editor),
      labelOf: options.caretLabel,
      mayTell: options.reading.mayEdit,
    }),
  ];
  const editor = new Editor({
    element: options.element,
    schemaSpec: proseSchemaSpec,
    extensions: [
      ...proseTypes,
      inputRules,
      shortcuts({
        ...options,
        added: options.added ?? [],
        isOccupied: (from, to) => isCaretWithin(editor.state, from, to),
      }),
      Extension.create({
        name: 'prosePlugins',
        // Before the shortcuts: an open menu takes the keys first.
        priority: 300,
        addProseMirrorPlugins() {
          return plugins(this.editor);
        },
      }),
    ],
    // Ours replace what Tiptap brings for keys, clipboard and deletion.
    enableCoreExtensions: {
      keymap: false,
      clipboardTextSerializer: false,
      drop: false,
      paste: false,
      delete: false,
      focusEvents: false,
      textDirection: false,
    },
    enablePasteRules: false,
    injectCSS: false,
    // What may not be changed is refused by readingMode: the caret of a reader needs an editable element.
    editable: true,
    autofocus: options.autofocus ? 'end' : false,
    editorProps: { attributes: options.attributes },
    onBeforeCreate: ({ editor: made }) => {
      made.options.content = bindingOf(made).initialDoc().toJSON();
    },
  });
  return {
    editor,
    binding: bindingOf(editor),
    comments: commentsOf(editor),
    run: (command) => {
      command(editor.state, editor.view.dispatch, editor.view);
      editor.view.focus();
    },
    note: (sentences) => drawNotes(editor.view, sentences),
    destroy: () => {
      editor.destroy();
      binding?.destroy();
    },
  };
}
