/** A text of the catalogue in one language, its placeholders filled in. Pure; components say things through use-words.ts. */
import type { Language } from '../../shared/vocabulary.ts';
import { catalogue, type WordKey } from './catalogue.ts';
import type { WordArea } from './words/word.ts';

/** Values of a text's placeholders; `count` also chooses the form of number. */
export type WordParams = Readonly<Record<string, string | number>>;
export type Say = (key: WordKey, params?: WordParams) => string;

export function sayIn(language: Language): Say {
  const words: WordArea = catalogue;
  return (key, params = {}) => {
    const text = words[key]?.[language] ?? key;
    const form = typeof text === 'string' ? text : params.count === 1 ? text.one : text.other;
    // What is not given stays to be seen: a gap would look like a text.
    return form.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(params[name] ?? placeholder));
  };
}
