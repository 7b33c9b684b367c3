import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readRegister } from '../../../shared/fields/register.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { isValueOfField } from '../../../shared/kinds/field-value.ts';
import type { FieldInput } from '../../../shared/kinds/kind.ts';
import { CASE_NUMBER_SERIES, formatOfficialNumber } from '../../../shared/kinds/number-series.ts';
import { writeTemplate } from '../../../shared/kinds/template.ts';
import { readTitle } from '../../../shared/kinds/title.ts';
import { isRootAllowed, textRoot } from '../../../shared/rooms.ts';
import { DOCUMENT_KINDS, LANGUAGES } from '../../../shared/vocabulary.ts';

const label = { 'zh-CN': '域', en: 'Field' };
const fits = (input: FieldInput, value: Parameters<typeof isValueOfField>[1]) =>
  isValueOfField({ input, options: [{ id: 'one', label }] }, value);

describe('kinds of document', () => {
  for (const kind of DOCUMENT_KINDS) {
    it(`${kind} begins with a title, has unique field ids fit for root names, and words in both languages`, () => {
      const spec = KINDS[kind];
      expect(spec.kind).toBe(kind);
      expect(spec.fields[0]?.id).toBe('title');
      for (const fields of [
        spec.fields,
        spec.tasks ?? [],
        ...Object.values(spec.records ?? {}),
        spec.formerFields ?? [],
      ]) {
        expect(new Set(fields.map((field) => field.id)).size).toBe(fields.length);
        for (const field of fields) {
          expect(isRootAllowed('body', textRoot('header', field.id))).toBe(true);
          expect(['order', 'deleted']).not.toContain(field.id);
          if (field.input !== 'textList') expect(field.input === 'choice').toBe(field.options !== undefined);
          for (const words of [field.label, ...(field.options ?? []).map((option) => option.label)]) {
            expect(words['zh-CN'] && words.en).toBeTruthy();
          }
        }
      }
    });

    for (const language of LANGUAGES) {
      it(`${kind} is written once by its creator, in ${language}, with its sections`, () => {
        const doc = new Y.Doc();
        let ids = 0;
        const input = { by: 'creator', atMs: 1, title: '  标题 ', newId: () => `id${ids++}` };
        let transactions = 0;
        doc.on('afterTransaction', () => transactions++);
        writeTemplate(doc, kind, language, input);
        expect(transactions).toBe(1);
        expect(readTitle(doc)).toBe('标题');
        expect(readRegister(doc.getMap('fields'), 'header', 'title')[0]?.writes[0].by).toBe('creator');
        const headings = KINDS[kind].sections.filter((block) => block.kind === 'h1');
        for (const heading of headings) expect(doc.getText('prose').toString()).toContain(heading.text[language]);
        if (headings.length > 0) expect(() => writeTemplate(doc, kind, language, input)).toThrow('already has prose');
      });
    }
  }

  it('takes calendar dates that exist and local times, and nothing else', () => {
    for (const date of ['2026-12-18', '2024-02-29', '2000-02-29']) expect(fits('date', date)).toBe(true);
    for (const date of ['2026-02-29', '1900-02-29', '2026-13-01', '2026-1-1', '2026-12-18T09:00', '', 20261218]) {
      expect(fits('date', date)).toBe(false);
    }
    expect(fits('dateTime', '2026-10-16T13:30')).toBe(true);
    for (const time of ['2026-10-16', '2026-10-16T24:00', '2026-10-16T13:30Z', '2026-02-30T10:00']) {
      expect(fits('dateTime', time)).toBe(false);
    }
  });

  it('knows which values fit which field', () => {
    expect([fits('text', 'x'), fits('text', ['x']), fits('text', null)]).toEqual([true, false, true]);
    expect([fits('choice', 'one'), fits('choice', 'two')]).toEqual([true, false]);
    expect([fits('people', ['a']), fits('people', 'a'), fits('agency', 'a')]).toEqual([true, false, true]);
    expect(fits('longText', 'words')).toBe(false);
  });

  it('writes official numbers', () => {
    expect(formatOfficialNumber(CASE_NUMBER_SERIES, { mark: '云城', year: 2026, n: 47 })).toBe(
      '〔2026〕云城调字第47号',
    );
    const series = KINDS.jointMinutes.numberSeries ?? { 'zh-CN': '', en: '' };
    expect(formatOfficialNumber(series, { mark: '云', year: 2026, n: 9 })).toBe('云联纪〔2026〕9号');
    expect(formatOfficialNumber(CASE_NUMBER_SERIES, { mark: 'NM-CR', year: 2026, n: 14 })).toBe('NM-CR-2026-14');
  });
});
