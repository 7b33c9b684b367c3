import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchoredAt, DEMO_TODAY } from '../../../shared/demo/anchored.ts';
import { DEMO_CASES } from '../../../shared/demo/demonstration.ts';

const zh = (text: string, today: string) => anchoredAt(text, today, 'zh-CN');
const en = (text: string, today: string) => anchoredAt(text, today, 'en');

describe('dates of the demonstration', () => {
  it('stand as they are written on the day of the text', () => {
    expect(zh('{10-16}、{2026-10-16}、{10-13..10-15}', DEMO_TODAY)).toBe('10月16日、2026年10月16日、10月13日至15日');
    expect(zh('{08}、{2026-03..09}、{11-05 third}、{11-04 year}', DEMO_TODAY)).toBe(
      '8月、2026年3月至9月、11月上旬、2026',
    );
    expect(en('{10-16}, {2026-10-16}, {10-13..10-15}', DEMO_TODAY)).toBe('16 October, 16 October 2026, 13–15 October');
    expect(en('{2026-03..09}, {2026-03}, {10-25 third}', DEMO_TODAY)).toBe(
      'March to September 2026, March 2026, late October',
    );
    expect(zh('2026-10-16T13:30', DEMO_TODAY)).toBe('2026-10-16T13:30');
  });

  it('move by whole days over the ends of months and years', () => {
    expect(zh('{10-16}、{12-21}、{08-07..08-31}', '2026-12-02')).toBe('10月26日、12月31日、8月17日至9月10日');
    expect(zh('{2026-12-21}、{2026-03..09}、{11-04 year}', '2027-04-01')).toBe(
      '2027年4月30日、2026年7月至2027年1月、2027',
    );
    expect(anchoredAt({ at: '2026-11-18T10:40', list: ['2026-12-18'] }, '2026-11-23', 'en')).toEqual({
      at: '2026-11-19T10:40',
      list: ['2026-12-19'],
    });
  });

  it('keep their order and their distance from today on any day', () => {
    const day = fc.date({ min: new Date('2026-11-22'), max: new Date('2036-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, day, day, (a, b, loading) => {
        const iso = (date: Date) => date.toISOString().slice(0, 10);
        const [first, second] = anchoredAt([iso(a), iso(b)], iso(loading), 'zh-CN').map((each) => Date.parse(each));
        const shift = Date.parse(iso(loading)) - Date.parse(DEMO_TODAY);
        expect(first).toBe(Date.parse(iso(a)) + shift);
        expect(second).toBe(Date.parse(iso(b)) + shift);
      }),
      { numRuns: 50 },
    );
  });

  it('leave no month of its own in another: what comes month after month still does', () => {
    for (let days = 0; days < 400; days++) {
      const today = new Date(Date.parse(DEMO_TODAY) + days * 86_400_000).toISOString().slice(0, 10);
      const months = zh('{06} {07} {08} {09}', today).split(' ').map(Number.parseFloat);
      const steps = months.slice(1).map((month, i) => (month - (months[i] ?? 0) + 12) % 12);
      expect(steps).toEqual([1, 1, 1]);
    }
  });

  it('refuse braces that are no date', () => {
    expect(() => zh('{soon}', DEMO_TODAY)).toThrow('no date: {soon}');
  });

  it('are never written into the words of a case: whoever adds text uses braces', () => {
    const words = JSON.stringify(DEMO_CASES).replace(/\{(\d[^{}"]*)\}/g, '');
    const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
    expect(words.match(/.{0,20}(\d月|今年|去年|明年|20\d\d年).{0,10}/g) ?? []).toEqual([]);
    expect(words.match(new RegExp(`.{0,20}\\b\\d{1,2} (${months})\\b`, 'g')) ?? []).toEqual([]);
    for (const { title, documents } of DEMO_CASES) {
      for (const each of [title, ...documents.map((document) => document.title)]) expect(each).not.toContain('{');
    }
  });
});
