/**
 * Dates as people type them: 2026-10-16, 2026年10月16日, 2026.10.16, 10-16 or 10月16日 of this year, with or without a
 * time. Pure; null when it is no date that exists.
 */
import { isValueOfField } from '../../shared/kinds/field-value.ts';
import type { FieldInput } from '../../shared/kinds/kind.ts';

const TYPED =
  /^\s*(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})?\s*分?)?(?::\d{2})?\s*$/;

const isValid = (input: FieldInput, value: string) =>
  isValueOfField({ id: 'typed', label: { 'zh-CN': '', en: '' }, input }, value);
const two = (part: string | number) => String(part).padStart(2, '0');

interface TypedDate {
  readonly day: string;
  /** `HH:mm`; null when none was typed. */
  readonly time: string | null;
}

/** @param today `YYYY-MM-DD`, for the year that was not typed */
export function parseDateText(text: string, today: string): TypedDate | null {
  const match = TYPED.exec(text);
  if (match === null) return null;
  const [, year, month = '', day = '', hour, minute] = match;
  const date = `${year ?? today.slice(0, 4)}-${two(month)}-${two(day)}`;
  if (!isValid('date', date)) return null;
  if (hour === undefined) return { day: date, time: null };
  const time = `${two(hour)}:${two(minute ?? 0)}`;
  return isValid('dateTime', `${date}T${time}`) ? { day: date, time } : null;
}
