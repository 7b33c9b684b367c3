/**
 * Which language the interface speaks: what the person chose on this device, else Chinese where the browser says so,
 * else English. Makes the i18next instance that the page uses; knows no components.
 */
import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '../../shared/vocabulary.ts';
import { catalogue, resourcesOf } from './catalogue.ts';

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

/**
 * The i18next instance in the language of this device; keeps later choices and says the language of the page.
 * @param root the element that carries `lang`
 */
export function createLanguage(
  store: ChoiceStore,
  browserLanguages: readonly string[],
  root: Pick<HTMLElement, 'lang'>,
): i18n {
  const language = chooseLanguage(store.getItem(LANGUAGE_KEY), browserLanguages);
  const instance = createInstance();
  instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    resources: Object.fromEntries(LANGUAGES.map((each) => [each, { translation: resourcesOf(catalogue, each) }])),
  });
  root.lang = language;
  instance.on('languageChanged', (next) => {
    root.lang = next;
    store.setItem(LANGUAGE_KEY, next);
  });
  return instance;
}
