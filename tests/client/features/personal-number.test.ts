/** The hint about numbers that tell who somebody is: what it sees, and above all what it leaves alone. */
import { describe, expect, it } from 'vitest';
import { hasPersonalNumber } from '../../../client/features/case/personal-number.ts';

describe('a number that tells who somebody is', () => {
  it.each([
    '电话13812345678',
    '138 1234 5678',
    '+86 138-1234-5678',
    '0515-88881234',
    '身份证110101199003078811',
    '11010119900307881X',
    '110101 19900307 8811',
    'call 07700 900123',
    '+44 7700 900 123',
    'AB 12 34 56 C',
  ])('is seen in “%s”', (text) => {
    expect(hasPersonalNumber(text)).toBe(true);
  });

  it.each([
    '',
    '申请人甲等26人',
    '598,600元',
    '12345678901234元',
    '2026年10月16日 13:30',
    '2026-10-16',
    '〔2026〕云城调字第47号',
    '5#楼 3 单元 1602 室',
    '案号（2026）苏0922民初1234567号',
    '3.13812345678',
    'M26 4AB, flat 14',
  ])('is not seen in “%s”', (text) => {
    expect(hasPersonalNumber(text)).toBe(false);
  });
});
