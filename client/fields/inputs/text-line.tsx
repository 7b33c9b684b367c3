/** One line of text kept as a register. */
import { useRef } from 'react';
import { type FieldInputProps, useDraftKeys } from './draft-input.ts';
import styles from './inputs.module.css';

export function TextLine(props: FieldInputProps) {
  const box = useRef<HTMLInputElement>(null);
  const shown = typeof props.value === 'string' ? props.value : '';
  const { handlers } = useDraftKeys(props, () => {
    if (box.current?.value === shown) return undefined;
    const text = box.current?.value.trim() ?? '';
    return text === '' ? null : text;
  });
  return (
    <input
      ref={box}
      className={styles.line}
      aria-label={props.label}
      // biome-ignore lint/a11y/noAutofocus: the person just chose to edit this field.
      autoFocus
      defaultValue={props.typed || shown}
      {...handlers}
    />
  );
}
