/**
 * 案件信息: the case itself as a document, shown as the case's page. One per case, made by the relay together with the case:
 * its documentId is the caseId, its audience is joint, nobody registers it by hand and no list of documents has it. To fill
 * one in, write into the body room `<caseId>/body` like into any document: header fields under the record `header` of the
 * root `fields` (the title there becomes the case's title), parties as records (`createRecord`) of the root `parties`,
 * the summary as the root text `t/header/summary`. Category, number, agencies and members are the relay's, not in here.
 */
import { type ChoiceOption, type DocumentKindSpec, type FieldSpec, TITLE_FIELD } from './kind.ts';

/** Ids of the party columns that code refers to. A party is an alias, never a name. */
export const PARTY_FIELDS = {
  alias: 'alias',
  /** One of PARTY_SIDES. */
  side: 'side',
  /** `individual`, `organisation` or `group`. */
  kind: 'kind',
  /** One of PARTY_CONSENTS: whether the party takes part in this mediation. */
  consent: 'consent',
  /** `public` or `private`: whether the mediation may be held in public, by this party's word. */
  openness: 'openness',
  /** Ids of the options, or plain words: what the party needs to take part on equal terms. */
  needs: 'needs',
} as const;

/** 申请方, 被申请方, 第三方, in the order of the page. */
export const PARTY_SIDES = ['applicant', 'respondent', 'third'] as const;
export type PartySide = (typeof PARTY_SIDES)[number];

/** 待表态, 同意, 拒绝, 撤回. */
export const PARTY_CONSENTS = ['pending', 'agreed', 'refused', 'withdrawn'] as const;
export type PartyConsent = (typeof PARTY_CONSENTS)[number];

/** Header fields that code refers to. */
export const CASE_FIELDS = { received: 'received', summary: 'summary' } as const;

const option = (id: string, zh: string, en: string): ChoiceOption => ({ id, label: { 'zh-CN': zh, en } });

const SIDE_LABELS: Readonly<Record<PartySide, ChoiceOption>> = {
  applicant: option('applicant', '申请方', 'Applicant'),
  respondent: option('respondent', '被申请方', 'Respondent'),
  third: option('third', '第三方', 'Third party'),
};

const CONSENT_LABELS: Readonly<Record<PartyConsent, ChoiceOption>> = {
  pending: option('pending', '待表态', 'Not yet said'),
  agreed: option('agreed', '同意调解', 'Agrees to mediate'),
  refused: option('refused', '不同意', 'Refuses'),
  withdrawn: option('withdrawn', '撤回同意', 'Withdrawn'),
};

const parties: readonly FieldSpec[] = [
  { id: PARTY_FIELDS.alias, label: { 'zh-CN': '代称', en: 'Alias' }, input: 'text', wide: true },
  {
    id: PARTY_FIELDS.side,
    label: { 'zh-CN': '哪一方', en: 'Side' },
    input: 'choice',
    options: PARTY_SIDES.map((side) => SIDE_LABELS[side]),
  },
  {
    id: PARTY_FIELDS.kind,
    label: { 'zh-CN': '类型', en: 'Kind' },
    input: 'choice',
    options: [
      option('individual', '个人', 'Individual'),
      option('organisation', '法人或其他组织', 'Organisation'),
      option('group', '群体', 'Group'),
    ],
  },
  {
    id: PARTY_FIELDS.consent,
    label: { 'zh-CN': '调解意愿', en: 'Consent' },
    input: 'choice',
    options: PARTY_CONSENTS.map((consent) => CONSENT_LABELS[consent]),
  },
  {
    id: PARTY_FIELDS.openness,
    label: { 'zh-CN': '是否公开', en: 'Openness' },
    input: 'choice',
    options: [option('public', '可以公开', 'May be public'), option('private', '不公开', 'In private')],
  },
  {
    id: PARTY_FIELDS.needs,
    label: { 'zh-CN': '需要的协助', en: 'Needs' },
    input: 'textList',
    options: [
      option('interpreter', '翻译', 'Interpreter'),
      option('signLanguage', '手语', 'Sign language'),
      option('readAloud', '宣读', 'Read aloud'),
      option('accessible', '无障碍场所', 'Step-free place'),
    ],
  },
];

export const caseRecord: DocumentKindSpec = {
  kind: 'caseRecord',
  name: { 'zh-CN': '案件信息', en: 'Case record' },
  fields: [
    TITLE_FIELD,
    {
      id: 'source',
      label: { 'zh-CN': '来源', en: 'Source' },
      input: 'choice',
      options: [
        option('party', '当事人申请', 'Application by a party'),
        option('committee', '主动调解', 'Offered by the mediators'),
        option('police', '公安引导', 'Referred by the police'),
        option('court', '法院委派委托', 'Assigned by the court'),
        option('petition', '信访转送', 'Passed on by the petitions office'),
        option('department', '部门移交', 'Handed over by a department'),
        option('community', '网格、社区反映', 'Reported by the community'),
        option('superior', '上级交办', 'Assigned by a higher authority'),
        option('other', '其他', 'Other'),
      ],
    },
    {
      id: 'channel',
      label: { 'zh-CN': '调解途径', en: 'Channel' },
      input: 'choice',
      options: [
        option('peoples', '人民调解', 'People’s mediation'),
        option('administrative', '行政调解', 'Administrative mediation'),
        option('judicial', '司法调解', 'Judicial mediation'),
        option('publicSecurity', '治安调解', 'Public-security mediation'),
        option('sectoral', '行业性专业性调解', 'Sectoral mediation'),
        option('commercial', '商事调解', 'Commercial mediation'),
        option('consultation', '多方协商', 'Multi-party consultation'),
      ],
    },
    { id: CASE_FIELDS.received, label: { 'zh-CN': '收案日期', en: 'Received' }, input: 'date' },
    {
      id: 'level',
      label: { 'zh-CN': '级别', en: 'Level' },
      input: 'choice',
      options: [
        option('general', '一般', 'General'),
        option('complex', '较复杂', 'Complex'),
        option('major', '重大', 'Major'),
      ],
    },
    { id: 'place', label: { 'zh-CN': '发生地', en: 'Place' }, input: 'text' },
    { id: 'amount', label: { 'zh-CN': '争议金额', en: 'Amount' }, input: 'text' },
    { id: CASE_FIELDS.summary, label: { 'zh-CN': '纠纷简况', en: 'Summary' }, input: 'longText', wide: true },
  ],
  sections: [],
  records: { parties },
};
