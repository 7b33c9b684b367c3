/**
 * Days as people say them: 10月23日前, 2026-10-23, 6号, 下周五, 月底前, 三日内, 十一月六日, next Friday, in 3 days. Found in a
 * sentence or typed alone into a field; reckoned from a given day. Weeks begin on Monday. A day without its year is of this
 * year, and of the next when it lies more than half a year back. Pure; times of day are for date-text.ts.
 */
import { isValueOfField } from '../../shared/kinds/field-value.ts';

/** Where in the sentence it is said, and the day, `YYYY-MM-DD`. */
export interface FoundDay {
  readonly start: number;
  readonly end: number;
  readonly day: string;
}

const DIGITS = '一二三四五六七八九十';
const CHINESE_NUMBER = `[${DIGITS}两]{1,3}`;
const NUMBER = `\\d{1,3}|${CHINESE_NUMBER}`;
const WEEKDAYS = '一二三四五六日';
const ENGLISH_WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = MONTHS.join('|');
/** A deadline is said with it and means the day itself. */
const TAIL = '(?:之前|以前|前)?';
const DAY_MS = 86_400_000;

type Read = (match: RegExpExecArray, today: string) => string | null;
interface Way {
  readonly pattern: RegExp;
  readonly read: Read;
  /** Means a day only where nothing else is said: 6号 in a sentence may be a building. */
  readonly isAloneOnly?: boolean;
}

/** Each way to say a day and what it means; of those that begin at one place the first counts. */
const WAYS: readonly Way[] = [
  {
    pattern: new RegExp(
      `(?<![\\d.])(?:(\\d{4})\\s*[年/.-]\\s*)?(\\d{1,2})\\s*(?:月|[/-])\\s*(\\d{1,2})\\s*[日号]?(?![\\d,.%元])${TAIL}`,
    ),
    read: ([, year, month, day], today) => monthDay(today, Number(month), Number(day), year),
  },
  {
    pattern: new RegExp(`(${CHINESE_NUMBER})月(${CHINESE_NUMBER})[日号]${TAIL}`),
    read: ([, month = '', day = ''], today) => monthDay(today, toNumber(month), toNumber(day)),
  },
  {
    pattern: /(?<![\d.])(?:(\d{4})\.)?(\d{1,2})\.(\d{1,2})(?![\d.])/,
    read: ([, year, month, day], today) => monthDay(today, Number(month), Number(day), year),
    isAloneOnly: true,
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(${MONTH})[a-z]*\\b(?:\\s+(\\d{4}))?`, 'i'),
    read: ([, day, month = '', year], today) => monthDay(today, englishMonth(month), Number(day), year),
  },
  {
    pattern: new RegExp(`\\b(${MONTH})[a-z]*\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(\\d{4}))?`, 'i'),
    read: ([, month = '', day, year], today) => monthDay(today, englishMonth(month), Number(day), year),
  },
  {
    pattern: new RegExp(`(大后|今|明|后)[天日]${TAIL}`),
    read: ([, which = ''], today) => after(today, ['今', '明', '后', '大后'].indexOf(which)),
  },
  {
    pattern: /\b(today|tomorrow)\b/i,
    read: ([, which = ''], today) => after(today, which.toLowerCase() === 'today' ? 0 : 1),
  },
  {
    pattern: new RegExp(`(本|这|下下|下)(?:个)?(?:周|星期|礼拜)([${WEEKDAYS}天])${TAIL}`),
    read: ([, week = '', day = ''], today) =>
      after(monday(today), [...week].filter((each) => each === '下').length * 7 + weekday(day)),
  },
  {
    pattern: new RegExp(`(?:周|星期|礼拜)([${WEEKDAYS}天])${TAIL}`),
    read: ([, day = ''], today) => comingWeekday(today, weekday(day)),
  },
  { pattern: /\b(next|this)?\s*(mon|tues|wednes|thurs|fri|satur|sun)day\b/i, read: englishWeekday },
  { pattern: /\b(next|this)?\s*(mon|tue|wed|thu|fri|sat|sun)\b/i, read: englishWeekday, isAloneOnly: true },
  {
    pattern: new RegExp(`(\\d{1,2}|${CHINESE_NUMBER})月底${TAIL}`),
    read: ([, month = ''], today) => endOfNamedMonth(today, toNumber(month)),
  },
  {
    pattern: new RegExp(`(本|下)?(?:个)?月底${TAIL}`),
    read: ([, which], today) => endOfMonth(today, which === '下' ? 1 : 0),
  },
  { pattern: /\bend of (?:the )?month\b/i, read: (_match, today) => endOfMonth(today, 0) },
  {
    pattern: new RegExp(`下(?:个)?月(${NUMBER})[日号]${TAIL}`),
    read: ([, day = ''], today) => dayOfMonth(today, 1, toNumber(day)),
  },
  { pattern: new RegExp(`(?:本)?年底${TAIL}|年内`), read: (_match, today) => `${today.slice(0, 4)}-12-31` },
  {
    pattern: new RegExp(`(${NUMBER})(?:个)?(日|天|周|星期|月)(?:之内|以内|内)`),
    read: ([, count = '', unit = ''], today) => later(today, toNumber(count), unit),
  },
  {
    // In a sentence it says when something begins, not by when it is done.
    pattern: new RegExp(`(${NUMBER})(?:个)?(日|天|周|星期|月)(?:之后|以后|后)`),
    read: ([, count = '', unit = ''], today) => later(today, toNumber(count), unit),
    isAloneOnly: true,
  },
  {
    pattern: /\b(?:in|within) (\d{1,3}) (day|week|month)s?\b/i,
    read: ([, count, unit = ''], today) => later(today, Number(count), unit.toLowerCase()),
  },
  {
    pattern: new RegExp(`(\\d{1,2}|${CHINESE_NUMBER})[日号]${TAIL}`),
    read: ([, day = ''], today) => {
      const here = dayOfMonth(today, 0, toNumber(day));
      return here !== null && here >= today ? here : dayOfMonth(today, 1, toNumber(day));
    },
    isAloneOnly: true,
  },
];

/** The first day said in a sentence; null when none is. @param today `YYYY-MM-DD` */
export function findDay(sentence: string, today: string): FoundDay | null {
  let first: FoundDay | null = null;
  for (const way of WAYS) {
    if (way.isAloneOnly === true) continue;
    const found = findBy(way, sentence, today);
    if (found !== null && (first === null || found.start < first.start)) first = found;
  }
  return first;
}

/** The day that the whole text says; null when it says none, or more than that. @param today `YYYY-MM-DD` */
export function wordsToDay(text: string, today: string): string | null {
  const said = text.trim();
  for (const way of WAYS) {
    const found = findBy(way, said, today);
    if (found !== null && found.start === 0 && found.end === said.length) return found.day;
  }
  return null;
}

function findBy({ pattern, read }: Way, text: string, today: string): FoundDay | null {
  const match = pattern.exec(text);
  const day = match === null ? null : read(match, today);
  return match === null || day === null ? null : { start: match.index, end: match.index + match[0].length, day };
}

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
const toDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const after = (day: string, days: number) => toDay(utc(day) + days * DAY_MS);
const two = (part: number) => String(part).padStart(2, '0');
const isDay = (text: string) => isValueOfField({ id: 'day', label: { 'zh-CN': '', en: '' }, input: 'date' }, text);
const weekday = (character: string) => WEEKDAYS.indexOf(character === '天' ? '日' : character);
const englishMonth = (name: string) => MONTHS.indexOf(name.toLowerCase()) + 1;

function monthDay(today: string, month: number, day: number, year?: string): string | null {
  const inYear = (each: number | string) => {
    const text = `${each}-${two(month)}-${two(day)}`;
    return isDay(text) ? text : null;
  };
  if (year !== undefined) return inYear(year);
  const thisYear = Number(today.slice(0, 4));
  const here = inYear(thisYear);
  return here !== null && utc(today) - utc(here) > 180 * DAY_MS ? inYear(thisYear + 1) : here;
}

function monday(day: string): string {
  return after(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));
}

function englishWeekday([, week, day = '']: RegExpExecArray, today: string): string {
  const number = ENGLISH_WEEKDAYS.indexOf(day.slice(0, 3).toLowerCase());
  if (week === undefined) return comingWeekday(today, number);
  return after(monday(today), (week.toLowerCase() === 'next' ? 7 : 0) + number);
}

/** That day of this week, or of the next when it is over. */
function comingWeekday(today: string, number: number): string {
  const here = after(monday(today), number);
  return here >= today ? here : after(here, 7);
}

function endOfMonth(today: string, months: number): string {
  return toDay(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) + months, 0));
}

function endOfNamedMonth(today: string, month: number): string | null {
  if (month < 1 || month > 12) return null;
  const year = Number(today.slice(0, 4)) + (month < Number(today.slice(5, 7)) ? 1 : 0);
  return toDay(Date.UTC(year, month, 0));
}

/** A day of this month or of a later one; null when that month has none such. */
function dayOfMonth(today: string, months: number, day: number): string | null {
  const first = toDay(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + months, 1));
  const text = `${first.slice(0, 8)}${two(day)}`;
  return isDay(text) ? text : null;
}

function later(today: string, count: number, unit: string): string {
  if (unit === 'month' || unit === '月') return sameDayLater(today, count);
  return after(today, count * (unit === '周' || unit === '星期' || unit === 'week' ? 7 : 1));
}

/** The same day of a later month, or its last one. */
function sameDayLater(today: string, months: number): string {
  const [year, month, day] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)), Number(today.slice(8))];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDay(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** 3 3, 三 3, 两 2, 十五 15, 二十 20, 二十三 23. */
function toNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const digit = (character: string | undefined, otherwise: number) => {
    if (character === undefined || character === '') return otherwise;
    return character === '两' ? 2 : DIGITS.indexOf(character) + 1;
  };
  if (!text.includes('十')) return digit(text, 0);
  const [tens, ones] = text.split('十');
  return digit(tens, 1) * 10 + digit(ones, 0);
}
