/** Writes a mention in place of what was typed to find it. */
import type { Command } from '@tiptap/pm/state';
import { TextSelection } from '@tiptap/pm/state';
import type { Mention } from '../../../shared/prose/embeds.ts';

/** The mention takes on the marks of the place, so that a bold sentence stays bold. */
export function insertMention({ from, to }: { from: number; to: number }, mention: Mention): Command {
  return (state, dispatch) => {
    const type = state.schema.nodes.mention;
    if (type === undefined) return false;
    if (dispatch) {
      const marks = state.doc.resolve(from).marks();
      const { tr } = state;
      tr.replaceWith(from, to, type.create({ ...mention }, null, marks));
      dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 1)).scrollIntoView());
    }
    return true;
  };
}

/** Writes the sign that opens the menu of mentions; behind a Latin letter with a space, or it would read as an address. */
export const startMention: Command = (state, dispatch) => {
  const { from, to, $from } = state.selection;
  if ($from.depth !== 1) return false;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset);
  dispatch?.(state.tr.insertText(/[A-Za-z0-9._%+-]/.test(before) ? ' @' : '@', from, to).scrollIntoView());
  return true;
};
