/**
 * Which language the interface speaks: what the person chose on this device, else Chinese where the browser says so,
 * else English. Knows no components.
 */
import { LANGUAGES, type Language } from '../../shared/vocabulary.ts';

/** Where the choice is kept on the device. */
const LANGUAGE_KEY = 'concord-language';

/** The part of `localStorage` that small choices of appearance need. */
export interface ChoiceStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** @param kept what was chosen here before; @param browserLanguages the browser's list, best first */
export function chooseLanguage(kept: string | null, browserLanguages: readonly string[]): Language {
  const known = LANGUAGES.find((language) => language === kept);
  if (known !== undefined) return known;
  return browserLanguages[0]?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The language of the page, and its change. */
export interface PageLanguage {
  get(): Language;
  subscribe(onChange: () => void): () => void;
  choose(language: Language): void;
}

/**
 * Starts in the language of this device, keeps later choices and says the language of the page.
 * @param root the element that carries `lang`
 */
export function createLanguage(
  store: ChoiceStore,
  browserLanguages: readonly string[],
  root: Pick<HTMLElement, 'lang'>,
): PageLanguage {
  const listeners = new Set<() => void>();
  let language = chooseLanguage(store.getItem(LANGUAGE_KEY), browserLanguages);
  root.lang = language;
  return {
    get: () => language,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    choose: (next) => {
      language = next;
      root.lang = next;
      store.setItem(LANGUAGE_KEY, next);
      for (const listener of [...listeners]) listener();
    },
  };
}
