/**
 * How components say something: `const say = useWords(); say('case.title')`. The key is checked by the compiler; the
 * text is in the language the person chose and changes with it at once.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/vocabulary.ts';
import type { WordKey } from './catalogue.ts';

/** Values of a text's placeholders; `count` also chooses the form of number. */
export type WordParams = Readonly<Record<string, string | number>>;
export type Say = (key: WordKey, params?: WordParams) => string;

/** The catalogue in the language chosen. */
export function useWords(): Say {
  const { t } = useTranslation();
  return useMemo(() => (key, params) => t(key, params ?? {}), [t]);
}

/** The language chosen, for labels that are data (`Bilingual`) and for dates. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}
