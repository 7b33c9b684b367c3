/** The catalogue is complete in both languages and keeps the typography of each. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../client/language/catalogue.ts';
import type { WordArea } from '../../../client/language/words/word.ts';

const entries = Object.entries(catalogue as WordArea);
const placeholdersOf = (text: string) =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort();
const englishTexts = (text: WordArea[string]['en']) => (typeof text === 'string' ? [text] : [text.one, text.other]);
const withoutPlaceholders = (text: string) => text.replace(/\{\{\w+\}\}/g, '');

describe('the catalogue', () => {
  it('has a text in both languages under every key', () => {
    const empty = entries.filter(
      ([, word]) => word['zh-CN'].trim() === '' || englishTexts(word.en).some((text) => text.trim() === ''),
    );
    expect(empty.map(([key]) => key)).toEqual([]);
    expect(entries.length).toBeGreaterThan(100);
  });

  it('has the same placeholders in both languages', () => {
    const wrong = entries.filter(([, word]) =>
      englishTexts(word.en).some((text) => placeholdersOf(text).join() !== placeholdersOf(word['zh-CN']).join()),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('uses full-width punctuation in Chinese, save inside addresses, keys and numbers', () => {
    const wrong = entries.filter(([, word]) =>
      /[\u4e00-\u9fff}]\s*[,;:!?()]|[,;:!?()]\s*[\u4e00-\u9fff]/.test(word['zh-CN']),
    );
    expect(wrong.map(([key, word]) => `${key}: ${word['zh-CN']}`)).toEqual([]);
  });

  it('has Chinese in Chinese and none in English', () => {
    // Names of formats and keys on the keyboard are the same in both.
    const same = new Set(['language.en', 'language.zh', 'general.productAlso']);
    const wrong = entries.filter(
      ([key, word]) =>
        !same.has(key) &&
        englishTexts(word.en).some((text) =>
          /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/.test(withoutPlaceholders(text)),
        ),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('has no term that this product must never use', () => {
    const banned = /重点人员|稳控|人盯人|五包一|劝返|思想动态|风险评分/;
    expect(entries.filter(([, word]) => banned.test(word['zh-CN'])).map(([key]) => key)).toEqual([]);
  });

  it('has no two keys of one name in different areas', () => {
    expect(new Set(entries.map(([key]) => key)).size).toBe(entries.length);
  });
});
