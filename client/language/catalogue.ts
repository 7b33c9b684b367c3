/**
 * The one catalogue of everything people read in the interface, collected from words/*.ts, and its form for i18next.
 * Labels of document kinds and their fields are data of shared/kinds and do not come here.
 */
import type { Language } from '../../shared/vocabulary.ts';
import { activityWords } from './words/activity.ts';
import { caseRecordWords } from './words/case-record.ts';
import { casesWords } from './words/cases.ts';
import { commentWords } from './words/comments.ts';
import { deviceWords } from './words/device.ts';
import { documentWords } from './words/document.ts';
import { editorWords } from './words/editor.ts';
import { firstStepsWords } from './words/first-steps.ts';
import { generalWords } from './words/general.ts';
import { keepWords } from './words/keep.ts';
import { keyWords } from './words/keys.ts';
import { minutesWords } from './words/minutes.ts';
import { peopleWords } from './words/people.ts';
import { programWords } from './words/program.ts';
import { signInWords } from './words/sign-in.ts';
import { statusWords } from './words/status.ts';
import { taskWords } from './words/tasks.ts';
import { vocabularyWords } from './words/vocabulary.ts';
import type { WordArea } from './words/word.ts';

export const catalogue = {
  ...activityWords,
  ...caseRecordWords,
  ...casesWords,
  ...deviceWords,
  ...commentWords,
  ...documentWords,
  ...editorWords,
  ...firstStepsWords,
  ...generalWords,
  ...keyWords,
  ...keepWords,
  ...minutesWords,
  ...peopleWords,
  ...programWords,
  ...signInWords,
  ...statusWords,
  ...taskWords,
  ...vocabularyWords,
} as const;

/** Key of a text in the catalogue, such as `case.title`. */
export type WordKey = keyof typeof catalogue;

/** Texts of one language under the keys that i18next looks up; forms of number get its suffixes `_one`, `_other`. */
export function resourcesOf(words: WordArea, language: Language): Record<string, string> {
  const resources: Record<string, string> = {};
  for (const [key, word] of Object.entries(words)) {
    const text = word[language];
    if (typeof text === 'string') resources[key] = text;
    else {
      resources[`${key}_one`] = text.one;
      resources[`${key}_other`] = text.other;
    }
  }
  return resources;
}
