/**
 * One editor on a document of its own in a window without layout, as tests of commands, keys, rules and the clipboard need
 * it. `blocks` writes a prose short: `h2:标题`, `bullet1:项` (indent 1), `task!:做完` (checked), `p:甲|乙` (the caret).
 */
import { TextSelection } from '@tiptap/pm/state';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { EditorNotice, Mentionables } from '../../../client/editor/editor-contract.ts';
import { menuCommand } from '../../../client/editor/menus/menu-command.ts';
import { mentionItems, slashItems } from '../../../client/editor/menus/menu-items.ts';
import { slashChoices } from '../../../client/editor/menus/slash-choices.ts';
import { type MountedEditor, type MountOptions, mountEditor } from '../../../client/editor/mount-editor.ts';
import { catalogue } from '../../../client/language/catalogue.ts';
import type { Say } from '../../../client/language/use-words.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { type InitialBlock, writeInitialProse } from '../../../shared/prose/write-initial-prose.ts';

export type EditorScene = MountedEditor & {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly notices: EditorNotice[];
  /** What the input-method hold did, in order. */
  readonly holds: ('hold' | 'release')[];
  /** The prose in short, from the Y.Text, with the caret. */
  blocks(): string[];
  /** Types text as the browser would tell of it. */
  type(text: string): void;
  /** Presses a key such as `Mod-Shift-7`. Returns whether it was handled. */
  press(key: string): boolean;
  select(anchor: number, head?: number): void;
  /** Pastes from a clipboard with these types. */
  paste(data: Readonly<Record<string, string>>): void;
};

const say: Say = (key, params = {}) => {
  const word = catalogue[key]['zh-CN'];
  return word.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]));
};

const NOBODY: Mentionables = { people: [], agencies: [], parties: [] };

type SceneOptions = {
  readonly mayEdit?: () => boolean;
  readonly comments?: Partial<MountOptions['comments']>;
};

const NO_COMMENTS: MountOptions['comments'] = {
  marks: () => [],
  mayComment: () => true,
  open: () => {},
  placed: () => {},
  reanchor: () => {},
};

export function openEditor(
  blocks: readonly string[],
  mentionables: Mentionables = NOBODY,
  { mayEdit = () => true, comments = {} }: SceneOptions = {},
): EditorScene {
  const doc = new Y.Doc();
  let ids = 0;
  const newBlockId = () => `b${++ids}`;
  let caret: { block: number; offset: number } | null = null;
  const initial = blocks.map((short, block): InitialBlock => {
    const [, kind = 'p', indent = '0', check = '', text = ''] =
      /^([a-z]+[123]?)(?:@(\d))?(!?):(.*)$/s.exec(short) ?? [];
    const offset = text.indexOf('|');
    if (offset >= 0) caret = { block, offset };
    return { kind, indent: Number(indent), checked: check === '!', content: text.replace('|', '') };
  });
  if (initial.length > 0) writeInitialProse(doc, initial, { newBlockId });
  const awareness = new Awareness(doc);
  const undo = new Y.UndoManager([proseText(doc), blockKeys(doc)], {
    trackedOrigins: new Set([ORIGIN.editor]),
    captureTimeout: 0,
  });
  const notices: EditorNotice[] = [];
  const holds: EditorScene['holds'] = [];
  const element = document.createElement('div');
  document.body.append(element);
  const mounted = mountEditor({
    element,
    doc,
    awareness,
    reading: { mayEdit, refused: () => notices.push({ kind: 'readOnly' }) },
    comments: { ...NO_COMMENTS, ...comments },
    autofocus: false,
    newBlockId,
    beginComposition: () => {
      holds.push('hold');
      return () => holds.push('release');
    },
    listId: 'menu',
    itemsFor: ({ kind, query }) =>
      kind === 'slash' ? slashItems(slashChoices(say), query) : mentionItems(mentionables, query, (each) => each),
    commandFor: menuCommand,
    attributes: () => ({ 'aria-label': 'text' }),
    noteTexts: () => ({ placeholder: 'write', stray: 'stray', unknownKind: 'unknown' }),
    caretLabel: ({ name, agencyName }) => `${name} · ${agencyName}`,
    notify: (notice) => notices.push(notice),
    undo: () => undo.undo(),
    redo: () => undo.redo(),
    editLink: () => {},
    comment: () => {},
    toToolbar: () => {},
  });
  const { editor } = mounted;
  const select = (anchor: number, head = anchor) =>
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, anchor, head)));
  const placed = caret as { block: number; offset: number } | null;
  if (placed !== null) {
    let pos = 1 + placed.offset;
    for (let i = 0; i < placed.block; i++) pos += editor.state.doc.child(i).nodeSize;
    select(pos);
  }
  return {
    ...mounted,
    doc,
    awareness,
    notices,
    holds,
    select,
    blocks: () => shortBlocks(doc, editor.state.selection.empty ? editor.state.selection.$from : null),
    type: (text) => {
      for (const character of text) {
        const { from, to } = editor.state.selection;
        const insert = () => editor.state.tr.insertText(character, from, to);
        if (!editor.view.someProp('handleTextInput', (f) => f(editor.view, from, to, character, insert))) {
          editor.view.dispatch(insert());
        }
      }
    },
    press: (key) => editor.view.someProp('handleKeyDown', (f) => f(editor.view, keyEvent(key))) ?? false,
    paste: (data) => {
      const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
        clipboardData: { getData: (type: string) => data[type] ?? '', files: [] },
      });
      editor.view.dom.dispatchEvent(event);
    },
    destroy: () => {
      mounted.destroy();
      undo.destroy();
      awareness.destroy();
      element.remove();
    },
  };
}

function shortBlocks(doc: Y.Doc, $caret: { index(depth: number): number; parentOffset: number } | null): string[] {
  return readProse(proseText(doc), blockKeys(doc)).map((block, i) => {
    const text = block.content
      .map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'mention' ? `@` : '◇'))
      .join('');
    const withCaret =
      $caret?.index(0) === i ? `${text.slice(0, $caret.parentOffset)}|${text.slice($caret.parentOffset)}` : text;
    return `${block.kind}${block.indent > 0 ? `@${block.indent}` : ''}${block.checked ? '!' : ''}:${withCaret}`;
  });
}

function keyEvent(name: string): KeyboardEvent {
  const parts = name.split('-');
  const key = parts.pop() ?? '';
  const digits: Readonly<Record<string, string>> = { 7: '&', 8: '*', 9: '(' };
  const shiftKey = parts.includes('Shift');
  const shown = shiftKey ? (digits[key] ?? (key.length === 1 ? key.toUpperCase() : key)) : key;
  const init = { key: shown, shiftKey, ctrlKey: parts.includes('Mod'), altKey: parts.includes('Alt'), bubbles: true };
  const event = new KeyboardEvent('keydown', init);
  const code = /^\d$/.test(key) ? 48 + Number(key) : key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0;
  return Object.defineProperty(event, 'keyCode', { value: code });
}
