/** Case three of the demonstration, in outline and in English: a council's case review of noise at Fernhill Court. All invented. */
import type { DemoCase } from '../demo-types.ts';
import { reviewMeeting } from './meeting.ts';
import { contactNote } from './note.ts';
import { AGENCIES, PEOPLE, PERSON } from './people.ts';
import { reviewPlan } from './plan.ts';

export const caseReview: DemoCase = {
  caseId: '5e2d0a30-0014-4000-8000-000000000001',
  title: 'Fernhill Court: noise between two flats (ASB case review)',
  language: 'en',
  category: 'neighbour',
  host: PERSON.joelHart,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [contactNote, reviewMeeting, reviewPlan],
};
