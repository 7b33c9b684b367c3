/**
 * Case one of the demonstration: the wage dispute of 青禾家园二期, everything in it invented. Parties appear by alias only (names
 * belong in the identity sheet). Its joint documents are in the files beside this one.
 */
import type { DemoCase } from '../demo-types.ts';
import { agreementDraft } from './agreement.ts';
import { factFindingNote } from './fact-finding.ts';
import { followUpNote } from './follow-up.ts';
import { interviewNote } from './interview.ts';
import { mediationNote } from './mediation.ts';
import { jointMeeting } from './meeting.ts';
import { AGENCIES, PEOPLE, PERSON } from './people.ts';
import { resolutionPlan } from './plan.ts';

export const wageArrears: DemoCase = {
  caseId: '5e2d0a10-0047-4000-8000-000000000001',
  title: '青禾家园二期26名工人与分包单位、总包单位追索劳动报酬纠纷',
  language: 'zh-CN',
  category: 'wageArrears',
  host: PERSON.linXiaozhou,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [
    interviewNote,
    factFindingNote,
    jointMeeting,
    mediationNote,
    agreementDraft,
    resolutionPlan,
    followUpNote,
  ],
};
