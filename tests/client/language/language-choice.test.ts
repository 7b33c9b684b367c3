/** Which language is spoken, that the choice is kept, and how dates are written in each. */
import { describe, expect, it } from 'vitest';
import { daysUntil, formatDay, formatDayShort, formatDayTime } from '../../../client/language/dates.ts';
import { chooseLanguage, createLanguage } from '../../../client/language/language-choice.ts';
import { sayIn } from '../../../client/language/say.ts';

describe('the language', () => {
  it('is Chinese where the browser says any Chinese, else English, unless one was chosen', () => {
    expect(chooseLanguage(null, ['zh-TW', 'en'])).toBe('zh-CN');
    expect(chooseLanguage(null, ['zh'])).toBe('zh-CN');
    expect(chooseLanguage(null, ['de-DE', 'zh-CN'])).toBe('en');
    expect(chooseLanguage(null, [])).toBe('en');
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('fr', ['zh-CN'])).toBe('zh-CN');
  });

  it('is kept on the device and said of the page', async () => {
    const kept = new Map<string, string>();
    const store = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (k: string, v: string) => void kept.set(k, v),
    };
    const root = { lang: '' };
    const language = createLanguage(store, ['zh-CN'], root);
    let changes = 0;
    language.subscribe(() => {
      changes += 1;
    });
    expect([root.lang, sayIn(language.get())('status.saving')]).toEqual(['zh-CN', '保存中']);
    language.choose('en');
    expect([root.lang, sayIn(language.get())('status.saving')]).toEqual(['en', 'Saving']);
    expect(createLanguage(store, ['zh-CN'], { lang: '' }).get()).toBe('en');
    expect(changes).toBe(1);
  });
});

describe('saying something', () => {
  it('fills in what is given, chooses the form of number in English, and leaves a missing value to be seen', () => {
    const [zh, en] = [sayIn('zh-CN'), sayIn('en')];
    expect(zh('account.unsynced', { count: 1 })).toContain('还有 1 项改动');
    expect(en('account.unsynced', { count: 1 })).toMatch(/^1 change has /);
    expect(en('account.unsynced', { count: 0 })).toMatch(/^0 changes have /);
    expect(en('general.bracketed', { text: '<b>$1</b>', note: '{{text}}' })).toBe('<b>$1</b> ({{text}})');
    expect(en('general.bracketed', { text: 'a' })).toBe('a ({{note}})');
  });
});

describe('dates', () => {
  it('are written out in each language, and short in tables', () => {
    expect(formatDay('2026-10-16', 'zh-CN')).toBe('2026年10月16日');
    expect(formatDay('2026-10-16', 'en')).toBe('16 October 2026');
    expect(formatDayTime('2026-10-16T13:30', 'zh-CN')).toBe('2026年10月16日 13:30');
    expect(formatDayShort('2026-10-16', '2026-11-22')).toBe('10-16');
    expect(formatDayShort('2025-10-16', '2026-11-22')).toBe('2025-10-16');
    expect(formatDay('soon', 'en')).toBe('soon');
  });

  it('count whole days over the end of a month and summer time', () => {
    expect(daysUntil('2026-11-01', '2026-10-30')).toBe(2);
    expect(daysUntil('2026-10-18', '2026-10-20')).toBe(-2);
  });
});
