/**
 * How components say something: `const say = useWords(); say('case.title')`. The key is checked by the compiler; the
 * text is in the language the person chose and changes with it at once.
 */
import { useMemo, useSyncExternalStore } from 'react';
import type { Language } from '../../shared/vocabulary.ts';
import { usePageLanguage } from './language-provider.tsx';
import { type Say, sayIn } from './say.ts';

export type { Say, WordParams } from './say.ts';

/** The catalogue in the language chosen. */
export function useWords(): Say {
  const language = useLanguage();
  return useMemo(() => sayIn(language), [language]);
}

/** The language chosen, for labels that are data (`Bilingual`) and for dates. */
export function useLanguage(): Language {
  const { get, subscribe } = usePageLanguage();
  return useSyncExternalStore(subscribe, get);
}
