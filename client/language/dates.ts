/**
 * Dates as people here write them: 2026年10月16日 / 16 October 2026, 10-16 in tables. A calendar day is an ISO text
 * (`2026-10-16`) and never a moment: no time zone touches it. Moments are milliseconds since 1970 in local time.
 */
import type { Language } from '../../shared/vocabulary.ts';

const LOCALE: Record<Language, string> = { 'zh-CN': 'zh-CN', en: 'en-GB' };
const DAY_MS = 86_400_000;

/** Milliseconds of a calendar day at UTC midnight; null when the text is no day. */
function dayToUtcMs(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** 2026年10月16日 / 16 October 2026; any other text comes back as it is. */
export function formatDay(day: string, language: Language): string {
  const ms = dayToUtcMs(day);
  if (ms === null) return day;
  return new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeZone: 'UTC' }).format(ms);
}

/** 周五 / Fri; empty for any other text. */
export function formatWeekday(day: string, language: Language): string {
  const ms = dayToUtcMs(day);
  if (ms === null) return '';
  return new Intl.DateTimeFormat(LOCALE[language], { weekday: 'short', timeZone: 'UTC' }).format(ms);
}

/** 10-16, with the year before it when that is not the current one. */
export function formatDayShort(day: string, today: string): string {
  if (dayToUtcMs(day) === null) return day;
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;
}

/** 2026年10月16日 13:30 / 16 October 2026 at 13:30 for `2026-10-16T13:30`. */
export function formatDayTime(dayTime: string, language: Language): string {
  const [day = '', time = ''] = dayTime.split('T');
  return `${formatDay(day, language)} ${time.slice(0, 5)}`.trim();
}

/** The calendar day of a moment where the person is. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The time of day of a moment where the person is: 09:05. */
export function formatClock(ms: number): string {
  const date = new Date(ms);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** A moment in a list: the time for today, else 10-16 or 2025-10-16. */
export function formatMomentShort(ms: number, nowMs: number): string {
  const today = dayOf(nowMs);
  const day = dayOf(ms);
  return day === today ? formatClock(ms) : formatDayShort(day, today);
}

/** A moment in full: 2026年10月16日 13:30 / 16 October 2026 13:30. */
export function formatMoment(ms: number, language: Language): string {
  return `${formatDay(dayOf(ms), language)} ${formatClock(ms)}`;
}

/** Whole days from today to a calendar day (negative: past); null when the text is no day. */
export function daysUntil(day: string, today: string): number | null {
  const [target, now] = [dayToUtcMs(day), dayToUtcMs(today)];
  return target === null || now === null ? null : Math.round((target - now) / DAY_MS);
}
