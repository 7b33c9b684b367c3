/** Gives the page its language; whoever says something below it says it in that language and anew when it changes. */
import { createContext, type ReactNode, useContext } from 'react';
import type { PageLanguage } from './language-choice.ts';

const LanguageContext = createContext<PageLanguage | null>(null);

export function LanguageProvider({ language, children }: { language: PageLanguage; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

/** Throws when the provider is missing: a bug of the composition. */
export function usePageLanguage(): PageLanguage {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error('no language given');
  return language;
}
