/** A field's value as people read it, in the language chosen; null when it does not fit the field. Pure. */
import type { FieldValue } from '../../shared/fields/register.ts';
import { isValueOfField } from '../../shared/kinds/field-value.ts';
import type { FieldSpec } from '../../shared/kinds/kind.ts';
import type { Language } from '../../shared/vocabulary.ts';
import { formatDay, formatDayShort, formatDayTime } from '../language/dates.ts';
import type { Names } from './names.ts';

export interface ValueContext {
  readonly language: Language;
  readonly names: Names;
  /** Between the items of a list: 、 or a comma. */
  readonly separator: string;
  /** Days as in tables, 10-16, given the present one; in full when left out. */
  readonly shortDaysFrom?: string;
}

/** Empty for a value that was cleared. */
export function valueToWords(spec: FieldSpec, value: FieldValue, context: ValueContext): string | null {
  if (!isValueOfField(spec, value)) return null;
  if (value === null) return '';
  const { language, names, separator } = context;
  if (typeof value === 'object') {
    const label =
      spec.input === 'people'
        ? names.personLabel
        : spec.input === 'agencies'
          ? names.agencyLabel
          : (item: string) => optionLabel(spec, item, language);
    return value.map(label).join(separator);
  }
  const text = String(value);
  switch (spec.input) {
    case 'date':
      return context.shortDaysFrom === undefined
        ? formatDay(text, language)
        : formatDayShort(text, context.shortDaysFrom);
    case 'dateTime':
      return formatDayTime(text, language);
    case 'choice':
      return optionLabel(spec, text, language);
    case 'person':
      return names.personLabel(text);
    case 'agency':
      return names.agencyLabel(text);
    default:
      return text;
  }
}

/** What an option is called; words that are no option's id stay as they are. */
export function optionLabel(spec: FieldSpec, value: string, language: Language): string {
  return spec.options?.find((option) => option.id === value)?.label[language] ?? value;
}
