/**
 * Official numbers as patterns: `{mark}` the organisation's characters, `{year}` four digits, `{n}` the running number
 * without leading zeros. The relay counts; this only writes. Documents of a kind have theirs in the kind.
 */

/** A case: 〔2026〕云城调字第47号. */
export const CASE_NUMBER_SERIES = '〔{year}〕{mark}调字第{n}号';

/** Fills a pattern. */
export function formatOfficialNumber(pattern: string, parts: { mark: string; year: number; n: number }): string {
  return pattern
    .replaceAll('{mark}', () => parts.mark)
    .replaceAll('{year}', String(parts.year))
    .replaceAll('{n}', String(parts.n));
}
