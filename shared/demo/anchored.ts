/**
 * Dates of the demonstration, moved so that its own "today" is the day somebody loads it: a deadline that was four weeks
 * ahead still is. In the data a whole value `2026-10-16` or `2026-10-16T13:30` is a date; in prose dates stand in braces
 * (below). Days move by whole days, months that stand alone by whole months. Pure; the same day gives the same words.
 *
 *   {10-16} 10月16日 · {2026-10-16} with its year · {10-13..10-15} 10月13日至15日 · {08} 8月 · {2026-03..09} 2026年3月至9月
 *   {11-05 third} 11月上旬 · {11-04 year} 2026
 */
import type { Language } from '../vocabulary.ts';

/** The day on which the cases stand as they are written. */
export const DEMO_TODAY = '2026-11-22';
const DEMO_YEAR = DEMO_TODAY.slice(0, 4);

const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 30.44;

const VALUE = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?$/;
const BRACES = /\{([^{}]*)\}/g;
const DAY = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/;
const MONTH = /^(?:(\d{4})-)?(\d{2})$/;

/**
 * The data with every date in it moved from `DEMO_TODAY` to `today` and the dates in prose written out.
 * @param today `YYYY-MM-DD`
 * @throws on braces that are no date (a slip in the data)
 */
export function anchoredAt<T>(data: T, today: string, language: Language): T {
  const days = Math.round((utcMs(today) - utcMs(DEMO_TODAY)) / DAY_MS);
  return moved(data, { days, months: Math.floor(days / DAYS_PER_MONTH), language }) as T;
}

interface Shift {
  readonly days: number;
  readonly months: number;
  readonly language: Language;
}

function moved(data: unknown, shift: Shift): unknown {
  if (typeof data === 'string') return movedText(data, shift);
  if (Array.isArray(data)) return data.map((each) => moved(each, shift));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, moved(value, shift)]));
}

function movedText(text: string, shift: Shift): string {
  const [, day, time = ''] = VALUE.exec(text) ?? [];
  if (day !== undefined) return movedDay(day, shift) + time;
  return text.replace(BRACES, (_, inside: string) => written(inside, shift));
}

function written(inside: string, shift: Shift): string {
  const [when = '', form] = inside.split(' ');
  const [from = '', to] = when.split('..');
  if (DAY.test(from)) {
    const [first, last] = [dayParts(from, shift), to === undefined ? null : dayParts(to, shift)];
    if (form === 'year') return String(first.year);
    if (form === 'third') return thirdOfMonth(first, shift.language);
    if (form === undefined) return last === null ? dayWords(first, shift) : daySpanWords(first, last, shift);
  }
  if (MONTH.test(from) && form === undefined) {
    const first = monthParts(from, shift);
    return to === undefined ? monthWords(first, shift) : monthSpanWords(first, monthParts(to, shift), shift);
  }
  throw new Error(`no date: {${inside}}`);
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Whether the text names the year. */
  readonly withYear: boolean;
}

function dayParts(text: string, shift: Shift): Parts {
  const [, year, month, day] = DAY.exec(text) ?? [];
  const [y = 0, m = 0, d = 0] = movedDay(`${year ?? DEMO_YEAR}-${month}-${day}`, shift)
    .split('-')
    .map(Number);
  return { year: y, month: m, day: d, withYear: year !== undefined };
}

function monthParts(text: string, shift: Shift): Parts {
  const [, year, month] = MONTH.exec(text) ?? [];
  const count = Number(year ?? DEMO_YEAR) * 12 + Number(month) - 1 + shift.months;
  return { year: Math.floor(count / 12), month: (count % 12) + 1, day: 1, withYear: year !== undefined };
}

function dayWords({ year, month, day, withYear }: Parts, { language }: Shift): string {
  if (language === 'en') return `${day} ${englishMonth(month)}${withYear ? ` ${year}` : ''}`;
  return `${withYear ? `${year}年` : ''}${month}月${day}日`;
}

function daySpanWords(first: Parts, last: Parts, shift: Shift): string {
  const isOneMonth = first.month === last.month && first.year === last.year;
  if (shift.language === 'en') {
    const from = isOneMonth ? String(first.day) : dayWords({ ...first, withYear: false }, shift);
    return `${from}–${dayWords({ ...last, withYear: first.withYear }, shift)}`;
  }
  return `${dayWords(first, shift)}至${isOneMonth ? `${last.day}日` : dayWords(last, shift)}`;
}

function monthWords({ year, month, withYear }: Parts, { language }: Shift): string {
  if (language === 'en') return `${englishMonth(month)}${withYear ? ` ${year}` : ''}`;
  return `${withYear ? `${year}年` : ''}${month}月`;
}

function monthSpanWords(first: Parts, last: Parts, shift: Shift): string {
  const [inFirst, inLast] =
    first.year !== last.year ? [true, true] : [shift.language !== 'en', shift.language === 'en'];
  const words = [
    monthWords({ ...first, withYear: first.withYear && inFirst }, shift),
    monthWords({ ...last, withYear: first.withYear && inLast }, shift),
  ];
  return words.join(shift.language === 'en' ? ' to ' : '至');
}

function thirdOfMonth({ month, day }: Parts, language: Language): string {
  const third = day <= 10 ? 0 : day <= 20 ? 1 : 2;
  if (language === 'en') return `${['early', 'mid', 'late'][third]} ${englishMonth(month)}`;
  return `${month}月${['上旬', '中旬', '下旬'][third]}`;
}

function englishMonth(month: number): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1));
}

function movedDay(day: string, { days }: Shift): string {
  return new Date(utcMs(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function utcMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
