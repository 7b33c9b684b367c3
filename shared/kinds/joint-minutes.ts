/** 联席会议纪要: what a meeting of the agencies decided. For agencies only; no party signs it (the mediation record is another kind). */
import { type DocumentKindSpec, section, TITLE_FIELD } from './kind.ts';

export const jointMinutes: DocumentKindSpec = {
  kind: 'jointMinutes',
  name: { 'zh-CN': '联席会议纪要', en: 'Joint-meeting minutes' },
  numberSeries: '{mark}联纪〔{year}〕{n}号',
  fields: [
    TITLE_FIELD,
    { id: 'at', label: { 'zh-CN': '时间', en: 'Time' }, input: 'dateTime' },
    { id: 'until', label: { 'zh-CN': '结束时间', en: 'Until' }, input: 'dateTime' },
    {
      id: 'mode',
      label: { 'zh-CN': '方式', en: 'Held' },
      input: 'choice',
      options: [
        { id: 'inPerson', label: { 'zh-CN': '现场', en: 'In person' } },
        { id: 'video', label: { 'zh-CN': '视频', en: 'By video' } },
        { id: 'hybrid', label: { 'zh-CN': '混合', en: 'Hybrid' } },
      ],
    },
    { id: 'place', label: { 'zh-CN': '地点', en: 'Place' }, input: 'text' },
    { id: 'host', label: { 'zh-CN': '主持', en: 'Chair' }, input: 'person' },
    { id: 'recorder', label: { 'zh-CN': '记录', en: 'Recorder' }, input: 'person' },
    { id: 'present', label: { 'zh-CN': '出席', en: 'Present' }, input: 'people', wide: true },
    { id: 'apologies', label: { 'zh-CN': '请假', en: 'Apologies' }, input: 'people', wide: true },
    { id: 'inAttendance', label: { 'zh-CN': '列席', en: 'In attendance' }, input: 'people', wide: true },
    { id: 'nextMeeting', label: { 'zh-CN': '下次会议', en: 'Next meeting' }, input: 'dateTime' },
  ],
  sections: [
    {
      kind: 'p',
      text: { 'zh-CN': '现将会议议定事项纪要如下：', en: 'The meeting decided as follows.' },
    },
    ...section('一、情况通报', '1. Reports'),
    ...section('二、议定事项', '2. Decisions'),
    ...section('三、不同意见', '3. Dissent'),
  ],
};
