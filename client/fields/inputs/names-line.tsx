/**
 * People or agencies: chosen from those known here, or written in for somebody without an account. One or several. A
 * chosen one is kept by id, a written one as the words.
 */
import { Autocomplete, type OptionsFilter, TagsInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../language/use-words.ts';
import { nameMatch } from '../name-match.ts';
import type { Named } from '../names.ts';
import { labelToValue } from '../words-to-value.ts';
import { type FieldInputProps, useDraftKeys } from './draft-input.ts';
import styles from './inputs.module.css';

interface NamesLineProps extends FieldInputProps {
  /** Those to choose from; none for a list of nothing but words. */
  readonly known: readonly Named[];
  readonly labelOf: (value: string) => string;
  /** Agencies whose people come first in the list. */
  readonly agenciesFirst?: readonly string[] | undefined;
}

/** The option of the open list that typing or the arrow keys have marked: Enter takes it. */
export const markedOption = () => document.querySelector<HTMLElement>('[data-combobox-option][data-combobox-selected]');

export const isOptionMarked = () => markedOption() !== null;

/** Labels as options, each once; people of the agencies that come first before the others. */
function optionsOf(known: readonly Named[], agenciesFirst: readonly string[] = []): string[] {
  const isFirst = ({ agencyIds = [] }: Named) => agencyIds.some((agencyId) => agenciesFirst.includes(agencyId));
  return [...new Set([...known.filter(isFirst), ...known].map((each) => each.label))];
}

/** Those that fit what was typed, the best first; all of them while nothing new was typed. */
function filterOf(known: readonly Named[], shown = ''): OptionsFilter {
  const byLabel = new Map(known.map((each) => [each.label, each]));
  return ({ options, search }) => {
    if (search.trim() === '' || search === shown) return options;
    const ranked = options.flatMap((option) => {
      const named = 'value' in option ? byLabel.get(String(option.value)) : undefined;
      const rank = named === undefined ? null : nameMatch(named, search);
      return rank === null ? [] : [{ option, rank }];
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ option }) => option);
  };
}

/** An option with what tells two of them apart. */
function optionWithNote(known: readonly Named[]) {
  return ({ option }: { option: { value: string } }) => (
    <span className={styles.option}>
      {option.value}
      <span className={styles.optionNote}>{known.find((each) => each.label === option.value)?.note}</span>
    </span>
  );
}

/** False until the list is there: what was typed to begin with marks what fits, as what is typed later does. */
function useListShown(): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  return isShown;
}

export function NameLine(props: NamesLineProps) {
  const { known, labelOf, value, label, typed = '', agenciesFirst } = props;
  const shown = typeof value === 'string' ? labelOf(value) : '';
  const [draft, setDraft] = useState(typed || shown);
  const isListShown = useListShown();
  const read = () => {
    if (draft === shown) return undefined;
    return draft.trim() === '' ? null : labelToValue(draft, known);
  };
  const { finishWith, handlers } = useDraftKeys(props, read, isOptionMarked);
  return (
    <Autocomplete
      variant="unstyled"
      classNames={{ input: styles.line }}
      aria-label={label}
      autoFocus
      // Another name takes the place of the one that stands there; not of what was typed to begin with.
      onFocus={(event) => {
        if (typed === '') event.currentTarget.select();
      }}
      data={optionsOf(known, agenciesFirst)}
      filter={filterOf(known, shown)}
      renderOption={optionWithNote(known)}
      // Type ahead: what fits is marked, and Enter takes it; nothing is marked before anything is typed.
      selectFirstOptionOnChange={isListShown && draft.trim() !== '' && draft !== shown}
      value={draft}
      onChange={setDraft}
      onOptionSubmit={(chosen) => finishWith(labelToValue(chosen, known), 'key')}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
      {...handlers}
    />
  );
}

export function NamesLine(props: NamesLineProps) {
  const { known, labelOf, value, label, typed = '', agenciesFirst } = props;
  const say = useWords();
  const [labels, setLabels] = useState<string[]>(() => (Array.isArray(value) ? value.map(labelOf) : []));
  const [search, setSearch] = useState(typed);
  const isListShown = useListShown();
  const isTouched = useRef(false);
  const read = () => {
    const pending = search.trim();
    if (pending === '' && !isTouched.current) return undefined;
    const all = pending === '' ? labels : [...labels, pending];
    const before = new Map((Array.isArray(value) ? value : []).map((each) => [labelOf(each), each]));
    const values = all.map((each) => before.get(each) ?? labelToValue(each, known));
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
      data={optionsOf(known, agenciesFirst)}
      filter={filterOf(known)}
      renderOption={optionWithNote(known)}
      selectFirstOptionOnChange={isListShown && search.trim() !== ''}
      value={labels}
      onChange={(next) => {
        isTouched.current = true;
        setLabels(next);
      }}
      searchValue={search}
      onSearchChange={setSearch}
      splitChars={[',', '，', '、', ';', '；']}
      acceptValueOnBlur={false}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
      {...handlers}
    />
  );
}
