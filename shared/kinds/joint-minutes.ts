/**
 * 联席会议纪要: what a meeting of the agencies decided. For agencies only; no party signs it (the mediation record is another
 * kind). Who came, what was due and what was decided are records of the body and not events of the work room: they are part
 * of the words that get signed, and the recorder writes them for everybody.
 */
import { type DocumentKindSpec, type FieldSpec, section, TITLE_FIELD } from './kind.ts';

/**
 * Fields of an attendance record: one person (or, where nobody is named, one agency) and how they took part. The record of a
 * person with an account has that person's id, of an agency without a name the agency's id, so that two people who enter
 * the same one make one record (`attendanceIdOf` in shared/minutes/attendance.ts).
 */
export const ATTENDANCE_FIELDS = {
  agency: 'agency',
  person: 'person',
  /** One of ATTENDANCE_STATUSES. */
  status: 'status',
  /** Ids of the agenda records they took part in; unset for all of them. No column: shown as numbers of items. */
  items: 'items',
  /** Plain words: left before the decisions, sent information in writing, stood in for somebody. */
  note: 'note',
} as const;

/** 出席, 请假, 列席, in the order of the printed minutes. */
export const ATTENDANCE_STATUSES = ['present', 'apologies', 'inAttendance'] as const;
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];

/** Fields of an agenda record. */
export const AGENDA_FIELDS = { item: 'item', presenterAgency: 'presenterAgency', presenter: 'presenter' } as const;

/** Header field, no column: id of the agenda record under discussion, null when none is. */
export const DISCUSSING_FIELD = 'discussing';

/**
 * Fields of a decision record, all registers. The decided words are a sentence of the prose, which is what gets signed; the
 * record says which one and keeps it as it read when it was decided. `block` and `words` are enough to find it (as
 * seeded data does); `from` and `to` are relative positions of the prose as JSON text, which follow the words.
 */
export const DECISION_FIELDS = {
  words: 'words',
  block: 'block',
  from: 'from',
  to: 'to',
  /** Who did not agree and why, in plain words. The only column. */
  dissent: 'dissent',
  /** `<planDocumentId>/<taskId>` (shared/fields/record-link.ts) once it is a task of a plan. */
  task: 'task',
} as const;

const attendance: readonly FieldSpec[] = [
  { id: ATTENDANCE_FIELDS.agency, label: { 'zh-CN': '单位', en: 'Agency' }, input: 'agency' },
  { id: ATTENDANCE_FIELDS.person, label: { 'zh-CN': '姓名', en: 'Name' }, input: 'person' },
  {
    id: ATTENDANCE_FIELDS.status,
    label: { 'zh-CN': '到会情况', en: 'Attendance' },
    input: 'choice',
    options: [
      { id: 'present', label: { 'zh-CN': '出席', en: 'Present' } },
      { id: 'apologies', label: { 'zh-CN': '请假', en: 'Apologies' } },
      { id: 'inAttendance', label: { 'zh-CN': '列席', en: 'In attendance' } },
    ],
  },
  { id: ATTENDANCE_FIELDS.note, label: { 'zh-CN': '备注', en: 'Note' }, input: 'text', wide: true },
];

const agenda: readonly FieldSpec[] = [
  { id: AGENDA_FIELDS.item, label: { 'zh-CN': '议题', en: 'Item' }, input: 'text', wide: true },
  { id: AGENDA_FIELDS.presenterAgency, label: { 'zh-CN': '汇报单位', en: 'Presented by' }, input: 'agency' },
  { id: AGENDA_FIELDS.presenter, label: { 'zh-CN': '汇报人', en: 'Presenter' }, input: 'person' },
];

const decisions: readonly FieldSpec[] = [
  { id: DECISION_FIELDS.dissent, label: { 'zh-CN': '不同意见', en: 'Dissent' }, input: 'text', wide: true },
];

export const jointMinutes: DocumentKindSpec = {
  kind: 'jointMinutes',
  name: { 'zh-CN': '联席会议纪要', en: 'Joint-meeting minutes' },
  numberSeries: { 'zh-CN': '{mark}联纪〔{year}〕{n}号', en: '{mark}-MIN-{year}-{n}' },
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
  records: { attendance, agenda, decisions },
  silentFields: {
    fields: [DISCUSSING_FIELD],
    attendance: Object.values(ATTENDANCE_FIELDS),
    decisions: Object.values(DECISION_FIELDS),
  },
  /** Lists of people, before attendance was kept by record; ids as the statuses have them now. */
  formerFields: [
    { id: 'present', label: { 'zh-CN': '出席', en: 'Present' }, input: 'people', wide: true },
    { id: 'apologies', label: { 'zh-CN': '请假', en: 'Apologies' }, input: 'people', wide: true },
    { id: 'inAttendance', label: { 'zh-CN': '列席', en: 'In attendance' }, input: 'people', wide: true },
  ],
};
