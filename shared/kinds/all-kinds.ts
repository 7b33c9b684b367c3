/** Every kind of document by its id; the one place that knows them all. */
import type { DocumentKind, SaidKind } from '../vocabulary.ts';
import { actionPlan } from './action-plan.ts';
import { caseNote } from './case-note.ts';
import { caseRecord } from './case-record.ts';
import { jointMinutes } from './joint-minutes.ts';
import { type DocumentKindSpec, TITLE_FIELD } from './kind.ts';

export const KINDS: Readonly<Record<DocumentKind, DocumentKindSpec>> = {
  caseNote,
  jointMinutes,
  actionPlan,
  caseRecord,
};

/** A kind that came after this version: its title and its text can be read, nothing of it is written here. */
const UNKNOWN_KIND: DocumentKindSpec = {
  kind: 'unknown',
  name: { 'zh-CN': '较新版本的文档', en: 'Document of a newer version' },
  fields: [TITLE_FIELD],
  sections: [],
};

/** What is known of a kind, also of one that is not known. */
export function specOfKind(kind: SaidKind): DocumentKindSpec {
  return kind === 'unknown' ? UNKNOWN_KIND : KINDS[kind];
}
