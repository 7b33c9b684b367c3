/**
 * A text box over a long text cell (Y.Text): every change of the box becomes the smallest change of the text, none while
 * an input method composes; a colleague's words appear around the caret, which stays where it was.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { applyTextChange, cellText, mapCaret } from '../../../shared/fields/text-cell.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { isOwnUnit } from '../../../shared/typing-runs.ts';
import { useEditing } from '../editing-context.tsx';
import { useCompositionHold } from '../use-composition-hold.ts';
import styles from './inputs.module.css';

interface LongTextBoxProps {
  ytext: Y.Text;
  label: string;
  /** What was typed to begin with: it goes to the end, for what stands there may be a colleague's. */
  typed?: string;
  /** The box is left: by Esc, or because the focus went elsewhere. */
  onLeave: (by: 'key' | 'focus') => void;
}

export function LongTextBox({ ytext, label, typed = '', onLeave }: LongTextBoxProps) {
  const { body, undo, redo } = useEditing();
  const box = useRef<HTMLTextAreaElement>(null);
  const [shown, setShown] = useState(() => cellText(ytext));
  /** What the Y.Text said when the box last agreed with it. */
  const agreed = useRef(shown);
  const measuredLength = useRef(0);
  const caretAfter = useRef<{ start: number; end: number } | null>(null);

  const commit = () => {
    const node = box.current;
    if (node === null || node.value === agreed.current) return;
    const { value, selectionEnd } = node;
    ytext.doc?.transact(() => applyTextChange(ytext, agreed.current, value, selectionEnd), ORIGIN.editor);
    agreed.current = cellText(ytext);
    if (agreed.current !== value) setShown(agreed.current);
  };
  const hold = useCompositionHold(body, commit);

  useEffect(() => {
    const onChange = (event: Y.YTextEvent, transaction: Y.Transaction) => {
      const node = box.current;
      if (node === null || transaction.origin === ORIGIN.editor || hold.isComposing()) return;
      const isBehindOwn = (index: number) => isOwnUnit(ytext, index - 1);
      // Several changes may come before the box shows the first of them.
      const isBoxBehind = node.value !== agreed.current;
      const before = (isBoxBehind && caretAfter.current) || { start: node.selectionStart, end: node.selectionEnd };
      caretAfter.current = {
        start: mapCaret(before.start, event.delta, isBehindOwn),
        end: mapCaret(before.end, event.delta, isBehindOwn),
      };
      agreed.current = cellText(ytext);
      setShown(agreed.current);
    };
    ytext.observe(onChange);
    return () => ytext.unobserve(onChange);
  }, [ytext, hold]);

  useLayoutEffect(() => {
    const node = box.current;
    if (node === null) return;
    // Letting go of the height lays out the whole table around the box: only for fewer words.
    if (shown.length < measuredLength.current) node.style.height = 'auto';
    measuredLength.current = shown.length;
    const height = `${node.scrollHeight}px`;
    if (node.style.height !== height) node.style.height = height;
    const caret = caretAfter.current;
    caretAfter.current = null;
    if (caret !== null && document.activeElement === node) node.setSelectionRange(caret.start, caret.end);
  }, [shown]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is entered once.
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    node.focus();
    node.setSelectionRange(node.value.length, node.value.length);
    if (typed === '') return;
    node.setRangeText(typed, node.value.length, node.value.length, 'end');
    setShown(node.value);
    commit();
  }, []);

  return (
    <textarea
      ref={box}
      className={styles.long}
      aria-label={label}
      rows={1}
      value={shown}
      onChange={(event) => {
        setShown(event.currentTarget.value);
        if (!hold.isComposing()) commit();
      }}
      {...hold.handlers}
      onBlur={() => {
        commit();
        onLeave('focus');
      }}
      onKeyDown={(event) => {
        const isCommand = event.ctrlKey || event.metaKey;
        const key = event.key.toLowerCase();
        if (event.key === 'Escape') {
          event.stopPropagation();
          onLeave('key');
        } else if (isCommand && key === 'z') {
          event.preventDefault();
          if (event.shiftKey) redo();
          else undo();
        } else if (isCommand && key === 'y') {
          event.preventDefault();
          redo();
        }
      }}
    />
  );
}
