/**
 * The plugin state of the binding: the local steps that are not yet in the Y.Text and the document they begin from. A state
 * is never mutated; the binding remembers which one it has written, and the next transaction begins a new one.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import { type EditorState, PluginKey, type StateField, type Transaction } from '@tiptap/pm/state';
import type { Step } from '@tiptap/pm/transform';
import type { IdCopies } from './block-ids.ts';

export type PendingSteps = {
  /** What the Y.Text says. */
  readonly base: ProseNode;
  readonly steps: readonly Step[];
  readonly copies: IdCopies;
};

/** What a transaction of the binding says about itself: it shows what the Y.Text says, or it gave blocks their ids. */
type BindingMeta = { readonly remote: true; readonly isUndo: boolean } | { readonly copies: IdCopies };

export const bindingKey = new PluginKey<PendingSteps>('proseBinding');

/** The binding's own word about a transaction, if it made it. */
function bindingMeta(tr: Transaction): BindingMeta | undefined {
  return tr.getMeta(bindingKey) as BindingMeta | undefined;
}

/** Whether a transaction only shows what colleagues, undo or a repair made of the Y.Text. */
export function isRemote(tr: Transaction): boolean {
  const meta = bindingMeta(tr);
  return meta !== undefined && 'remote' in meta;
}

/** Whether a transaction shows what this person's own undo or redo made of the Y.Text. */
export function isOwnUndo(tr: Transaction): boolean {
  const meta = bindingMeta(tr);
  return meta !== undefined && 'remote' in meta && meta.isUndo;
}

/** @param isWritten whether that state's steps are in the Y.Text already */
export function pendingStepsField(isWritten: (pending: PendingSteps) => boolean): StateField<PendingSteps> {
  return {
    init: (_config, state) => nothingPending(state.doc),
    apply: (tr, value, oldState: EditorState) => {
      const pending = isWritten(value) ? nothingPending(oldState.doc) : value;
      if (isRemote(tr)) return nothingPending(tr.doc);
      if (!tr.docChanged) return pending;
      const meta = bindingMeta(tr);
      return {
        base: pending.base,
        steps: [...pending.steps, ...tr.steps],
        copies: meta !== undefined && 'copies' in meta ? new Map([...pending.copies, ...meta.copies]) : pending.copies,
      };
    },
  };
}

function nothingPending(base: ProseNode): PendingSteps {
  return { base, steps: [], copies: new Map() };
}
