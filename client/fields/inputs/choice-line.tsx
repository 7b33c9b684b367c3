/** One of the options of a field. */
import { Select } from '@mantine/core';
import { useRef } from 'react';
import type { ChoiceOption } from '../../../shared/kinds/kind.ts';
import { useLanguage } from '../../language/use-words.ts';
import type { FieldInputProps } from './draft-input.ts';
import styles from './inputs.module.css';

export function ChoiceLine(props: FieldInputProps & { options: readonly ChoiceOption[] }) {
  const { options, value, label, onCommit, onCancel } = props;
  const language = useLanguage();
  const isOver = useRef(false);
  return (
    <Select
      variant="unstyled"
      classNames={{ input: styles.line }}
      aria-label={label}
      autoFocus
      defaultDropdownOpened
      data={options.map((option) => ({ value: option.id, label: option.label[language] }))}
      value={typeof value === 'string' ? value : null}
      allowDeselect
      onChange={(next) => {
        isOver.current = true;
        onCommit(next, 'key');
      }}
      onBlur={() => {
        if (!isOver.current) onCancel('focus');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        isOver.current = true;
        onCancel('key');
      }}
    />
  );
}
