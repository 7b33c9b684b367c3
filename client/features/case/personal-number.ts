/**
 * Whether words seem to hold a number that tells who somebody is: an identity card or a phone number, Chinese or British.
 * A gentle hint hangs on it and nothing else: it errs both ways and never stops anybody. Pure.
 */

/** Digits that stand alone, also when people group them by spaces or hyphens. */
const ALONE = (pattern: string) => new RegExp(`(?<![\\dA-Za-z.])${pattern}(?![\\dA-Za-z])`);

const PATTERNS: readonly RegExp[] = [
  // 18 digits with a birth date in them, the last one may be an X.
  ALONE('[1-9]\\d{5}[ -]?(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[ -]?\\d{3}[\\dXx]'),
  // A Chinese mobile number.
  ALONE('(?:\\+?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}'),
  // A Chinese landline with its area code.
  ALONE('0\\d{2,3}-\\d{7,8}'),
  // A British mobile number, and a national insurance number.
  ALONE('(?:\\+44[ -]?|0)7\\d{3}[ -]?\\d{3}[ -]?\\d{3}'),
  /(?<![A-Za-z])[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z])/,
];

export function hasPersonalNumber(text: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(text));
}
