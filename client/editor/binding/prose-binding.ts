/**
 * Binds the prose of a Y.Doc to ProseMirror, in both directions, without a framework: it works with an EditorView, with
 * Tiptap and with a view that has no DOM. How to use it:
 *
 *   const binding = createProseBinding({ doc, schema, origin, newBlockId: () => crypto.randomUUID() });
 *   EditorState.create({ doc: binding.initialDoc(), plugins: [binding.plugin, …] })   // then make the view
 *   new Y.UndoManager(binding.undoScope, { trackedOrigins: new Set([binding.origin]) })
 *   binding.destroy()                                                                 // after the view's end
 *
 * Local transactions are written to Y in one `doc.transact(…, origin)`. Changes of any other origin, undo among them, are
 * shown by transactions for which `isRemote(tr)` is true. It never writes in reaction to a remote event, never replaces the
 * document, makes no undo stack and holds nothing back: what must wait for an input method waits before the Y.Doc.
 */
import type { Node as ProseNode, Schema } from '@tiptap/pm/model';
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { blockIdOfKey } from '../../../shared/prose/block-attrs.ts';
import { flatSize } from '../../../shared/prose/flat-blocks.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { giveBlockIds } from './block-ids.ts';
import { readBrowserCaret, readCaretBefore } from './browser-caret.ts';
import { splitAtLineBreaks } from './line-breaks.ts';
import { writeLocalChange } from './local-change.ts';
import { type Mirror, mirrorToDoc, type ProseSource, readMirror } from './mirror.ts';
import { paraNodeView } from './para-node-view.ts';
import { patchBlocks } from './patch-blocks.ts';
import { bindingKey, isRemote, type PendingSteps, pendingStepsField } from './pending-steps.ts';
import { flatToPos, posToFlat } from './positions.ts';
import { showRemoteChange } from './remote-change.ts';
import { textChanges } from './text-changes.ts';
import { dropSearchMarkers } from './text-writes.ts';

/** The part of an EditorView that the binding needs. */
type BoundView = { readonly state: EditorState; dispatch(tr: Transaction): void };

export type ProseBindingOptions = {
  readonly doc: Y.Doc;
  /** The editor's schema, with the names of shared/prose/schema.ts. */
  readonly schema: Schema;
  /** Origin of the binding's Y transactions. */
  readonly origin: unknown;
  /** Returns a fresh block id each time. */
  readonly newBlockId: () => string;
};

/** How often the binding did what; `fallbacks` must stay 0. */
type BindingCounters = {
  /** Local transactions written. */
  local: number;
  /** Remote transactions shown. */
  remote: number;
  /** Local changes whose step ranges did not fit, so that more was written than changed. */
  fallbacks: number;
  /** Local changes that read differently than they were typed, so that the view was brought back to the text. */
  repairs: number;
  /** Whole readings, when a remote change could not be told apart from another. */
  rereads: number;
};

export type ProseBinding = {
  readonly plugin: Plugin<PendingSteps>;
  readonly origin: unknown;
  /** What the document's undo manager must track for the prose. */
  readonly undoScope: Y.AbstractType<unknown>[];
  readonly counters: Readonly<BindingCounters>;
  /** The document to create the editor's state with. */
  initialDoc(): ProseNode;
  /**
   * A place in the words that survives everything that keeps the words.
   * @param assoc 0 or more: stays with what follows; below 0: with what precedes (for the end of a range)
   */
  toRelative(pos: number, assoc?: number): Y.RelativePosition;
  /** The ProseMirror position of such a place, or null when it is not in this prose. */
  toAbsolute(relative: Y.RelativePosition): number | null;
  /** The index in the Y.Text of a ProseMirror position, and back (`assoc` as above). */
  toIndex(pos: number): number;
  toPos(index: number, assoc?: number): number;
  destroy(): void;
};

export function createProseBinding(options: ProseBindingOptions): ProseBinding {
  return new Binding(options);
}

class Binding implements ProseBinding {
  readonly plugin: Plugin<PendingSteps>;
  readonly origin: unknown;
  readonly counters: BindingCounters = { local: 0, remote: 0, fallbacks: 0, repairs: 0, rereads: 0 };
  readonly #doc: Y.Doc;
  readonly #source: ProseSource;
  readonly #newBlockId: () => string;
  readonly #ownTransactions = new WeakSet<Y.Transaction>();
  #mirror: Mirror;
  #view: BoundView | null = null;
  #written: PendingSteps | null = null;
  /** The mirror no longer describes the text, or the view no longer the mirror: read everything at the next chance. */
  #isStale = false;
  #isWriting = false;

  constructor({ doc, schema, origin, newBlockId }: ProseBindingOptions) {
    this.#doc = doc;
    this.#source = { text: proseText(doc), keys: blockKeys(doc), schema };
    dropSearchMarkers(this.#source.text);
    this.#newBlockId = newBlockId;
    this.#mirror = readMirror(this.#source);
    this.origin = origin;
    this.plugin = this.#makePlugin();
    doc.on('beforeTransaction', this.#beforeTransaction);
    doc.on('afterTransaction', this.#afterTransaction);
  }

  get undoScope(): Y.AbstractType<unknown>[] {
    return [this.#source.text, this.#source.keys] as Y.AbstractType<unknown>[];
  }

  initialDoc(): ProseNode {
    if (this.#isStale && this.#view === null) {
      this.#isStale = false;
      this.#mirror = readMirror(this.#source);
    }
    return mirrorToDoc(this.#mirror, this.#source.schema);
  }

  toRelative(pos: number, assoc = 0): Y.RelativePosition {
    return Y.createRelativePositionFromTypeIndex(this.#source.text, posToFlat(this.#mirror, pos), assoc);
  }

  toAbsolute(relative: Y.RelativePosition): number | null {
    const place = Y.createAbsolutePositionFromRelativePosition(relative, this.#doc);
    return place?.type === this.#source.text ? flatToPos(this.#mirror, place.index, place.assoc) : null;
  }

  toIndex(pos: number): number {
    return posToFlat(this.#mirror, pos);
  }

  toPos(index: number, assoc = 0): number {
    return flatToPos(this.#mirror, index, assoc);
  }

  destroy(): void {
    this.#doc.off('beforeTransaction', this.#beforeTransaction);
    this.#doc.off('afterTransaction', this.#afterTransaction);
    this.#view = null;
  }

  #makePlugin(): Plugin<PendingSteps> {
    return new Plugin<PendingSteps>({
      key: bindingKey,
      state: pendingStepsField((pending) => pending === this.#written),
      appendTransaction: (transactions, oldState, newState) => {
        if (!transactions.some((tr) => tr.docChanged && !isRemote(tr))) return null;
        const tr = newState.tr;
        splitAtLineBreaks(oldState.doc, tr);
        const copies = giveBlockIds(oldState.doc, tr, this.#newBlockId);
        // Its own steps would forget the marks that what is typed next is to have.
        return tr.docChanged ? tr.setStoredMarks(newState.storedMarks).setMeta(bindingKey, { copies }) : null;
      },
      // The binding gives blocks their ids while people type, so it also sees to it that this draws nothing anew.
      props: { nodeViews: { para: paraNodeView }, handleDOMEvents: readCaretBefore },
      view: (view) => {
        this.#view = view;
        // The editor may have been made with another document, or made before a remote change: it shows what the text says.
        if (this.#isStale || !view.state.doc.eq(this.initialDoc())) this.#readAll(view);
        return {
          update: (updated) => this.#writePending(updated),
          destroy: () => {
            if (this.#view === view) this.#view = null;
          },
        };
      },
    });
  }

  // ---- from ProseMirror to Y

  #writePending(view: BoundView): void {
    const pending = bindingKey.getState(view.state);
    if (pending === undefined || pending === this.#written || pending.steps.length === 0) return;
    this.#written = pending;
    // Inside somebody else's transaction the events of both come together and cannot be told apart.
    if (this.#doc._transaction !== null) this.#isStale = true;
    this.#isWriting = true;
    const change = this.#doc.transact((transaction) => {
      this.#isWriting = false;
      this.#ownTransactions.add(transaction);
      const written = writeLocalChange(this.#source, transaction, this.#mirror, pending, view.state.doc);
      // Before the transaction ends, because Yjs may tidy formatting at once in another one.
      if (written !== null) this.#mirror = written.mirror;
      return written;
    }, this.origin);
    if (change === null) return;
    this.counters.local += 1;
    if (change.isHull) this.counters.fallbacks += 1;
    if (!this.#shows(view.state.doc, change.first, change.end)) {
      this.counters.repairs += 1;
      this.#bringToMirror(view);
    }
  }

  /** Whether the document shows the mirror's blocks [first, end) and as many blocks as it has. */
  #shows(doc: ProseNode, first: number, end: number): boolean {
    const { blocks } = this.#mirror;
    if (doc.childCount !== blocks.length) return false;
    return blocks.slice(first, end).every((block, i) => block.node.eq(doc.child(first + i)));
  }

  // ---- from Y to ProseMirror

  readonly #beforeTransaction = (): void => {
    if (this.#view !== null && !this.#isWriting) readBrowserCaret(this.#view);
  };

  readonly #afterTransaction = (transaction: Y.Transaction): void => {
    const { text, keys } = this.#source;
    const isTextChanged = transaction.changed.has(text as never);
    const touchedIds = touchedBlocks(transaction.changed.get(keys as never));
    if (!isTextChanged && touchedIds.size === 0) return;
    const view = this.#view;
    if (view === null) {
      this.#isStale = true;
      return;
    }
    if (this.#isStale) {
      this.#readAll(view);
      return;
    }
    if (this.#ownTransactions.has(transaction)) return;
    const changes = textChanges(text, transaction);
    const knownLength = this.#mirror.blocks.reduce((sum, block) => sum + flatSize(block), this.#mirror.lead);
    // Another transaction has begun before this one was told about: what they changed together is read as a whole.
    if (changes.oldLength !== knownLength || changes.newLength !== text.length) {
      this.#readAll(view);
      return;
    }
    const tr = view.state.tr;
    const isUndo = transaction.origin instanceof Y.UndoManager;
    this.#mirror = showRemoteChange(this.#source, this.#mirror, changes, touchedIds, isUndo, tr);
    this.#dispatchRemote(view, tr, isUndo);
  };

  /** Reads the whole text again; still only what differs changes in the view. */
  #readAll(view: BoundView): void {
    this.#isStale = false;
    this.counters.rereads += 1;
    this.#mirror = readMirror(this.#source);
    this.#bringToMirror(view);
  }

  #bringToMirror(view: BoundView): void {
    const tr = view.state.tr;
    patchBlocks(
      tr,
      0,
      view.state.doc.children,
      this.#mirror.blocks.map((block) => block.node),
    );
    this.#dispatchRemote(view, tr);
  }

  #dispatchRemote(view: BoundView, tr: Transaction, isUndo = false): void {
    if (!tr.docChanged) return;
    this.counters.remote += 1;
    // Marks chosen for what is typed next stay chosen.
    tr.setStoredMarks(view.state.storedMarks);
    view.dispatch(tr.setMeta(bindingKey, { remote: true, isUndo }).setMeta('addToHistory', false));
  }
}

/** The blocks whose attributes changed, from the changed keys of the blocks map. */
function touchedBlocks(changedKeys: ReadonlySet<string | null> | undefined): Set<string> {
  const ids = new Set<string>();
  for (const key of changedKeys ?? []) {
    const id = key === null ? null : blockIdOfKey(key);
    if (id !== null) ids.add(id);
  }
  return ids;
}
