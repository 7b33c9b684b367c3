/**
 * One person with a document, a binding and a view without DOM, for tests. `check` is the oracle that the view, the
 * mirror's reading and a whole new reading of the Y.Text agree.
 */
import { type Node as ProseNode, Slice } from '@tiptap/pm/model';
import {
  type Command,
  EditorState,
  type Plugin,
  type PluginView,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { mirrorToDoc, readMirror } from '../../../../client/editor/binding/mirror.ts';
import { createProseBinding, type ProseBinding } from '../../../../client/editor/binding/prose-binding.ts';
import { blockKeys, proseText } from '../../../../shared/prose/roots.ts';
import { proseSchema } from '../../../../shared/prose/schema.ts';
import { writeInitialProse } from '../../../../shared/prose/write-initial-prose.ts';

export const schema = proseSchema;
const ORIGIN = 'editor';

/** A view without DOM: applies transactions and tells the plugins. */
export class HeadlessView {
  state: EditorState;
  readonly #pluginViews: PluginView[] = [];
  /** Told of every transaction that is applied. */
  onTransaction: (tr: Transaction) => void = () => {};

  constructor(state: EditorState) {
    this.state = state;
    for (const plugin of state.plugins) {
      const view = plugin.spec.view?.(this as never);
      if (view !== undefined) this.#pluginViews.push(view);
    }
  }

  dispatch(tr: Transaction): void {
    this.onTransaction(tr);
    const before = this.state;
    this.state = before.apply(tr);
    for (const view of this.#pluginViews) view.update?.(this as never, before);
  }

  destroy(): void {
    for (const view of this.#pluginViews) view.destroy?.();
  }
}

export type Peer = {
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly keys: Y.Map<unknown>;
  readonly binding: ProseBinding;
  readonly view: HeadlessView;
  readonly undo: Y.UndoManager;
};

/**
 * A person whose document begins as the given update.
 * @param plugins further plugins, behind the binding
 */
export function makePeer(
  clientId: number,
  update?: Uint8Array,
  plugins: (binding: ProseBinding, text: Y.Text) => Plugin[] = () => [],
): Peer {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  // As in every replica: no formatting is tidied in reaction to what arrives.
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  if (update !== undefined) Y.applyUpdate(doc, update);
  let ids = 0;
  const newBlockId = () => `${clientId}-${ids++}`;
  const binding = createProseBinding({ doc, schema, origin: ORIGIN, newBlockId });
  const view = new HeadlessView(
    EditorState.create({ doc: binding.initialDoc(), plugins: [binding.plugin, ...plugins(binding, proseText(doc))] }),
  );
  // Steps are parted by stopCapturing alone, never by the clock.
  const undo = new Y.UndoManager(binding.undoScope, { trackedOrigins: new Set([ORIGIN]), captureTimeout: 1e9 });
  return { doc, text: proseText(doc), keys: blockKeys(doc), binding, view, undo };
}

/** A document with one block per item, ids b1, b2 …; `kind:` before the words sets the kind. */
export function initialUpdate(blocks: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 900;
  let ids = 0;
  const parsed = blocks.map((block) => {
    const [, kind, content] = /^(?:(\w+):)?(.*)$/s.exec(block) ?? [];
    return { kind: kind ?? 'p', content: content ?? '' };
  });
  writeInitialProse(doc, parsed, { newBlockId: () => `b${++ids}` });
  return Y.encodeStateAsUpdate(doc);
}

/** Both learn everything of each other. */
export function sync(a: Peer, b: Peer): void {
  Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc)), 'connection');
  Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)), 'connection');
}

/** What a whole new reading of the text shows. */
export function projection(peer: Peer): ProseNode {
  return mirrorToDoc(readMirror({ text: peer.text, keys: peer.keys, schema }), schema);
}

/** The oracle; throws with both sides when the view does not show what the text says. */
export function check(peer: Peer): void {
  const whole = projection(peer);
  if (whole.eq(peer.view.state.doc)) return;
  expect(peer.view.state.doc.toJSON(), 'the view shows what the text says').toEqual(whole.toJSON());
  throw new Error('The view does not show what the text says');
}

export function run(peer: Peer, command: Command): boolean {
  return command(peer.view.state, (tr) => peer.view.dispatch(tr));
}

export function change(peer: Peer, make: (tr: Transaction) => Transaction): void {
  peer.view.dispatch(make(peer.view.state.tr));
}

export function select(peer: Peer, anchor: number, head = anchor): void {
  change(peer, (tr) => tr.setSelection(TextSelection.create(tr.doc, anchor, head)));
}

/** Position of a block by its place. */
export function blockPos(doc: ProseNode, index: number): number {
  let pos = 0;
  for (let i = 0; i < index; i++) pos += doc.child(i).nodeSize;
  return pos;
}

/** Position of the first occurrence of some words; throws when they are not there. */
export function posOf(doc: ProseNode, words: string): number {
  let found = -1;
  doc.descendants((node, pos) => {
    const at = node.text?.indexOf(words) ?? -1;
    if (found < 0 && at >= 0) found = pos + at;
  });
  if (found < 0) throw new Error(`"${words}" is not there`);
  return found;
}

/** Blocks without ids, as a paste brings them, open at both ends. */
export function pastedSlice(words: readonly string[], kind = 'p'): Slice {
  const blocks = words.map((each) => schema.node('para', { kind }, each === '' ? [] : [schema.text(each)]));
  return new Slice(schema.node('doc', null, blocks).content, 1, 1);
}

/** A document in one line: `kind~>indent✓:words`, marks as `[…]`, blocks parted by ¶. Stray blocks have a tilde. */
export function brief(doc: ProseNode): string {
  return doc.children
    .map((block) => {
      const { kind, stray, indent, checked } = block.attrs;
      const content = block.children
        .map((node) => {
          const words = node.isText ? node.text : `@${node.attrs.label ?? ''}`;
          return node.marks.length > 0 ? `[${words}]` : words;
        })
        .join('');
      return `${kind}${stray ? '~' : ''}${'>'.repeat(indent)}${checked ? '✓' : ''}:${content}`;
    })
    .join(' ¶ ');
}
