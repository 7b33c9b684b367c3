/** Case two of the demonstration, in outline: the property-management dispute of 观澜苑, settled in part. Everything is invented. */
import type { DemoCase } from '../demo-types.ts';
import { ID } from './ids.ts';
import { residentsMeeting } from './meeting.ts';
import { AGENCIES, PEOPLE, PERSON } from './people.ts';
import { residentsPlan } from './plan.ts';
import { caseTitle, propertyRecord } from './record.ts';

export const property: DemoCase = {
  caseId: ID.case,
  title: caseTitle,
  language: 'zh-CN',
  category: 'property',
  host: PERSON.heLan,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [propertyRecord, residentsMeeting, residentsPlan],
};
