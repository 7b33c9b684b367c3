/** The five tasks that came of the meeting at 观澜苑, and how far they are. */
import type { DemoDocument, DemoTask } from '../demo-types.ts';
import { taskRow, work } from '../rows.ts';
import { writtenBy } from '../writing.ts';
import { decisionId, ID, taskId } from './ids.ts';
import { AGENCY, PERSON } from './people.ts';

const { heLan, shiLei, wenRuyu, leiQiming, zhongNan } = PERSON;

const tasks: DemoTask[] = [
  taskRow(
    {
      taskId: taskId(1),
      by: heLan,
      problem: '公共收益未公示',
      measure: '公示两年收支，划转165,760元',
      lead: AGENCY.manager,
      supporting: [AGENCY.owners],
      owner: leiQiming,
      due: '2026-09-30',
      source: { documentId: ID.meeting, recordId: decisionId(1) },
    },
    [
      work('2026-09-23T09:10', leiQiming, { type: 'taskAccepted' }),
      work('2026-09-23T09:12', leiQiming, { type: 'taskStarted' }),
      work('2026-09-29T16:00', leiQiming, { type: 'taskProgress', percent: 100, note: '公示栏和业主群均已公示。' }),
      work('2026-09-29T16:05', leiQiming, { type: 'taskSubmitted', evidence: ['公示照片', '转账回单'] }),
      work('2026-09-30T10:20', wenRuyu, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(2),
      by: heLan,
      problem: '维修资金未表决',
      measure: '组织业主表决使用公共收益修电梯',
      lead: AGENCY.owners,
      supporting: [AGENCY.residents, '东湖街道'],
      owner: wenRuyu,
      due: '2026-10-12',
      source: { documentId: ID.meeting, recordId: decisionId(2) },
    },
    [
      work('2026-09-23T20:00', wenRuyu, { type: 'taskAccepted' }),
      work('2026-09-24T09:00', wenRuyu, { type: 'taskStarted' }),
      work('2026-10-10T18:30', wenRuyu, {
        type: 'taskProgress',
        percent: 100,
        note: '参与表决户数和票数均达到法定要求。',
      }),
      work('2026-10-10T18:40', wenRuyu, { type: 'taskSubmitted', evidence: ['表决结果公告'] }),
      work('2026-10-12T09:30', shiLei, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(3),
      by: heLan,
      problem: '3号楼电梯停运',
      measure: '电梯维修并通过检验',
      lead: AGENCY.manager,
      supporting: [AGENCY.housing],
      owner: leiQiming,
      due: '2026-10-22',
      source: { documentId: ID.meeting, recordId: decisionId(2) },
    },
    [
      work('2026-10-12T10:00', leiQiming, { type: 'taskAccepted' }),
      work('2026-10-13T08:30', leiQiming, { type: 'taskStarted' }),
      work('2026-10-20T17:00', leiQiming, { type: 'taskBlocked', reason: '配件晚到，检验改期。' }),
      work('2026-10-23T08:30', leiQiming, { type: 'taskStarted' }),
      work('2026-10-26T15:30', leiQiming, { type: 'taskProgress', percent: 100, note: '检验合格，恢复运行。' }),
      work('2026-10-26T15:40', leiQiming, { type: 'taskSubmitted', evidence: ['检验合格证'] }),
      work('2026-10-27T09:00', zhongNan, { type: 'taskClosed', note: '逾期4日完成。' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(4),
      by: heLan,
      problem: '停运期间照常收费',
      measure: '减收3号楼96户物业费5,760元',
      lead: AGENCY.manager,
      supporting: [AGENCY.owners],
      owner: leiQiming,
      due: '2026-10-31',
      source: { documentId: ID.meeting, recordId: decisionId(4) },
    },
    [
      work('2026-09-23T09:15', leiQiming, { type: 'taskAccepted' }),
      work('2026-10-08T09:00', leiQiming, { type: 'taskStarted' }),
      work('2026-10-30T17:20', leiQiming, { type: 'taskProgress', percent: 77, note: '已办74户。' }),
      work('2026-11-04T11:00', leiQiming, {
        type: 'taskProgress',
        percent: 84,
        note: '已办81户；回访中7户反映未到账，名单只存身份信息，正在补办。',
      }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(5),
      by: heLan,
      problem: '八折争议未达成',
      measure: '提供公益律师咨询一次，列明诉讼途径',
      lead: AGENCY.residents,
      supporting: [AGENCY.justice],
      owner: shiLei,
      due: '2026-11-15',
    },
    [
      work('2026-09-23T10:00', shiLei, { type: 'taskAccepted' }),
      work('2026-11-02T09:00', shiLei, { type: 'taskStarted' }),
      work('2026-11-13T16:30', shiLei, { type: 'taskProgress', percent: 100, note: '咨询已办，途径已书面列明。' }),
      work('2026-11-13T16:40', shiLei, { type: 'taskSubmitted', evidence: ['公益律师咨询记录', '诉讼途径告知单'] }),
    ],
  ),
];

export const residentsPlan: DemoDocument = {
  documentId: ID.plan,
  kind: 'actionPlan',
  title: '观澜苑物业纠纷任务分工',
  by: heLan,
  at: '2026-09-22T21:40',
  isNumbered: false,
  header: [
    {
      by: heLan,
      values: { teamLead: heLan },
      longTexts: { goal: '电梯恢复运行，公共收益归业主共有并按季公示，停运期间减收到户。' },
    },
  ],
  prose: [
    { by: heLan, kind: 'h1', content: '一、基本情况' },
    {
      by: heLan,
      kind: 'p',
      content:
        '社区{2026-09-08}反映。议事会部分达成：公示、归还、维修、减收四项履行中，八折争议未达成，另行协商或者起诉。',
    },
    { by: heLan, kind: 'h1', content: '二、回访' },
    ...[
      '{11-03}电话回访：电梯运行正常；公示已看到；7户反映减免未到账，任务4继续办理。',
      '业委会与物业企业同意每月第一周对账一次。',
    ].map((words) => writtenBy(shiLei)('bullet', words)),
  ],
  tasks,
};
