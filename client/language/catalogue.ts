/**
 * The one catalogue of everything people read in the interface, collected from words/*.ts.
 * Labels of document kinds and their fields are data of shared/kinds and do not come here.
 */
import { activityWords } from './words/activity.ts';
import { caseRecordWords } from './words/case-record.ts';
import { casesWords } from './words/cases.ts';
import { commentWords } from './words/comments.ts';
import { deviceWords } from './words/device.ts';
import { documentWords } from './words/document.ts';
import { editorWords } from './words/editor.ts';
import { firstStepsWords } from './words/first-steps.ts';
import { generalWords } from './words/general.ts';
import { heldWords } from './words/held.ts';
import { keepWords } from './words/keep.ts';
import { keyWords } from './words/keys.ts';
import { minutesWords } from './words/minutes.ts';
import { newerWords } from './words/newer.ts';
import { peopleWords } from './words/people.ts';
import { programWords } from './words/program.ts';
import { signInWords } from './words/sign-in.ts';
import { statusWords } from './words/status.ts';
import { taskWords } from './words/tasks.ts';
import { vocabularyWords } from './words/vocabulary.ts';

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
  ...heldWords,
  ...keyWords,
  ...keepWords,
  ...minutesWords,
  ...newerWords,
  ...peopleWords,
  ...programWords,
  ...signInWords,
  ...statusWords,
  ...taskWords,
  ...vocabularyWords,
} as const;

/** Key of a text in the catalogue, such as `case.title`. */
export type WordKey = keyof typeof catalogue;
