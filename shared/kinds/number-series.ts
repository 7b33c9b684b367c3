/**
 * Official numbers as patterns: `{mark}` the organisation's characters, `{year}` four digits, `{n}` the running number
 * without leading zeros. The relay counts; this only writes. Documents of a kind have theirs in the kind. An organisation
 * whose mark is in Latin letters numbers as its country does, whatever language its readers have chosen.
 */
import type { Bilingual } from '../vocabulary.ts';

/** A case: 〔2026〕云城调字第47号 or NM-CR-2026-14. */
export const CASE_NUMBER_SERIES: Bilingual = { 'zh-CN': '〔{year}〕{mark}调字第{n}号', en: '{mark}-{year}-{n}' };

const LATIN = /^[\x20-\x7e]+$/;

/** Fills the pattern that goes with the mark. */
export function formatOfficialNumber(series: Bilingual, parts: { mark: string; year: number; n: number }): string {
  return series[LATIN.test(parts.mark) ? 'en' : 'zh-CN']
    .replaceAll('{mark}', () => parts.mark)
    .replaceAll('{year}', String(parts.year))
    .replaceAll('{n}', String(parts.n));
}

/** The year a number is counted in: the one it is in China. */
export function officialYear(atMs: number): number {
  return Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'Asia/Shanghai' }).format(atMs));
}
