/**
 * One value in its place: shown as text, edited where it stands. Contested values are shown with their authors, one click
 * to choose. A colleague who is in it has their frame and name around it. The same for header fields and table cells.
 */
import { VisuallyHidden } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { FieldValue, RegisterValue } from '../../shared/fields/register.ts';
import type { FieldSpec } from '../../shared/kinds/kind.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import type { FacePerson } from '../ui/face.tsx';
import { personStyle } from '../ui/person-style.ts';
import { useEditing } from './editing-context.tsx';
import styles from './field-cell.module.css';
import { FieldInput } from './field-input.tsx';
import { LongTextBox } from './inputs/long-text-box.tsx';
import { useText } from './use-text.ts';
import { type ValueContext, valueToWords } from './value-words.ts';

/** Whether a value is being edited is its cell's own affair, unless a table decides which of its cells is. */
export interface CellControl {
  readonly isEditing: boolean;
  /** What was typed to begin with; it takes the place of the value. */
  readonly typed: string;
  begin(): void;
  end(by: 'key' | 'focus'): void;
}

interface FieldCellProps {
  spec: FieldSpec;
  recordId: string;
  /** The register's values; none for a long text cell. */
  values: readonly RegisterValue[];
  onCommit: (value: FieldValue) => void;
  /** What a screen reader calls it. */
  label: string;
  /** Who else is in this cell. */
  others: readonly FacePerson[];
  /** A table: no words for an empty cell, short days. */
  isDense?: boolean;
  /** Said in an empty cell; "empty" when left out. */
  placeholder?: string;
  /** Shows the value otherwise than in words, such as a deadline with what it means. */
  renderWords?: (value: FieldValue, words: string) => React.ReactNode;
  /** Given by a table, which then also has the keyboard between its cells. */
  control?: CellControl;
  /** Agencies whose people are offered first. */
  agenciesFirst?: readonly string[];
}

export function FieldCell(props: FieldCellProps) {
  const {
    spec,
    recordId,
    values,
    onCommit,
    label,
    others,
    isDense = false,
    placeholder: emptyWords,
    renderWords,
    agenciesFirst,
  } = props;
  const say = useWords();
  const { mayWrite, enterCell } = useEditing();
  const cell = useRef<HTMLDivElement>(null);
  const own = useOwnControl(cell);
  const control = props.control ?? own;
  const { isEditing } = control;
  const context = useValueContext(isDense);
  const isLong = spec.input === 'longText';
  const isContested = values.length > 1;
  const value = values[0]?.value;

  useEffect(() => {
    if (!isEditing) return;
    enterCell({ recordId, field: spec.id });
    return () => enterCell(null);
  }, [isEditing, enterCell, recordId, spec.id]);
  const commit = (next: FieldValue, by: 'key' | 'focus') => {
    control.end(by);
    if (next === null && value === undefined) return;
    onCommit(next);
  };

  const first = others[0];
  const frame = first === undefined ? {} : { style: personStyle(first.personId), 'data-name': first.name };
  const className = `${styles.cell} ${first === undefined ? '' : `${styles.framed} person`}`;

  if (isEditing && mayWrite) {
    return (
      <div ref={cell} className={`${className} ${styles.editing}`} {...frame}>
        {isLong ? (
          <LongCellBox
            recordId={recordId}
            field={spec.id}
            label={label}
            typed={control.typed}
            onLeave={(by) => control.end(by)}
          />
        ) : (
          <FieldInput
            spec={spec}
            value={isContested ? undefined : value}
            label={label}
            typed={control.typed}
            agenciesFirst={agenciesFirst}
            onCommit={commit}
            onCancel={control.end}
          />
        )}
      </div>
    );
  }
  if (isContested) {
    return (
      <div ref={cell} className={className} {...frame}>
        <Contested {...props} context={context} />
      </div>
    );
  }

  const words = value === undefined ? '' : valueToWords(spec, value, context);
  const shown =
    words === null ? (
      <span className={styles.unreadable}>{say('field.unreadable', { value: JSON.stringify(value) })}</span>
    ) : renderWords !== undefined && value !== undefined && value !== null && words !== '' ? (
      renderWords(value, words)
    ) : (
      words
    );
  const content = isLong ? <LongCellText recordId={recordId} field={spec.id} isDense={isDense} /> : shown;
  const isEmpty = !isLong && words === '';
  const placeholder =
    isEmpty && !isDense ? <span className={styles.empty}>{emptyWords ?? say('field.empty')}</span> : null;
  return (
    <div ref={cell} className={className} {...frame}>
      {mayWrite ? (
        <button
          type="button"
          className={styles.value}
          tabIndex={props.control === undefined ? undefined : -1}
          onClick={() => control.begin()}
        >
          <VisuallyHidden className={styles.spoken}>{label} </VisuallyHidden>
          <span data-words>{placeholder ?? content}</span>
        </button>
      ) : (
        <div className={styles.value} data-words>
          {placeholder ?? content}
        </div>
      )}
    </div>
  );
}

/** A cell by itself: a click opens it; left by key, the focus returns to it, from where Tab goes on. */
function useOwnControl(cell: RefObject<HTMLDivElement | null>): CellControl {
  const [isEditing, setEditing] = useState(false);
  return {
    isEditing,
    typed: '',
    begin: () => setEditing(true),
    end: (by) => {
      setEditing(false);
      if (by === 'key') queueMicrotask(() => cell.current?.querySelector<HTMLElement>('button')?.focus());
    },
  };
}

function useValueContext(isDense: boolean): ValueContext {
  const say = useWords();
  const language = useLanguage();
  const { names, today } = useEditing();
  return { language, names, separator: say('general.separator'), ...(isDense ? { shortDaysFrom: today } : {}) };
}

function LongCellText({ recordId, field, isDense }: { recordId: string; field: string; isDense: boolean }) {
  const say = useWords();
  const { editing } = useEditing();
  const text = useText(editing.text(recordId, field));
  if (text === '' && !isDense) return <span className={styles.empty}>{say('field.empty')}</span>;
  return <span className={styles.longText}>{text}</span>;
}

function LongCellBox(props: {
  recordId: string;
  field: string;
  label: string;
  typed: string;
  onLeave: (by: 'key' | 'focus') => void;
}) {
  const { editing } = useEditing();
  const { recordId, field, label, typed, onLeave } = props;
  return <LongTextBox ytext={editing.text(recordId, field)} label={label} typed={typed} onLeave={onLeave} />;
}

/** Two people set it without seeing each other: both stand, one click decides. */
function Contested({ spec, values, onCommit, isDense, context }: FieldCellProps & { context: ValueContext }) {
  const say = useWords();
  const { mayWrite, names } = useEditing();
  const count = values.length;
  const head =
    isDense === true
      ? say('field.contestedShort', { count })
      : count === 2
        ? say('field.contested')
        : say('field.contestedMany', { count });
  return (
    <span className={styles.contested}>
      <span className={isDense ? styles.contestedChip : undefined}>{head}</span>
      {values.map(({ value, writes }) => {
        const words = valueToWords(spec, value, context);
        const shown =
          words === null ? say('field.unreadable', { value: JSON.stringify(value) }) : words || say('field.cleared');
        const authors = [...new Set(writes.map((write) => names.personName(write.by) ?? say('author.unknown')))];
        const author = authors.join(say('general.separator'));
        return mayWrite ? (
          <button
            key={JSON.stringify(value)}
            type="button"
            className={styles.pick}
            data-dense={isDense}
            aria-label={say('field.pickOf', { value: shown, author })}
            onClick={() => onCommit(value)}
          >
            {shown} · {author}
          </button>
        ) : (
          <span key={JSON.stringify(value)} className={styles.pick}>
            {shown} · {author}
          </span>
        );
      })}
      <small className={styles.pickNote}>{say(mayWrite ? 'field.pick' : 'field.waitingForPick')}</small>
    </span>
  );
}
