/**
 * Dates as people type them into a field: 2026-10-16, 2026年10月16日, 10-16, 10月16日, 下周五, 月底 and what else date-words.ts
 * knows, with or without a time. Pure; null when it is no date that exists.
 */
import { isValueOfField } from '../../shared/kinds/field-value.ts';
import type { FieldInput } from '../../shared/kinds/kind.ts';
import { wordsToDay } from './date-words.ts';

/** What is said of the day, and a time of day after it. */
const TYPED = /^(.*?)(?:[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})?\s*分?(?::\d{2})?)?\s*$/;

const isValid = (input: FieldInput, value: string) =>
  isValueOfField({ id: 'typed', label: { 'zh-CN': '', en: '' }, input }, value);
const two = (part: string | number) => String(part).padStart(2, '0');

interface TypedDate {
  readonly day: string;
  /** `HH:mm`; null when none was typed. */
  readonly time: string | null;
}

/** @param today `YYYY-MM-DD`, for what was not typed */
export function parseDateText(text: string, today: string): TypedDate | null {
  const [, words = '', hour, minute] = TYPED.exec(text) ?? [];
  const day = wordsToDay(words, today);
  if (day === null) return null;
  if (hour === undefined) return { day, time: null };
  const time = `${two(hour)}:${two(minute ?? 0)}`;
  return isValid('dateTime', `${day}T${time}`) ? { day, time } : null;
}
