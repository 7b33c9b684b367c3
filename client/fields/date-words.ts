/**
 * Days as people say them: 11-6, 11月6号, 十一月六日, 下周五, 三天内, 月底; 6 Nov, next Friday, in 3 days. Typed alone into a
 * field, or the first one in a sentence, where bare numbers are left alone (11.6万元 and 3-5天 are no days). Pure; null when
 * it is no day that exists. Working days and holidays are not reckoned; times of day are for date-text.ts.
 *
 * Which day is meant: a day of a month without a year is of this year, or of the next one when it would lie more than
 * half a year back, since deadlines look ahead. A bare 6日 or 周五 is the next one from today on. 本周五 and 下周五 are of
 * this and the next calendar week (Monday first), and so is “next Friday”. 三天内 ends three days from today.
 */
import { addDays, addMonths, dayOfParts, dayOfWeek, lastOfMonth, monthOf, yearOf } from './calendar-day.ts';

/** Where in the sentence it is said, with a 前 that belongs to it, and the day, `YYYY-MM-DD`. */
interface FoundDay {
  readonly start: number;
  readonly end: number;
  readonly day: string;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** One way to write a day. Its groups come named to `read`; null when there is no such day. */
interface Form {
  readonly pattern: string;
  /** Read as a whole input only: in a sentence it may be an amount, a number of a house or a verb. */
  readonly alone?: true;
  /** In a sentence only with this capital writing. */
  readonly isCaseKept?: true;
  readonly read: (found: Groups, today: string) => string | null;
}

const HALF_YEAR_DAYS = 183;

const N = '(?:\\d{1,3}|[〇零一二两三四五六七八九十百]{1,5})';
/** Not in the middle of a number, nor after what makes it another number. */
const FRESH = '(?<![\\d.\\-/〇零一二两三四五六七八九十百第〔［[(（〕］几数])';
const YEAR = '(?<year>\\d{4}|[〇零一二三四五六七八九]{4}|今年|本年|明年|去年|上年)';
const WEEKDAY = '(?<weekday>[一二三四五六日天1-6])';
const WEEK = '(?:周|星期|礼拜)';
const SPAN = `(?<count>${N}|半)\\s*(?<unit>天|日|周|个?星期|个?礼拜|个月|月|个半月|年)\\s*`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_WORD =
  '(?<monthWord>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY_WORD =
  '(?<weekdayWord>Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)';
const COUNT_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const COUNT_WORD = `(?<count>\\d{1,3}|an?|${COUNT_WORDS.join('|')})`;
const RELATIVE: Readonly<Record<string, number>> = {
  ...{ 前天: -2, 昨天: -1, 昨日: -1, 今天: 0, 今日: 0, 明天: 1, 明日: 1, 后天: 2, 大后天: 3 },
  ...{ yesterday: -1, today: 0, tomorrow: 1, 'the day after tomorrow': 2, 'day after tomorrow': 2 },
};

const FORMS: readonly Form[] = [
  // 2026-11-6, 2026年11月6日, 明年3月1日, 二〇二六年十一月六日
  {
    pattern: `${FRESH}${YEAR}\\s*(?:年|[-/.])?\\s*(?<month>${N})\\s*[-/.月]\\s*(?<date>${N})\\s*(?:日|号|(?!\\d))`,
    read: ({ year, month, date }, today) => dayOfParts(toYear(year, today), toNumber(month), toNumber(date)),
  },
  { pattern: '(?<year>20\\d\\d)(?<month>\\d\\d)(?<date>\\d\\d)', alone: true, read: ofNumbers },
  { pattern: '(?<year>\\d\\d)[-/.](?<month>\\d{1,2})[-/.](?<date>\\d{1,2})', alone: true, read: ofNumbers },
  // 11月6日, 十一月六号
  { pattern: `${FRESH}(?<month>${N})\\s*月\\s*(?<date>${N})\\s*[日号]`, read: ofMonthAndDate },
  { pattern: '(?<month>\\d{1,2})\\s*[-/.月]\\s*(?<date>\\d{1,2})', alone: true, read: ofMonthAndDate },
  {
    pattern: `${FRESH}(?<month>\\d{1,2})-(?<date>\\d{1,2})(?![\\d.\\-/]|\\s*(?:[天日个月年周次人户名万亿元%％号室栋楼层米页条点时]|days?|weeks?|people|%))`,
    read: ofMonthAndDate,
  },
  // 6日, 6号; in a sentence, where it may be a house or a span, only with 前
  { pattern: `(?<date>${N})[日号]`, alone: true, read: ofDate },
  { pattern: `${FRESH}(?<![月每])(?<date>${N})[日号](?=之前|以前|前(?![后门面]))`, read: ofDate },
  // 本月5日, 下个月5号
  {
    pattern: `(?<which>本|这|当|下下|下|次)个?月\\s*(?<date>${N})\\s*[日号]`,
    read: ({ which, date }, today) => {
      const month = addMonths(`${today.slice(0, 8)}01`, stepsOf(which));
      return dayOfParts(yearOf(month), monthOf(month), toNumber(date));
    },
  },
  // 月底, 下月底, 10月底, 明年3月底, 年底
  {
    pattern: '(?<![\\d一二三四五六七八九十])(?<which>本|这|当|下下|下|次)?个?月(?:底|末)',
    read: ({ which }, today) => lastOfMonth(yearOf(today), monthOf(today) + stepsOf(which)),
  },
  {
    pattern: `${FRESH}(?:${YEAR}\\s*年?\\s*)?(?<month>${N})\\s*月(?<part>底|末|上旬|中旬|下旬)`,
    read: ({ year, month, part }, today) => {
      const inMonth = toNumber(month);
      if (inMonth < 1 || inMonth > 12) return null;
      const endIn = (of: number) => {
        if (part === '上旬') return dayOfParts(of, inMonth, 10);
        return part === '中旬' ? dayOfParts(of, inMonth, 20) : lastOfMonth(of, inMonth);
      };
      return year === undefined ? inNearYear(endIn, today) : endIn(toYear(year, today));
    },
  },
  {
    pattern: `${YEAR}?年?[底末](?<=年[底末])`,
    read: ({ year }, today) => `${year === undefined ? yearOf(today) : toYear(year, today)}-12-31`,
  },
  // 下周五, 本星期三, 周五; not 每周五
  {
    pattern: `(?<![每隔逢])(?<which>上|本|这|下下|下)个?${WEEK}${WEEKDAY}`,
    read: ({ which, weekday }, today) => dayOfWeek(today, stepsOf(which), toWeekday(weekday)),
  },
  {
    pattern: `(?<![每隔逢上本这下个单双])${WEEK}${WEEKDAY}(?![\\d一二三四五六日天至到、])`,
    read: ({ weekday }, today) => nextWeekday(toWeekday(weekday), today),
  },
  // 今天, 明天, 大后天
  {
    pattern: '(?<word>大后天|(?<!大)后天|(?<!大)前天|昨天|昨日|今天|今日|明天|明日)',
    read: ({ word = '' }, today) => addDays(today, RELATIVE[word] ?? 0),
  },
  // 三天内, 两周内, 一个月内, 半年内
  { pattern: `${FRESH}${SPAN}(?:之内|以内|内)`, read: ofSpan },
  // In a sentence it says when something begins, not by when it is done.
  { pattern: `${SPAN}(?:之后|以后|后)`, alone: true, read: ofSpan },
  { pattern: '年内', read: (_found, today) => `${yearOf(today)}-12-31` },
  {
    pattern: '\\b(?<word>(?:the\\s+)?day\\s+after\\s+tomorrow|today|tomorrow|yesterday)\\b',
    read: ({ word = '' }, today) => addDays(today, RELATIVE[word.toLowerCase().replace(/\s+/g, ' ')] ?? 0),
  },
  {
    pattern: `\\b(?<which>last|this|next)\\s+${WEEKDAY_WORD}\\b`,
    read: ({ which = '', weekdayWord }, today) =>
      dayOfWeek(today, ENGLISH_STEPS[which.toLowerCase()] ?? 0, wordIndex(WEEKDAYS, weekdayWord)),
  },
  // Short only alone: “Sat” may be what people did.
  { pattern: WEEKDAY_WORD, alone: true, read: ofWeekdayWord },
  {
    pattern: '(?<!\\b(?:every|each|last|this|next)\\s)\\b(?<weekdayWord>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\\b',
    read: ofWeekdayWord,
  },
  {
    pattern: `\\b(?:in|within)\\s+${COUNT_WORD}\\s+(?<unit>day|week|month|year)s?\\b`,
    read: ({ count = '', unit = '' }, today) => {
      const word = count.toLowerCase();
      return inSpan(/^an?$/.test(word) ? 1 : /^\d/.test(word) ? Number(word) : COUNT_WORDS.indexOf(word), unit, today);
    },
  },
  {
    pattern: `\\b(?<date>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_WORD}(?:,?\\s+(?<year>\\d{4}))?(?![a-z\\d])`,
    isCaseKept: true,
    read: ofMonthWord,
  },
  {
    pattern: `\\b${MONTH_WORD}\\s+(?<date>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(?<year>\\d{4}))?(?![a-z\\d:])`,
    isCaseKept: true,
    read: ofMonthWord,
  },
  {
    pattern: `\\b(?:the\\s+)?end\\s+of\\s+(?:${MONTH_WORD}|(?<which>the\\s+|this\\s+|next\\s+)?(?<unit>month|year))(?:\\s+(?<year>\\d{4}))?\\b`,
    read: ({ monthWord, which = '', unit, year }, today) => {
      const steps = which.trim().toLowerCase() === 'next' ? 1 : 0;
      if (monthWord !== undefined) {
        const month = wordIndex(MONTHS, monthWord);
        return year === undefined
          ? inNearYear((of) => lastOfMonth(of, month), today)
          : lastOfMonth(Number(year), month);
      }
      return unit?.toLowerCase() === 'year'
        ? `${yearOf(today) + steps}-12-31`
        : lastOfMonth(yearOf(today), monthOf(today) + steps);
    },
  },
];

const ENGLISH_STEPS: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };
const BEFORE = '(?:之前|以前|前)?';
const WEEKDAY_NOTE = '(?:\\s*[（(](?:周|星期)[一二三四五六日天][）)])?';
const WHOLE = FORMS.map((form) => ({
  form,
  regex: new RegExp(`^(?:by\\s+|on\\s+)?${form.pattern}${WEEKDAY_NOTE}${BEFORE}$`, 'i'),
}));
const INSIDE = FORMS.filter((form) => form.alone === undefined).map((form) => ({
  form,
  regex: new RegExp(form.pattern + BEFORE, form.isCaseKept === true ? 'g' : 'gi'),
}));

/** The day that the whole text says; null when it says none, or more than that. @param today `YYYY-MM-DD` */
export function wordsToDay(text: string, today: string): string | null {
  const said = halfWidth(text).trim();
  for (const { form, regex } of WHOLE) {
    const groups = regex.exec(said)?.groups;
    const day = groups === undefined ? null : form.read(groups, today);
    if (day !== null) return day;
  }
  return null;
}

/** The first day said in a sentence, in its longest reading; null when none is. @param today `YYYY-MM-DD` */
export function findDay(sentence: string, today: string): FoundDay | null {
  const text = halfWidth(sentence);
  let first: FoundDay | null = null;
  for (const { form, regex } of INSIDE) {
    for (const match of text.matchAll(regex)) {
      const day = form.read(match.groups ?? {}, today);
      if (day === null) continue;
      const found = { start: match.index, end: match.index + match[0].length, day };
      if (first === null || found.start < first.start || (found.start === first.start && found.end > first.end)) {
        first = found;
      }
      break;
    }
  }
  return first;
}

/** Full-width digits and signs as half-width ones, unit for unit, so that positions stay. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff0d\uff0e\uff0f\uff10-\uff19\uff1a]/g, (unit) =>
    String.fromCharCode(unit.charCodeAt(0) - 0xfee0),
  );
}

const DIGITS = '〇一二三四五六七八九';

/** 11, 十一, 两, 二十三, 一百; NaN for what is no number. */
export function toNumber(text = ''): number {
  if (/^\d+$/.test(text)) return Number(text);
  const digits = text.replace(/零/g, '〇').replace(/两/g, '二');
  const match = /^(?:([一二三四五六七八九])百〇?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/.exec(digits);
  if (match === null || digits === '') return Number.NaN;
  const [, hundreds, tens, ones] = match;
  const digit = (each: string | undefined) => (each ? DIGITS.indexOf(each) : 0);
  return digit(hundreds) * 100 + (tens === undefined ? 0 : digit(tens) || 1) * 10 + digit(ones);
}

function toYear(text = '', today: string): number {
  if (/^(?:今|本)/.test(text)) return yearOf(today);
  if (text.startsWith('明')) return yearOf(today) + 1;
  if (/^[去上]/.test(text)) return yearOf(today) - 1;
  if (/^\d+$/.test(text)) return text.length === 2 ? 2000 + Number(text) : Number(text);
  return Number([...text.replace(/零/g, '〇')].map((each) => DIGITS.indexOf(each)).join(''));
}

const toWeekday = (text = '') => (/[日天]/.test(text) ? 7 : toNumber(text));
const wordIndex = (words: readonly string[], word = '') => words.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** 本 0, 下 1, 下下 2, 上 −1. */
function stepsOf(which = ''): number {
  if (which === '上') return -1;
  return which === '次' ? 1 : which.split('下').length - 1;
}

/** In this year, or in the next when it would lie more than half a year back (or does not exist this year). */
function inNearYear(inYear: (year: number) => string | null, today: string): string | null {
  const here = inYear(yearOf(today));
  return here !== null && here >= addDays(today, -HALF_YEAR_DAYS) ? here : inYear(yearOf(today) + 1);
}

function ofNumbers({ year, month, date }: Groups, today: string): string | null {
  return dayOfParts(toYear(year, today), Number(month), Number(date));
}

function ofMonthAndDate({ month, date }: Groups, today: string): string | null {
  return inNearYear((year) => dayOfParts(year, toNumber(month), toNumber(date)), today);
}

function ofMonthWord({ monthWord, date, year }: Groups, today: string): string | null {
  const inYear = (of: number) => dayOfParts(of, wordIndex(MONTHS, monthWord), Number(date));
  return year === undefined ? inNearYear(inYear, today) : inYear(Number(year));
}

function ofDate({ date }: Groups, today: string): string | null {
  return nextDate(toNumber(date), today);
}

function ofWeekdayWord({ weekdayWord }: Groups, today: string): string {
  return nextWeekday(wordIndex(WEEKDAYS, weekdayWord), today);
}

function ofSpan({ count, unit = '' }: Groups, today: string): string | null {
  return inSpan(count === '半' ? 0.5 : toNumber(count), unit, today);
}

/** This month's, or the next month's that has such a date and has not passed it. */
function nextDate(date: number, today: string): string | null {
  for (let step = 0; step < 3; step++) {
    const month = addMonths(`${today.slice(0, 8)}01`, step);
    const day = dayOfParts(yearOf(month), monthOf(month), date);
    if (day !== null && day >= today) return day;
  }
  return null;
}

function nextWeekday(weekday: number, today: string): string {
  const inThisWeek = dayOfWeek(today, 0, weekday);
  return inThisWeek >= today ? inThisWeek : addDays(inThisWeek, 7);
}

function inSpan(count: number, unit: string, today: string): string | null {
  if (Number.isNaN(count)) return null;
  if (/^(天|日|day)/.test(unit)) return Number.isInteger(count) ? addDays(today, count) : null;
  if (/周|星期|礼拜|week/.test(unit)) return Number.isInteger(count) ? addDays(today, count * 7) : null;
  if (unit === '个半月') return addDays(addMonths(today, count), 15);
  if (/月|month/.test(unit)) return count === 0.5 ? addDays(today, 15) : addMonths(today, count);
  return addMonths(today, count * 12);
}
