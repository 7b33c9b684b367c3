/** Every kind of document by its id; the one place that knows them all. */
import type { DocumentKind } from '../vocabulary.ts';
import { actionPlan } from './action-plan.ts';
import { caseNote } from './case-note.ts';
import { caseRecord } from './case-record.ts';
import { jointMinutes } from './joint-minutes.ts';
import type { DocumentKindSpec } from './kind.ts';

export const KINDS: Readonly<Record<DocumentKind, DocumentKindSpec>> = {
  caseNote,
  jointMinutes,
  actionPlan,
  caseRecord,
};
