/** The case review's six actions. What Bridge and social care do is led by the council: neither sits on the panel. */
import { TASK_FIELDS } from '../../kinds/action-plan.ts';
import type { DemoDocument, DemoTask } from '../demo-types.ts';
import { taskRow, work } from '../rows.ts';
import { decisionId, ID, taskId } from './ids.ts';
import { AGENCY, PERSON } from './people.ts';

const { joelHart, priyaNair, danaWhitlock, samReeve, lenaBrook } = PERSON;

const tasks: DemoTask[] = [
  taskRow(
    {
      taskId: taskId(1),
      by: joelHart,
      problem: 'Both residents need to know the outcome',
      measure: 'Outcome letter and plain-English plan to A; separate letter to B without third-party data',
      lead: AGENCY.communitySafety,
      supporting: [],
      owner: joelHart,
      due: '2026-10-20',
    },
    [
      work('2026-10-13T12:00', joelHart, { type: 'taskAccepted' }),
      work('2026-10-14T09:00', joelHart, { type: 'taskStarted' }),
      work('2026-10-19T15:00', joelHart, { type: 'taskProgress', percent: 100, note: 'Both letters sent.' }),
      work('2026-10-19T15:05', joelHart, { type: 'taskSubmitted', evidence: ['Copies of both letters'] }),
      work('2026-10-20T09:30', priyaNair, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(2),
      by: joelHart,
      problem: 'Laminate floor without underlay',
      measure: 'Supply and fit acoustic underlay in the upper flat',
      lead: AGENCY.landlord,
      supporting: [AGENCY.environmentalHealth],
      owner: lenaBrook,
      due: '2026-11-13',
      source: { documentId: ID.meeting, recordId: decisionId(1) },
    },
    [
      work('2026-10-13T16:00', lenaBrook, { type: 'taskAccepted' }),
      work('2026-10-22T10:00', lenaBrook, { type: 'taskStarted' }),
      work('2026-11-05T11:00', lenaBrook, { type: 'taskProgress', percent: 50, note: 'Underlay delivered.' }),
      work('2026-11-12T15:30', lenaBrook, { type: 'taskProgress', percent: 100, note: 'Fitted.' }),
      work('2026-11-12T15:40', lenaBrook, { type: 'taskSubmitted', evidence: ['Invoice', 'Photograph of the floor'] }),
      work('2026-11-12T17:00', danaWhitlock, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(3),
      by: joelHart,
      problem: 'The two households have not spoken',
      measure: 'Refer both to Bridge for mediation; only the outcome comes back',
      lead: AGENCY.communitySafety,
      supporting: [AGENCY.mediation],
      owner: joelHart,
      due: '2026-10-30',
      source: { documentId: ID.meeting, recordId: decisionId(2) },
    },
    [
      work('2026-10-13T12:05', joelHart, { type: 'taskAccepted' }),
      work('2026-10-15T10:00', joelHart, { type: 'taskStarted' }),
      work('2026-10-29T16:00', joelHart, { type: 'taskProgress', percent: 100, note: 'Outcome: agreed.' }),
      work('2026-10-29T16:05', joelHart, { type: 'taskSubmitted', evidence: ['Release signed by both'] }),
      work('2026-10-30T10:00', priyaNair, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(4),
      by: joelHart,
      problem: 'How loud it is after the works is not known',
      measure: 'Monitor for seven nights after the works',
      lead: AGENCY.environmentalHealth,
      supporting: [AGENCY.landlord],
      owner: danaWhitlock,
      due: '2026-11-30',
      source: { documentId: ID.meeting, recordId: decisionId(3) },
    },
    [
      work('2026-10-14T09:30', danaWhitlock, { type: 'taskAccepted' }),
      work('2026-11-16T10:00', danaWhitlock, { type: 'taskStarted' }),
      work('2026-11-19T09:00', danaWhitlock, { type: 'taskProgress', percent: 40, note: 'Three nights recorded.' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(5),
      by: joelHart,
      problem: 'Nobody to call at night',
      measure: 'Named contact for out-of-hours calls; calls are logged',
      lead: AGENCY.police,
      supporting: [AGENCY.communitySafety],
      owner: samReeve,
      due: '2026-10-20',
    },
    [
      work('2026-10-13T18:00', samReeve, { type: 'taskAccepted' }),
      work('2026-10-14T18:00', samReeve, { type: 'taskStarted' }),
      work('2026-10-19T18:00', samReeve, { type: 'taskSubmitted', evidence: ['Process note'] }),
      work('2026-10-20T09:10', joelHart, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(6),
      by: joelHart,
      problem: 'Both households are tired',
      measure: 'Ask social care to offer a well-being check to both households; uptake is not recorded here',
      lead: AGENCY.communitySafety,
      supporting: [AGENCY.socialCare],
      owner: joelHart,
      due: '2026-11-06',
    },
    [
      work('2026-10-13T12:10', joelHart, { type: 'taskAccepted' }),
      work('2026-10-21T09:00', joelHart, { type: 'taskStarted' }),
      work('2026-11-03T14:00', joelHart, { type: 'taskSubmitted', evidence: ['Offer made to both households'] }),
      work('2026-11-03T16:00', priyaNair, { type: 'taskClosed' }),
    ],
  ),
];

const comments: DemoDocument['comments'] = [
  {
    at: '2026-10-14T10:20',
    by: PERSON.owenFry,
    on: { recordId: taskId(1), field: TASK_FIELDS.measure },
    text: 'The letter to B must not reveal how many reports A made.',
    isBlocking: false,
    replies: [{ at: '2026-10-14T15:00', by: joelHart, text: 'Done: no number, no dates.' }],
    resolved: { at: '2026-10-15T09:00', by: PERSON.owenFry },
  },
];

export const reviewPlan: DemoDocument = {
  documentId: ID.plan,
  kind: 'actionPlan',
  title: 'Action plan: Fernhill Court',
  by: joelHart,
  at: '2026-10-13T11:50',
  isNumbered: false,
  header: [
    {
      by: joelHart,
      values: { teamLead: joelHart, lookBack: '2026-12-08' },
      longTexts: { goal: 'Quiet nights in both flats, without enforcement if it can be had.' },
    },
  ],
  prose: [
    { by: joelHart, kind: 'h1', content: '1. Background' },
    {
      by: joelHart,
      kind: 'p',
      content: 'Application by Resident A, {2026-09-24}. The panel chose floor works and mediation before enforcement.',
    },
    { by: joelHart, kind: 'h1', content: '2. Agreement, released by both on {10-29}' },
    {
      by: joelHart,
      kind: 'bullet',
      content: 'No weights or amplified music after 22:30 Sunday to Thursday, 23:30 Friday and Saturday.',
    },
    {
      by: joelHart,
      kind: 'bullet',
      content: 'Text first, no banging on the ceiling; one late night a month by notice.',
    },
    {
      by: joelHart,
      kind: 'bullet',
      content: 'Both meet again on {12-10}. Not legally binding; not evidence of past behaviour.',
    },
    { by: joelHart, kind: 'h1', content: '3. Follow-up, {11-19}' },
    {
      by: joelHart,
      kind: 'bullet',
      content: 'Resident A: two disturbed nights since the works, “much better”; 4 of 5, entered by herself.',
    },
    {
      by: joelHart,
      kind: 'bullet',
      content:
        'Resident B: no more banging; asked for a copy of what is held about him. Rights request logged, redacted copy due {12-19}.',
    },
    { by: joelHart, kind: 'p', content: 'No new action; the review stands.' },
  ],
  tasks,
  comments,
};
