/**
 * Arithmetic on calendar days written `YYYY-MM-DD`: no clock and no time zone touches them. Weeks begin on Monday. A day
 * that does not exist is null, never the next one that does.
 */
import { isValueOfField } from '../../shared/kinds/field-value.ts';

const DAY_MS = 86_400_000;
const two = (part: number) => String(part).padStart(2, '0');
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The day of these numbers, when there is one. */
export function dayOfParts(year: number, month: number, date: number): string | null {
  const day = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
  return isValueOfField({ input: 'date' }, day) ? day : null;
}

export const yearOf = (day: string) => Number(day.slice(0, 4));
export const monthOf = (day: string) => Number(day.slice(5, 7));

export function addDays(day: string, count: number): string {
  return new Date(msOf(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The same date some months on, or the last day of a month that is too short for it. */
export function addMonths(day: string, count: number): string {
  const last = lastOfMonth(yearOf(day), monthOf(day) + count);
  return last.slice(0, 8) + two(Math.min(Number(day.slice(8)), Number(last.slice(8))));
}

/** @param month may lie outside 1–12 and is then of a neighbouring year */
export function lastOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** 1 for Monday … 7 for Sunday. */
function weekdayOf(day: string): number {
  return new Date(msOf(day)).getUTCDay() || 7;
}

/** The given weekday of the calendar week some weeks from today's. */
export function dayOfWeek(today: string, weeks: number, weekday: number): string {
  return addDays(today, weeks * 7 + weekday - weekdayOf(today));
}
