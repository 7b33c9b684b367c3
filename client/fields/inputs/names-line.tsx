/**
 * People or agencies: chosen from those known here, or written in for somebody without an account. One or several. A
 * chosen one is kept by id, a written one as the words.
 */
import { Autocomplete, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../language/use-words.ts';
import type { Named } from '../names.ts';
import { type FieldInputProps, useDraftKeys } from './draft-input.ts';
import styles from './inputs.module.css';

interface NamesLineProps extends FieldInputProps {
  /** Those to choose from; none for a list of nothing but words. */
  readonly known: readonly Named[];
  readonly labelOf: (value: string) => string;
}

/** The id of a label when exactly one thing is called that; otherwise the words themselves. */
export function toValue(label: string, known: readonly Named[]): string {
  const text = label.trim();
  const found = known.filter((each) => each.label === text);
  return found.length === 1 && found[0] !== undefined ? found[0].id : text;
}

/** Whether the arrow keys have marked an option of the open list, which Enter then takes. */
export const isOptionMarked = () => document.querySelector('[data-combobox-option][data-combobox-selected]') !== null;

/** Labels as options, each once. */
const optionsOf = (known: readonly Named[]) => [...new Set(known.map((each) => each.label))];

export function NameLine(props: NamesLineProps) {
  const { known, labelOf, value, label } = props;
  const [draft, setDraft] = useState(typeof value === 'string' ? labelOf(value) : '');
  const read = () => {
    if (typeof value === 'string' && draft === labelOf(value)) return value;
    return draft.trim() === '' ? null : toValue(draft, known);
  };
  const { finishWith, handlers } = useDraftKeys(props, read, isOptionMarked);
  return (
    <Autocomplete
      variant="unstyled"
      classNames={{ input: styles.line }}
      aria-label={label}
      autoFocus
      data={optionsOf(known)}
      value={draft}
      onChange={setDraft}
      onOptionSubmit={(chosen) => finishWith(toValue(chosen, known), 'key')}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
      {...handlers}
    />
  );
}

export function NamesLine(props: NamesLineProps) {
  const { known, labelOf, value, label } = props;
  const say = useWords();
  const [labels, setLabels] = useState<string[]>(() => (Array.isArray(value) ? value.map(labelOf) : []));
  const [search, setSearch] = useState('');
  const read = () => {
    const pending = search.trim();
    const all = pending === '' ? labels : [...labels, pending];
    const before = new Map((Array.isArray(value) ? value : []).map((each) => [labelOf(each), each]));
    const values = all.map((each) => before.get(each) ?? toValue(each, known));
    return values.length === 0 ? null : [...new Set(values)];
  };
  const { handlers } = useDraftKeys(props, read, () => search.trim() !== '' || isOptionMarked());
  return (
    <TagsInput
      variant="unstyled"
      classNames={{ input: styles.tags, inputField: styles.tagField }}
      aria-label={label}
      autoFocus
      placeholder={labels.length === 0 ? say('field.addItem') : undefined}
      data={optionsOf(known)}
      value={labels}
      onChange={setLabels}
      searchValue={search}
      onSearchChange={setSearch}
      splitChars={[',', '，', '、', ';', '；']}
      acceptValueOnBlur={false}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
      {...handlers}
    />
  );
}
