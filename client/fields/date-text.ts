/**
 * Dates as people type them into a field: a day as date-words.ts reads it (2026-10-16, 11月6日, 下周五, 月底), with or
 * without a time of day after it (13:30, 下午3点, 九点半). Pure; null when it is no date that exists.
 */
import { isValueOfField } from '../../shared/kinds/field-value.ts';
import { halfWidth, toNumber, wordsToDay } from './date-words.ts';

const NUMBER = '\\d{1,2}|[零一二两三四五六七八九十]{1,3}';
const TYPED = new RegExp(
  `^(?<words>.*?)(?:[\\sT]*(?<half>上午|下午|晚上|早上|中午)?\\s*(?<hour>${NUMBER})\\s*[:时点]\\s*(?:(?<minute>${NUMBER})\\s*分?|(?<thirty>半))?(?::\\d{2})?)?\\s*$`,
);

interface TypedDate {
  readonly day: string;
  /** `HH:mm`; null when none was typed. */
  readonly time: string | null;
}

/** @param today `YYYY-MM-DD`, for what was not typed */
export function parseDateText(text: string, today: string): TypedDate | null {
  const { words = '', ...clock } = TYPED.exec(halfWidth(text))?.groups ?? {};
  const day = wordsToDay(words, today);
  if (day === null) return null;
  if (clock.hour === undefined) return { day, time: null };
  const time = toTime(clock);
  const spec = { id: 'typed', label: { 'zh-CN': '', en: '' }, input: 'dateTime' } as const;
  return isValueOfField(spec, `${day}T${time}`) ? { day, time } : null;
}

function toTime({ half = '', hour, minute, thirty }: Readonly<Record<string, string | undefined>>): string {
  const typed = toNumber(hour);
  const isAfternoon = /下午|晚上/.test(half) || (half === '中午' && typed < 11);
  const hours = isAfternoon && typed < 12 ? typed + 12 : typed;
  const minutes = thirty === undefined ? (minute === undefined ? 0 : toNumber(minute)) : 30;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
