/** Case two of the demonstration, in outline: the property-management dispute of 观澜苑, settled in part. Everything is invented. */
import type { DemoCase } from '../demo-types.ts';
import { residentsMeeting } from './meeting.ts';
import { AGENCIES, PEOPLE, PERSON } from './people.ts';
import { residentsPlan } from './plan.ts';

export const property: DemoCase = {
  caseId: '5e2d0a20-0012-4000-8000-000000000001',
  title: '观澜苑部分业主与物业企业物业服务合同纠纷',
  language: 'zh-CN',
  category: 'property',
  host: PERSON.heLan,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [residentsMeeting, residentsPlan],
};
