/**
 * Moves the selected blocks one place up or down. Moving means deleting and writing again, and what a colleague types
 * meanwhile in a block that moves stays behind; so the neighbour is moved to the other side, unless a colleague is in it.
 */
import { Fragment } from '@tiptap/pm/model';
import type { Command, EditorState } from '@tiptap/pm/state';
import { TextSelection } from '@tiptap/pm/state';

/** Whether a colleague's caret is between two positions. */
export type IsOccupied = (from: number, to: number) => boolean;

type Stretch = { readonly from: number; readonly to: number };

/** The command; it does nothing, and says so, at the first or the last place. */
export function moveBlock(direction: 'up' | 'down', isOccupied: IsOccupied = () => false): Command {
  return (state, dispatch) => {
    const own = selectedBlocks(state);
    const neighbour = neighbourOf(state, own, direction);
    if (neighbour === null) return false;
    if (dispatch === undefined) return true;
    const movesOwn = isOccupied(neighbour.from, neighbour.to) && !isOccupied(own.from, own.to);
    const [moved, passed] = movesOwn ? [own, neighbour] : [neighbour, own];
    const { anchor, head } = state.selection;
    const tr = state.tr;
    const blocks = Fragment.fromArray(tr.doc.slice(moved.from, moved.to).content.content.slice());
    tr.delete(moved.from, moved.to);
    tr.insert(moved.from < passed.from ? passed.to - (moved.to - moved.from) : passed.from, blocks);
    const distance = (neighbour.to - neighbour.from) * (direction === 'up' ? -1 : 1);
    if (state.selection instanceof TextSelection) {
      tr.setSelection(TextSelection.create(tr.doc, anchor + distance, head + distance));
    }
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** The whole blocks that the selection touches. */
function selectedBlocks(state: EditorState): Stretch {
  const { $from, $to } = state.selection;
  return $from.depth === 0 ? { from: $from.pos, to: $to.pos } : { from: $from.before(1), to: $to.after(1) };
}

function neighbourOf(state: EditorState, own: Stretch, direction: 'up' | 'down'): Stretch | null {
  const pos = direction === 'up' ? own.from : own.to;
  const $pos = state.doc.resolve(pos);
  const node = direction === 'up' ? $pos.nodeBefore : $pos.nodeAfter;
  if (node === null) return null;
  return direction === 'up' ? { from: pos - node.nodeSize, to: pos } : { from: pos, to: pos + node.nodeSize };
}
