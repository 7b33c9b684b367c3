/**
 * Enter: splits the block at the caret. The new block is of the same kind and keeps every key, known and unknown, so an
 * older client loses nothing; a new line after a heading or a divider is a paragraph, a new task is not done.
 */
import type { Command } from '@tiptap/pm/state';

const KINDS_WITHOUT_FOLLOWER: readonly string[] = ['h1', 'h2', 'h3', 'divider'];

export const splitBlock: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const isInBlocks = $from.depth === 1 && state.selection.$to.depth === 1;
  if (!isInBlocks) return false;
  if (dispatch === undefined) return true;
  const tr = state.tr.deleteSelection();
  const $at = tr.doc.resolve(tr.mapping.map($from.pos));
  const isAtEnd = $at.parentOffset === $at.parent.content.size;
  const isAtStart = $at.parentOffset === 0 && !isAtEnd;
  const { attrs } = $at.parent;
  const fresh = {
    ...attrs,
    checked: false,
    kind: KINDS_WITHOUT_FOLLOWER.includes(attrs.kind) ? 'p' : attrs.kind,
  };
  tr.split($at.pos, 1, [{ type: $at.parent.type, attrs: isAtEnd ? fresh : attrs }]);
  if (isAtStart) tr.setNodeMarkup($at.before(), null, fresh);
  const kept = state.storedMarks ?? (state.selection.$to.parentOffset > 0 ? $from.marks() : null);
  if (kept !== null) tr.ensureMarks(kept);
  dispatch(tr.scrollIntoView());
  return true;
};
