/** 联合化解方案 with its 任务分工表: who does what by when. Progress is not here but in the work room (shared/events). */
import { type DocumentKindSpec, type FieldSpec, section, TITLE_FIELD } from './kind.ts';

/** Ids of the task columns that code refers to: the task reducer, the overdue list, the catalogue. */
export const TASK_FIELDS = {
  problem: 'problem',
  measure: 'measure',
  leadAgency: 'leadAgency',
  supportingAgencies: 'supportingAgencies',
  owner: 'owner',
  due: 'due',
  /** No column: the decision of the minutes it came from, as shared/fields/record-link.ts keeps it. */
  source: 'source',
} as const;

const tasks: readonly FieldSpec[] = [
  { id: TASK_FIELDS.problem, label: { 'zh-CN': '问题', en: 'Problem' }, input: 'longText' },
  { id: TASK_FIELDS.measure, label: { 'zh-CN': '事项（措施）', en: 'Measure' }, input: 'longText', wide: true },
  { id: TASK_FIELDS.leadAgency, label: { 'zh-CN': '牵头单位', en: 'Lead agency' }, input: 'agency' },
  { id: TASK_FIELDS.supportingAgencies, label: { 'zh-CN': '配合单位', en: 'Supporting' }, input: 'agencies' },
  { id: TASK_FIELDS.owner, label: { 'zh-CN': '责任人', en: 'Responsible' }, input: 'person' },
  { id: TASK_FIELDS.due, label: { 'zh-CN': '时限', en: 'Deadline' }, input: 'date' },
];

export const actionPlan: DocumentKindSpec = {
  kind: 'actionPlan',
  name: { 'zh-CN': '联合化解方案', en: 'Joint action plan' },
  numberSeries: { 'zh-CN': '{mark}联方〔{year}〕{n}号', en: '{mark}-PLAN-{year}-{n}' },
  fields: [
    TITLE_FIELD,
    { id: 'goal', label: { 'zh-CN': '目标', en: 'Goal' }, input: 'longText', wide: true },
    { id: 'teamLead', label: { 'zh-CN': '组长', en: 'Team lead' }, input: 'person' },
    { id: 'lookBack', label: { 'zh-CN': '回头看', en: 'Look-back' }, input: 'date' },
  ],
  sections: [
    ...section('一、基本情况', '1. Background'),
    ...section('二、化解思路', '2. Approach'),
    ...section('三、工作要求', '3. How we work'),
  ],
  tasks,
  silentFields: { tasks: [TASK_FIELDS.source] },
};
