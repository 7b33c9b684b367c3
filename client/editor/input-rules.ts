/**
 * What turns into a block while one types at the start of a plain paragraph: `# `, `- `, `1. `, `[] `, `> `, `---`, and the
 * same with the marks that a Chinese keyboard gives (`1、`, `【】`, `》`). `一、` stays text: it is how headings are numbered here.
 * Backspace right after it takes it back.
 */
import { Extension, InputRule } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import type { BlockKind } from '../../shared/prose/block-attrs.ts';
import { attrsOf } from './commands/selected-blocks.ts';

type TypedKind = { readonly find: RegExp; readonly kind: BlockKind; readonly isChecked?: boolean };

const TYPED_KINDS: readonly TypedKind[] = [
  { find: /^#[ \u3000]$/, kind: 'h1' },
  { find: /^##[ \u3000]$/, kind: 'h2' },
  { find: /^###[ \u3000]$/, kind: 'h3' },
  { find: /^[-*][ \u3000]$/, kind: 'bullet' },
  { find: /^1(?:[.．][ \u3000]|、)$/, kind: 'numbered' },
  { find: /^(?:\[ ?\]|【 ?】)[ \u3000]$/, kind: 'task' },
  { find: /^(?:\[x\]|【x】)[ \u3000]$/i, kind: 'task', isChecked: true },
  { find: /^[>》][ \u3000]$/, kind: 'quote' },
];

export const inputRules = Extension.create({
  name: 'blockInputRules',
  addInputRules() {
    const { editor } = this;
    const kinds = TYPED_KINDS.map(
      ({ find, kind, isChecked }) =>
        new InputRule({
          find,
          handler: ({ state, range }) => {
            const $from = state.doc.resolve(range.from);
            const isListStart = attrsOf($from.parent).kind === 'bullet' && kind === 'task';
            if (attrsOf($from.parent).kind !== 'p' && !isListStart) return null;
            const pos = $from.before();
            state.tr.delete(range.from, range.to).setNodeAttribute(pos, 'kind', kind);
            if (isChecked) state.tr.setNodeAttribute(pos, 'checked', true);
            return undefined;
          },
        }),
    );
    const divider = new InputRule({
      find: /^---$/,
      handler: ({ state, range }) => {
        const $from = state.doc.resolve(range.from);
        const para = editor.schema.nodes.para;
        if (para === undefined || attrsOf($from.parent).kind !== 'p') return null;
        if ($from.parent.content.size !== range.to - $from.start()) return null;
        const { tr } = state;
        tr.delete(range.from, range.to).setNodeAttribute($from.before(), 'kind', 'divider');
        const end = tr.mapping.map($from.after());
        if (tr.doc.resolve(end).nodeAfter === null) tr.insert(end, para.create());
        tr.setSelection(TextSelection.create(tr.doc, end + 1));
        return undefined;
      },
    });
    return [...kinds, divider];
  },
});
