/**
 * Closed lists of the field that both ends check: kinds of document, categories of dispute, the language of a name.
 * Labels are elsewhere (shared/kinds and the client's catalogue); domain.md of the team gives the sources.
 */

/** Kinds that people make: 案件记录, 联席会议纪要, 联合化解方案. */
export const MADE_KINDS = ['caseNote', 'jointMinutes', 'actionPlan'] as const;
export type MadeKind = (typeof MADE_KINDS)[number];
/** Every kind: those, and the case itself, whose document comes with the case. */
export const DOCUMENT_KINDS = [...MADE_KINDS, 'caseRecord'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
/** As another version may say it: `unknown` is a kind that came after this version. */
export type SaidKind = DocumentKind | 'unknown';

/** Categories of dispute of the ministry's form of 2010, wage arrears as its own line, and 其他. */
export const CASE_CATEGORIES = [
  'family',
  'neighbour',
  'housing',
  'contract',
  'business',
  'damages',
  'land',
  'expropriation',
  'pollution',
  'labour',
  'wageArrears',
  'consumer',
  'medical',
  'traffic',
  'property',
  'other',
] as const;
export type CaseCategory = (typeof CASE_CATEGORIES)[number];

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** A text in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;
