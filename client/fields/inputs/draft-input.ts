/**
 * The common manners of inputs that set a register: a draft that is committed on Enter and on leaving, dropped on Esc, and
 * never touched by keys of an input method. Remote changes wait while one composes.
 */
import { type KeyboardEvent, useRef } from 'react';
import type { FieldValue } from '../../../shared/fields/register.ts';
import { useEditing } from '../editing-context.tsx';
import { useCompositionHold } from '../use-composition-hold.ts';

export interface FieldInputProps {
  readonly value: FieldValue | undefined;
  readonly label: string;
  /** What was typed to begin with: the draft starts with it instead of the value; empty to change what is there. */
  readonly typed?: string;
  /** Called once at most. */
  readonly onCommit: (value: FieldValue, by: 'key' | 'focus') => void;
  readonly onCancel: (by: 'key' | 'focus') => void;
}

/**
 * @param read the draft as a value; undefined when nothing should be written: it is not one, or nobody has touched it (what
 *   stands there may be what this version cannot show)
 * @param keepsEnter whether Enter now means something else, such as taking the option that is marked
 */
export function useDraftKeys(
  { onCommit, onCancel }: FieldInputProps,
  read: () => FieldValue | undefined,
  keepsEnter: () => boolean = () => false,
) {
  const { body } = useEditing();
  const isOver = useRef(false);
  const hold = useCompositionHold(body, () => {});
  const finishWith = (value: FieldValue | undefined, by: 'key' | 'focus') => {
    if (isOver.current) return;
    isOver.current = true;
    if (value === undefined) onCancel(by);
    else onCommit(value, by);
  };
  return {
    /** Ends with this value, whatever the draft is. */
    finishWith,
    handlers: {
      ...hold.handlers,
      onBlur: () => finishWith(read(), 'focus'),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter' && !keepsEnter()) {
          event.preventDefault();
          finishWith(read(), 'key');
        } else if (event.key === 'Escape') {
          event.stopPropagation();
          isOver.current = true;
          onCancel('key');
        }
      },
    },
  };
}
