/** Depth of list items: an item may be one deeper than the item before it. Other blocks are left alone. */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { Command } from '@tiptap/pm/state';
import { MAX_INDENT } from '../../../shared/prose/block-attrs.ts';
import { attrsOf, isListKind, selectedBlocks } from './selected-blocks.ts';

/** Moves the selected list items one level in (1) or out (-1). False when no list item is selected. */
export function indentBy(step: 1 | -1): Command {
  return (state, dispatch) => {
    const items = selectedBlocks(state).filter(({ attrs }) => isListKind(attrs.kind) || (step < 0 && attrs.indent > 0));
    if (items.length === 0) return false;
    const { tr } = state;
    for (const { pos, attrs } of items) {
      const indent = Math.max(0, Math.min(attrs.indent + step, deepestAt(tr.doc, pos)));
      if (step > 0 ? indent > attrs.indent : indent < attrs.indent) tr.setNodeAttribute(pos, 'indent', indent);
    }
    if (dispatch && tr.docChanged) dispatch(tr.scrollIntoView());
    return true;
  };
}

/** How deep an item at `pos` may go. */
function deepestAt(doc: ProseNode, pos: number): number {
  const before = doc.resolve(pos).nodeBefore;
  if (before === null) return 0;
  const { kind, indent } = attrsOf(before);
  return isListKind(kind) ? Math.min(indent + 1, MAX_INDENT) : 0;
}
