/** 案件记录: one contact with the case (an interview, a visit, a check of facts), written down by an official. */
import { type DocumentKindSpec, section, TITLE_FIELD } from './kind.ts';

export const caseNote: DocumentKindSpec = {
  kind: 'caseNote',
  name: { 'zh-CN': '案件记录', en: 'Case note' },
  fields: [
    TITLE_FIELD,
    {
      id: 'noteType',
      label: { 'zh-CN': '类型', en: 'Type' },
      input: 'choice',
      options: [
        { id: 'interview', label: { 'zh-CN': '接谈', en: 'Interview' } },
        { id: 'visit', label: { 'zh-CN': '走访', en: 'Visit' } },
        { id: 'phone', label: { 'zh-CN': '电话', en: 'Phone call' } },
        { id: 'factFinding', label: { 'zh-CN': '查证', en: 'Fact-finding' } },
        { id: 'mediation', label: { 'zh-CN': '调解', en: 'Mediation session' } },
        { id: 'explanation', label: { 'zh-CN': '情况说明', en: 'Explanation' } },
        { id: 'internal', label: { 'zh-CN': '内部会商', en: 'Internal consultation' } },
      ],
    },
    { id: 'at', label: { 'zh-CN': '时间', en: 'Time' }, input: 'dateTime' },
    { id: 'until', label: { 'zh-CN': '结束时间', en: 'Until' }, input: 'dateTime' },
    { id: 'place', label: { 'zh-CN': '地点', en: 'Place' }, input: 'text' },
    { id: 'interviewers', label: { 'zh-CN': '接谈人', en: 'Interviewer' }, input: 'people' },
    { id: 'recorder', label: { 'zh-CN': '记录人', en: 'Recorder' }, input: 'person' },
    { id: 'participants', label: { 'zh-CN': '参加人', en: 'Also present' }, input: 'people', wide: true },
    /** Aliases only, never names of parties. */
    { id: 'interviewees', label: { 'zh-CN': '被接谈人', en: 'Interviewed' }, input: 'textList', wide: true },
  ],
  sections: [
    ...section('一、告知事项', '1. What was explained'),
    ...section('二、陈述摘要', '2. Account'),
    ...section('三、诉求', '3. Requests'),
    ...section('四、事实与依据', '4. Facts and sources'),
    ...section('五、需协助事项', '5. Help needed'),
    ...section('六、阅读与更正', '6. Read-back and corrections'),
  ],
};
