/**
 * The deadline in a decided sentence: a day (10月23日前, 2026-10-23, 23 October), or one reckoned from today (下周五, 月底前,
 * 三日内, 年底). Pure; the first one in the sentence counts.
 */
import { parseDateText } from '../../../fields/date-text.ts';
import type { Spot } from './find-names.ts';

const DIGITS = '一二三四五六七八九十';
const WEEKDAYS = '一二三四五六日';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TAIL = '(?:之前|以前|前)?';
const DAY_MS = 86_400_000;

type Found = (match: RegExpExecArray, today: string) => string | null;

/** Each way to say a day and what it means; of those that begin at one place the first counts. */
const WAYS: readonly (readonly [RegExp, Found])[] = [
  [
    new RegExp(`((?:\\d{4}\\s*[年/.-]\\s*)?\\d{1,2}\\s*(?:月|[/-])\\s*\\d{1,2}\\s*日?)(?![\\d,.%元])${TAIL}`),
    ([, day = ''], today) => dayOf(day, today),
  ],
  [
    /\b(\d{1,2})(?:st|nd|rd|th)?\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b(?:\s+(\d{4}))?/i,
    ([, day = '', month = '', year], today) => {
      const number = MONTHS.indexOf(month.toLowerCase()) + 1;
      return dayOf(`${year === undefined ? '' : `${year}-`}${number}-${day}`, today);
    },
  ],
  [new RegExp(`(今|明|后)[天日]${TAIL}`), ([, which = ''], today) => after(today, '今明后'.indexOf(which))],
  [
    new RegExp(`(本|这|下)(?:个)?(?:周|星期)([${WEEKDAYS}天])${TAIL}`),
    ([, week, day = ''], today) =>
      after(monday(today), (week === '下' ? 7 : 0) + WEEKDAYS.indexOf(day === '天' ? '日' : day)),
  ],
  [new RegExp(`(本|下)?(?:个)?月底${TAIL}`), ([, which], today) => endOfMonth(today, which === '下' ? 1 : 0)],
  [new RegExp(`(\\d{1,2})月底${TAIL}`), ([, month = ''], today) => endOfNamedMonth(today, Number(month))],
  [new RegExp(`(?:本)?年底${TAIL}|年内`), (_match, today) => `${today.slice(0, 4)}-12-31`],
  [
    new RegExp(`(\\d{1,3}|[${DIGITS}]{1,3})(?:个)?(日|天|周|星期|个月)(?:之内|以内|内)`),
    ([, count = '', unit], today) => {
      const number = /\d/.test(count) ? Number(count) : fromChinese(count);
      if (unit === '个月') return sameDayLater(today, number);
      return after(today, number * (unit === '日' || unit === '天' ? 1 : 7));
    },
  ],
];

/** @param today `YYYY-MM-DD` */
export function findDeadline(sentence: string, today: string): (Spot & { readonly day: string }) | null {
  const found = WAYS.flatMap(([pattern, read]) => {
    const match = pattern.exec(sentence);
    const day = match === null ? null : read(match, today);
    return match === null || day === null ? [] : [{ start: match.index, end: match.index + match[0].length, day }];
  });
  return found.reduce<(typeof found)[number] | null>(
    (first, each) => (first === null || each.start < first.start ? each : first),
    null,
  );
}

/** A day without its year is one to come: in December the 5th of January is next year's. */
function dayOf(text: string, today: string): string | null {
  const parsed = parseDateText(text, today);
  if (parsed === null) return null;
  const isPast = /^\D*\d{1,2}\D+\d{1,2}\D*$/.test(text) && utc(today) - utc(parsed.day) > 180 * DAY_MS;
  return isPast ? `${Number(parsed.day.slice(0, 4)) + 1}${parsed.day.slice(4)}` : parsed.day;
}

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
const toDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const after = (day: string, days: number) => toDay(utc(day) + days * DAY_MS);

function monday(day: string): string {
  return after(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));
}

function endOfMonth(today: string, later: number): string {
  return toDay(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) + later, 0));
}

function endOfNamedMonth(today: string, month: number): string | null {
  if (month < 1 || month > 12) return null;
  const year = Number(today.slice(0, 4)) + (month < Number(today.slice(5, 7)) ? 1 : 0);
  return toDay(Date.UTC(year, month, 0));
}

/** The same day of a later month, or its last one. */
function sameDayLater(today: string, months: number): string {
  const [year, month, day] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)), Number(today.slice(8))];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDay(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** 三 3, 十五 15, 二十 20. */
function fromChinese(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (character: string | undefined, otherwise: number) =>
    character === undefined || character === '' ? otherwise : DIGITS.indexOf(character) + 1;
  return text.includes('十') ? digit(tens, 1) * 10 + digit(ones, 0) : digit(text, 0);
}
