/**
 * Whether a stored value fits its field. Whatever a colleague's (or another version's) client wrote is readable; what does
 * not fit is shown as such by the renderer, never thrown and never rewritten.
 */
import { z } from 'zod';
import type { FieldValue } from '../fields/register.ts';
import type { FieldSpec } from './kind.ts';

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A calendar date that exists, `YYYY-MM-DD`. */
const calendarDateSchema = z.string().refine(isCalendarDate);
/** A local date and time, `YYYY-MM-DDTHH:mm`. */
const localDateTimeSchema = z
  .string()
  .refine((text) => isCalendarDate(text.slice(0, 10)) && /^T([01]\d|2[0-3]):[0-5]\d$/.test(text.slice(10)));

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** Whether `value` is one this field can show; `null` (cleared) always is. Long text is no register and never fits. */
export function isValueOfField(spec: Pick<FieldSpec, 'input' | 'options'>, value: FieldValue): boolean {
  if (value === null) return true;
  switch (spec.input) {
    case 'text':
    case 'person':
    case 'agency':
      return typeof value === 'string';
    case 'date':
      return calendarDateSchema.safeParse(value).success;
    case 'dateTime':
      return localDateTimeSchema.safeParse(value).success;
    case 'choice':
      return spec.options?.some((option) => option.id === value) ?? false;
    case 'people':
    case 'agencies':
    case 'textList':
      return Array.isArray(value);
    case 'longText':
      return false;
  }
}
