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
  const [drawn, setDrawn] = useState(() => cellText(ytext));
  /** What the box holds: ahead of what was drawn, so that no drawing puts back what stood there before. */
  const holds = useRef(drawn);
  /** What the Y.Text said when the box last agreed with it. */
  const agreed = useRef(drawn);
  const measuredLength = useRef(0);

  const show = (text: string) => {
    holds.current = text;
    setDrawn(text);
  };
  const commit = () => {
    const node = box.current;
    if (node === null || node.value === agreed.current) return;
    const { value, selectionEnd } = node;
    ytext.doc?.transact(() => applyTextChange(ytext, agreed.current, value, selectionEnd), ORIGIN.editor);
    agreed.current = cellText(ytext);
    if (agreed.current !== value) show(agreed.current);
  };
  const hold = useCompositionHold(body, commit);

  useEffect(() => {
    /** At once: a key that comes before the next drawing would else be taken for a change of what a colleague wrote. */
    const agree = (node: HTMLTextAreaElement, caret: { start: number; end: number }) => {
      agreed.current = cellText(ytext);
      node.value = agreed.current;
      if (document.activeElement === node) node.setSelectionRange(caret.start, caret.end);
      holds.current = agreed.current;
      setDrawn(agreed.current);
    };
    const onChange = (event: Y.YTextEvent, transaction: Y.Transaction) => {
      const node = box.current;
      if (node === null || transaction.origin === ORIGIN.editor || hold.isComposing()) return;
      const isBehindOwn = (index: number) => isOwnUnit(ytext, index - 1);
      agree(node, {
        start: mapCaret(node.selectionStart, event.delta, isBehindOwn),
        end: mapCaret(node.selectionEnd, event.delta, isBehindOwn),
      });
    };
    ytext.observe(onChange);
    const node = box.current;
    // What came between the first drawing and now.
    if (node !== null && cellText(ytext) !== agreed.current) {
      agree(node, { start: node.selectionStart, end: node.selectionEnd });
    }
    return () => ytext.unobserve(onChange);
  }, [ytext, hold]);

  useLayoutEffect(() => {
    const node = box.current;
    if (node === null) return;
    // Letting go of the height lays out the whole table around the box: only for fewer words.
    if (drawn.length < measuredLength.current) node.style.height = 'auto';
    measuredLength.current = drawn.length;
    const height = `${node.scrollHeight}px`;
    if (node.style.height !== height) node.style.height = height;
  }, [drawn]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is entered once.
  useEffect(() => {
    const node = box.current;
    if (node === null) return;
    node.focus();
    node.setSelectionRange(node.value.length, node.value.length);
    if (typed === '') return;
    node.setRangeText(typed, node.value.length, node.value.length, 'end');
    show(node.value);
    commit();
  }, []);

  return (
    <textarea
      ref={box}
      className={styles.long}
      aria-label={label}
      rows={1}
      value={holds.current}
      onChange={(event) => {
        show(event.currentTarget.value);
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
