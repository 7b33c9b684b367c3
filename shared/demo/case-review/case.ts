/** Case three of the demonstration, in outline and in English: a council's case review of noise at Fernhill Court. All invented. */
import type { DemoCase } from '../demo-types.ts';
import { ID } from './ids.ts';
import { reviewMeeting } from './meeting.ts';
import { contactNote } from './note.ts';
import { AGENCIES, PEOPLE, PERSON } from './people.ts';
import { reviewPlan } from './plan.ts';
import { caseTitle, reviewRecord } from './record.ts';

export const caseReview: DemoCase = {
  caseId: ID.case,
  title: caseTitle,
  language: 'en',
  category: 'neighbour',
  host: PERSON.joelHart,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [reviewRecord, contactNote, reviewMeeting, reviewPlan],
};
