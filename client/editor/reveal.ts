/** Brings words of the prose into sight; where one may write, the caret goes into them. */
import { TextSelection } from '@tiptap/pm/state';
import type * as Y from 'yjs';
import type { MountedEditor } from './mount-editor.ts';

export function revealRange(
  { editor, binding }: MountedEditor,
  from: Y.RelativePosition,
  to: Y.RelativePosition,
): void {
  const [start, end] = [binding.toAbsolute(from), binding.toAbsolute(to)];
  if (start === null || end === null || editor.isDestroyed) return;
  const { view } = editor;
  const { node } = view.domAtPos(start);
  const element = node instanceof HTMLElement ? node : node.parentElement;
  element?.scrollIntoView({ block: 'center' });
  if (!view.editable) return;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, end)));
  view.focus();
}
