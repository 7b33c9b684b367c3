/** 联合化解方案 of the wage dispute: goal, eight tasks, and what the agencies did about them up to 18 November. */
import { TASK_FIELDS } from '../../kinds/action-plan.ts';
import type { DemoDocument, DemoTask } from '../demo-types.ts';
import { taskRow, work } from '../rows.ts';
import { decisionId, ID, taskId } from './ids.ts';
import { AGENCY, PERSON } from './people.ts';

const { linXiaozhou, zhouMin, heZhiyuan, mengXiangning, tangKe, luJing } = PERSON;

const tasks: DemoTask[] = [
  taskRow(
    {
      taskId: taskId(1),
      by: heZhiyuan,
      problem: '账目不清',
      measure: '核对考勤、工资台账、银行流水，一人一表',
      lead: AGENCY.labour,
      supporting: [AGENCY.union, '总包单位'],
      owner: heZhiyuan,
      due: '2026-10-20',
      source: { documentId: ID.meeting, recordId: decisionId(2) },
    },
    [
      work('2026-10-16T18:05', heZhiyuan, { type: 'taskAccepted' }),
      work('2026-10-16T18:06', heZhiyuan, { type: 'taskStarted' }),
      work('2026-10-18T17:10', heZhiyuan, {
        type: 'taskProgress',
        percent: 60,
        note: '木工班、杂工已核对到人，钢筋班待核。',
      }),
      work('2026-10-19T15:20', heZhiyuan, { type: 'taskProgress', percent: 100, note: '26人逐人核对完毕，总额不变。' }),
      work('2026-10-19T15:40', heZhiyuan, { type: 'taskSubmitted', evidence: ['26份《工资核对确认表》，本人签字'] }),
      work('2026-10-20T09:10', zhouMin, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(2),
      by: mengXiangning,
      problem: '资金未到位',
      measure: '督促总包启用专用账户，首付400,000元',
      lead: AGENCY.housing,
      supporting: [AGENCY.labour, '总包单位'],
      owner: mengXiangning,
      due: '2026-10-23',
      source: { documentId: ID.meeting, recordId: decisionId(2) },
    },
    [
      work('2026-10-16T18:20', mengXiangning, { type: 'taskAccepted' }),
      work('2026-10-19T09:00', mengXiangning, { type: 'taskStarted' }),
      work('2026-10-21T11:30', mengXiangning, {
        type: 'taskProgress',
        percent: 50,
        note: '专用账户已启用，总包内部审批中。',
      }),
      work('2026-10-23T16:00', mengXiangning, { type: 'taskProgress', percent: 100, note: '首付400,000元已代发。' }),
      work('2026-10-23T16:20', mengXiangning, { type: 'taskSubmitted', evidence: ['银行代发回单（隐去卡号）'] }),
      work('2026-10-23T17:30', heZhiyuan, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(3),
      by: mengXiangning,
      problem: '人工费用未拨',
      measure: '建设单位拨付当期人工费用，工程量争议另行处理',
      lead: AGENCY.housing,
      supporting: ['建设单位', '总包单位'],
      owner: mengXiangning,
      due: '2026-10-30',
    },
    [
      work('2026-10-17T09:30', mengXiangning, { type: 'taskAccepted' }),
      work('2026-10-19T09:05', mengXiangning, { type: 'taskStarted' }),
      work('2026-10-26T10:00', mengXiangning, { type: 'taskProgress', percent: 40, note: '建设单位已报付款审批。' }),
      work('2026-10-27T16:45', mengXiangning, { type: 'taskSubmitted', evidence: ['付款审批单'] }),
      work('2026-10-28T08:50', heZhiyuan, { type: 'taskReturned', reason: '仅有审批单，请补交到账回单。' }),
      work('2026-10-28T09:20', mengXiangning, { type: 'taskStarted' }),
      work('2026-10-30T15:10', mengXiangning, { type: 'taskProgress', percent: 100, note: '人工费用已到专用账户。' }),
      work('2026-10-30T15:15', mengXiangning, { type: 'taskSubmitted', evidence: ['到账回单'] }),
      work('2026-10-30T16:40', heZhiyuan, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(4),
      by: zhouMin,
      problem: '授权不全',
      measure: '补齐26人特别授权，逐人宣读、签署协议',
      lead: AGENCY.justice,
      supporting: [AGENCY.legalAid, AGENCY.union],
      owner: zhouMin,
      due: '2026-10-21',
    },
    [
      work('2026-10-16T18:30', zhouMin, { type: 'taskAccepted' }),
      work('2026-10-17T08:40', zhouMin, { type: 'taskStarted' }),
      work('2026-10-19T17:50', zhouMin, { type: 'taskProgress', percent: 92, note: '已收24份，尚缺2份。' }),
      work('2026-10-21T15:30', zhouMin, { type: 'taskProgress', percent: 100, note: '26份齐备，协议已签署。' }),
      work('2026-10-21T15:40', zhouMin, { type: 'taskSubmitted', evidence: ['授权书26份', '协议书'] }),
      work('2026-10-21T17:00', linXiaozhou, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(5),
      by: zhouMin,
      problem: '缺执行力',
      measure: '共同申请司法确认',
      lead: AGENCY.justice,
      supporting: [AGENCY.court],
      owner: zhouMin,
      due: '2026-11-20',
    },
    [
      work('2026-10-21T18:00', zhouMin, { type: 'taskAccepted' }),
      work('2026-10-22T09:00', zhouMin, { type: 'taskStarted' }),
      work('2026-10-26T14:30', zhouMin, { type: 'taskProgress', percent: 50, note: '双方已共同提交申请。' }),
      work('2026-11-04T16:20', zhouMin, { type: 'taskProgress', percent: 100, note: '法院裁定确认有效。' }),
      work('2026-11-04T16:30', zhouMin, {
        type: 'taskSubmitted',
        evidence: ['民事裁定书（{11-04 year}）云0000民特00号'],
      }),
      work('2026-11-05T09:15', linXiaozhou, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(6),
      by: heZhiyuan,
      problem: '尾款',
      measure: '付清268,650元',
      lead: AGENCY.labour,
      supporting: [AGENCY.housing, '总包单位'],
      owner: heZhiyuan,
      due: '2026-11-06',
    },
    [
      work('2026-10-21T18:10', heZhiyuan, { type: 'taskAccepted' }),
      work('2026-10-26T09:00', heZhiyuan, { type: 'taskStarted' }),
      work('2026-11-06T17:20', heZhiyuan, {
        type: 'taskProgress',
        percent: 92,
        note: '24人到账；2人银行卡状态异常，待补发。',
      }),
      work('2026-11-09T15:00', heZhiyuan, { type: 'taskProgress', percent: 100, note: '2人已补发到账。' }),
      work('2026-11-09T15:10', heZhiyuan, { type: 'taskSubmitted', evidence: ['代发回单', '本人收款确认'] }),
      work('2026-11-10T09:30', tangKe, { type: 'taskClosed', note: '逾期1个工作日，原因已注明。' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(7),
      by: luJing,
      problem: '生活困难',
      measure: '对2名本人申请的工人办理困难职工帮扶、返乡交通补助转介',
      lead: AGENCY.union,
      supporting: [AGENCY.civilAffairs],
      owner: luJing,
      due: '2026-10-28',
    },
    [
      work('2026-10-16T19:00', luJing, { type: 'taskAccepted' }),
      work('2026-10-20T10:00', luJing, { type: 'taskStarted' }),
      work('2026-10-27T11:00', luJing, { type: 'taskProgress', percent: 100, note: '两项转介均已受理。' }),
      work('2026-10-27T11:05', luJing, { type: 'taskSubmitted', evidence: ['转介回执（不含姓名）'] }),
      work('2026-10-28T09:00', linXiaozhou, { type: 'taskClosed' }),
    ],
  ),
  taskRow(
    {
      taskId: taskId(8),
      by: mengXiangning,
      problem: '源头问题',
      measure: '实名制、按月代发、维权告示牌整改；清理银行卡代管',
      lead: AGENCY.housing,
      supporting: [AGENCY.labour],
      owner: mengXiangning,
      due: '2026-12-18',
    },
    [
      work('2026-10-19T09:10', mengXiangning, { type: 'taskAccepted' }),
      work('2026-10-30T17:00', mengXiangning, { type: 'taskStarted' }),
      work('2026-11-05T16:00', mengXiangning, {
        type: 'taskProgress',
        percent: 30,
        note: '项目部{10}工资已按月代发。',
      }),
      work('2026-11-18T10:40', mengXiangning, {
        type: 'taskProgress',
        percent: 60,
        note: '告示牌已更换，代管银行卡已退还；整改照片和{10}、{11}代发回单待交。',
      }),
    ],
  ),
];

const comments: DemoDocument['comments'] = [
  {
    at: '2026-10-28T08:30',
    by: PERSON.xuZhixia,
    on: { recordId: taskId(3), field: TASK_FIELDS.measure },
    text: '【督办】销号依据应为到账回单，不能用审批单。',
    isBlocking: false,
    replies: [{ at: '2026-10-30T15:20', by: mengXiangning, text: '退回后已补交到账回单。' }],
    resolved: { at: '2026-10-30T16:50', by: PERSON.xuZhixia },
  },
];

export const resolutionPlan: DemoDocument = {
  documentId: ID.plan,
  kind: 'actionPlan',
  title: '青禾家园二期工资纠纷联合化解方案',
  by: linXiaozhou,
  at: '2026-10-16T17:30',
  isNumbered: false,
  header: [
    {
      by: linXiaozhou,
      values: { teamLead: linXiaozhou, lookBack: '2026-12-21' },
      longTexts: { goal: '{11-06}前26人工资到账，{12-31}前项目用工制度整改到位。' },
    },
  ],
  prose: [
    { by: linXiaozhou, kind: 'h1', content: '一、基本情况' },
    {
      by: linXiaozhou,
      kind: 'p',
      content:
        '青禾家园二期26名工人被拖欠工资598,600元、点工51,300元，各方无争议；钢筋班5人停工待工37,500元有争议。已受理调解，联合化解工作小组由县综治中心牵头。',
    },
    { by: linXiaozhou, kind: 'h1', content: '二、化解思路' },
    { by: linXiaozhou, kind: 'numbered', content: '以总包单位先行清偿为主线，通过专用账户直接付到工人本人银行卡。' },
    { by: heZhiyuan, kind: 'numbered', content: '调解与劳动保障监察并行；逾期不付的，依法处理，不以调解代替。' },
    {
      by: zhouMin,
      kind: 'numbered',
      content: '无争议工资不作为让步事项，调解仅就停工待工部分进行；协议达成后共同申请司法确认。',
    },
    { by: linXiaozhou, kind: 'h1', content: '三、工作要求' },
    { by: linXiaozhou, kind: 'bullet', content: '各单位在本方案中签收任务、登记进展，不另行报表。' },
    { by: linXiaozhou, kind: 'bullet', content: '销号须有依据，由其他单位或者主持人核验；不得只凭审批单销号。' },
    { by: tangKe, kind: 'bullet', content: '信访转送期限为{12-12}，办理情况书面答复信访人。' },
  ],
  tasks,
  comments,
};
