/**
 * Case one of the demonstration: the wage dispute of 青禾家园二期, everything in it invented. Parties appear by alias only (names
 * belong in the identity sheet). Its joint documents are in the files beside this one.
 */
import type { DemoCase } from './demo-types.ts';
import { jointMeeting } from './wage-arrears-minutes.ts';
import { interviewNote } from './wage-arrears-note.ts';
import { AGENCIES, PEOPLE, PERSON } from './wage-arrears-people.ts';
import { resolutionPlan } from './wage-arrears-plan.ts';

/** One password for every demonstration account; only ever set by loading the demonstration. */
export const DEMO_PASSWORD = 'concord-demo-2026';

export const wageArrears: DemoCase = {
  caseId: '5e2d0a10-0047-4000-8000-000000000001',
  title: '青禾家园二期26名工人与分包单位、总包单位追索劳动报酬纠纷',
  category: 'wageArrears',
  host: PERSON.linXiaozhou,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [interviewNote, jointMeeting, resolutionPlan],
};
