/**
 * What stands over and beside the text for comments: a button at selected words, and in the margin of a wide page a marker
 * at each line with commented words. Measured a moment after a change, never while one types.
 */
import { useEditorState } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { useWords } from '../../language/use-words.ts';
import type { MountedEditor } from '../mount-editor.ts';
import { placeOf } from '../place-at.tsx';
import type { EditorComments } from './comment-contract.ts';

type LayerProps = {
  readonly mounted: MountedEditor;
  readonly comments: EditorComments;
  /** The positioned element around the text. */
  readonly frame: HTMLElement;
  readonly onComment: () => void;
};

export function CommentLayer(props: LayerProps) {
  return (
    <>
      <CommentMargin {...props} />
      {props.comments.mayComment && <CommentButton {...props} />}
    </>
  );
}

/** Below the selected words, once the selecting is done. */
function CommentButton({ mounted: { editor }, frame, onComment }: LayerProps) {
  const say = useWords();
  const [isSelecting, setSelecting] = useState(false);
  const [isHere, setHere] = useState(false);
  const selection = useEditorState({
    editor,
    selector: ({ editor: { state } }) => ({ to: state.selection.to, isEmpty: state.selection.empty }),
  });
  useEffect(() => {
    const begin = () => setSelecting(true);
    const end = () => setSelecting(false);
    const enter = () => setHere(true);
    const leave = (event: FocusEvent) =>
      setHere(event.relatedTarget instanceof Node && frame.contains(event.relatedTarget));
    // Kept for the end: a destroyed editor has no view to ask for it.
    const { dom } = editor.view;
    dom.addEventListener('pointerdown', begin);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    frame.addEventListener('focusin', enter);
    frame.addEventListener('focusout', leave);
    return () => {
      dom.removeEventListener('pointerdown', begin);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      frame.removeEventListener('focusin', enter);
      frame.removeEventListener('focusout', leave);
    };
  }, [editor, frame]);

  if (selection.isEmpty || isSelecting || !isHere || editor.view.composing) return null;
  const { left, top, height } = placeOf(editor.view, selection.to, frame);
  return (
    <button
      type="button"
      className="comment-button"
      aria-keyshortcuts="Control+Alt+M"
      style={{ left: Math.max(0, Math.min(left - 24, frame.clientWidth - 64)), top: top + height + 6 }}
      // The selection stays.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onComment}
    >
      {say('editor.comment')}
    </button>
  );
}

type MarginRow = { readonly top: number; readonly threadIds: readonly string[] };

/** Lines nearer to each other than this share a marker. */
const LINE_PX = 20;
const MEASURE_AFTER_MS = 120;

function CommentMargin({ mounted: { editor, comments: anchors }, comments, frame }: LayerProps) {
  const say = useWords();
  const [rows, setRows] = useState<readonly MarginRow[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the marks change
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = () => {
      timer = undefined;
      if (editor.isDestroyed) return;
      const next = rowsOf(editor.view, anchors.placesIn(editor.state), frame);
      setRows((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    const soon = () => {
      timer ??= setTimeout(measure, MEASURE_AFTER_MS);
    };
    const observer = new ResizeObserver(soon);
    observer.observe(editor.view.dom);
    editor.on('transaction', soon);
    soon();
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      editor.off('transaction', soon);
    };
  }, [editor, anchors, frame, comments.marks]);

  if (rows.length === 0) return null;
  return (
    <ul className="comment-margin" aria-label={say('editor.commentMargin')}>
      {rows.map(({ top, threadIds }) => {
        const active = threadIds.findIndex((id) =>
          comments.marks.some((mark) => mark.isActive && mark.threadId === id),
        );
        // Pressed again, the next one of the line.
        const next = threadIds[(active + 1) % threadIds.length] ?? '';
        return (
          <li key={threadIds.join()} style={{ top }}>
            <button
              type="button"
              aria-label={say('editor.commentsHere', { count: threadIds.length })}
              data-active={active >= 0}
              onClick={() => comments.open(next)}
            >
              <span>{threadIds.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function rowsOf(
  view: MountedEditor['editor']['view'],
  places: ReturnType<MountedEditor['comments']['placesIn']>,
  frame: HTMLElement,
): MarginRow[] {
  const rows: { top: number; threadIds: string[] }[] = [];
  const measured = [...places]
    .flatMap(([threadId, place]) =>
      place.kind === 'words' ? [{ threadId, top: Math.round(placeOf(view, place.from, frame).top) }] : [],
    )
    .sort((a, b) => a.top - b.top);
  for (const { threadId, top } of measured) {
    const row = rows.at(-1);
    if (row !== undefined && top - row.top < LINE_PX) row.threadIds.push(threadId);
    else rows.push({ top, threadIds: [threadId] });
  }
  return rows;
}
