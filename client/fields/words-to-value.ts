/**
 * Words for a field's value, as a spreadsheet or a colleague's list gives them, in either language; the way back from
 * value-words.ts. Pure. Long text is no register: its words are taken as they are elsewhere.
 */
import type { FieldValue } from '../../shared/fields/register.ts';
import type { FieldSpec } from '../../shared/kinds/kind.ts';
import { parseDateText } from './date-text.ts';
import type { Named, Names } from './names.ts';

interface WordsContext {
  readonly names: Names;
  /** `YYYY-MM-DD`, for dates said from the present day. */
  readonly today: string;
}

/** null for no words; undefined for words that this field cannot hold. */
export function wordsToValue(spec: FieldSpec, words: string, { names, today }: WordsContext): FieldValue | undefined {
  const text = words.trim();
  if (text === '') return null;
  switch (spec.input) {
    case 'text':
    case 'longText':
      return text;
    case 'date':
      return parseDateText(text, today)?.day;
    case 'dateTime': {
      const typed = parseDateText(text, today);
      return typed === null ? undefined : `${typed.day}T${typed.time ?? '09:00'}`;
    }
    case 'choice':
      return optionOf(spec, text);
    case 'person':
      return labelToValue(text, names.people);
    case 'agency':
      return agencyToValue(text, names);
    case 'people':
      return items(text).map((item) => labelToValue(item, names.people));
    case 'agencies':
      return items(text).map((item) => agencyToValue(item, names));
    case 'textList':
      return items(text).map((item) => optionOf(spec, item) ?? item);
  }
}

/** The id of a label when exactly one thing is called that; otherwise the words themselves. */
export function labelToValue(label: string, known: readonly Named[]): string {
  const text = label.trim();
  const found = known.filter((each) => each.label === text);
  return found.length === 1 && found[0] !== undefined ? found[0].id : text;
}

/** Agencies are shown by their short names; lists from outside often have the full one. */
function agencyToValue(text: string, names: Names): string {
  return labelToValue(names.agencyShortName(text), names.agencies);
}

function optionOf(spec: FieldSpec, text: string): string | undefined {
  return spec.options?.find(({ label }) => label['zh-CN'] === text || label.en.toLowerCase() === text.toLowerCase())
    ?.id;
}

function items(text: string): string[] {
  const all = text.split(/[、,，;；\n]/).flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
  return [...new Set(all)];
}
