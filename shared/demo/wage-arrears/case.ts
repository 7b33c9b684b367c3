/**
 * Case one of the demonstration: the wage dispute of 青禾家园二期, everything in it invented. Parties appear by alias only (names
 * belong in the identity sheet). Its joint documents are in the files beside this one.
 */
import type { DemoCase } from '../demo-types.ts';
import { agreementDraft } from './agreement.ts';
import { factFindingNote } from './fact-finding.ts';
import { followUpNote } from './follow-up.ts';
import { ID } from './ids.ts';
import { interviewNote } from './interview.ts';
import { mediationNote } from './mediation.ts';
import { jointMeeting } from './meeting.ts';
import { AGENCIES, PEOPLE, PERSON } from './people.ts';
import { resolutionPlan } from './plan.ts';
import { caseTitle, wageRecord } from './record.ts';

export const wageArrears: DemoCase = {
  caseId: ID.case,
  title: caseTitle,
  language: 'zh-CN',
  category: 'wageArrears',
  host: PERSON.linXiaozhou,
  agencies: AGENCIES,
  people: PEOPLE,
  documents: [
    wageRecord,
    interviewNote,
    factFindingNote,
    jointMeeting,
    mediationNote,
    agreementDraft,
    resolutionPlan,
    followUpNote,
  ],
};
