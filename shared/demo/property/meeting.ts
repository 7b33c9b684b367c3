/** 议事会纪要: the open meeting of the five seats, each with their own words; what was agreed, what was not. */
import type { AttendanceStatus } from '../../kinds/joint-minutes.ts';
import type { DemoDocument } from '../demo-types.ts';
import { agendaRow, attendanceRow, type DemoDecision, decisionBlock, decisionRow } from '../rows.ts';
import { agency, idOf, writtenBy } from '../writing.ts';
import { decisionId, ID, taskId } from './ids.ts';
import { AGENCY, PERSON } from './people.ts';

const recorder = PERSON.yeXiaoman;
const byRecorder = writtenBy(recorder);
const ofPlan = (n: number) => ({ documentId: ID.plan, recordId: taskId(n) });

const decided: readonly DemoDecision[] = [
  {
    recordId: decisionId(1),
    kind: 'p',
    content: [
      '（一）',
      agency(AGENCY.manager, '物业企业'),
      '{09-30}前公示两年收支，并将165,760元转入业主共有资金账户。',
    ],
    task: ofPlan(1),
  },
  {
    recordId: decisionId(2),
    kind: 'p',
    content: '（二）经业主依法表决后，从公共收益中列支电梯维修98,000元，{10-22}前恢复运行。多数同意，1人保留。',
    was: { first: '一致同意', later: '多数同意，1人保留' },
    dissent: '居民理事会高远山：应更换电梯，不同意维修',
    task: ofPlan(2),
  },
  { recordId: decisionId(3), kind: 'p', content: '（三）物业企业每季度公示一次公共收益收支。' },
  {
    recordId: decisionId(4),
    kind: 'p',
    content: '（四）电梯停运期间，3号楼业主（96户）减收当期物业费，每户60元，计5,760元。',
    task: ofPlan(4),
  },
];

const attended = (person: string, of: string, status: AttendanceStatus, note?: string) =>
  attendanceRow(recorder, { person, agency: of, status, ...(note === undefined ? {} : { note }) });

export const residentsMeeting: DemoDocument = {
  documentId: ID.meeting,
  kind: 'jointMinutes',
  title: '观澜苑电梯与公共收益议事会纪要',
  by: recorder,
  at: '2026-09-22T21:20',
  isNumbered: true,
  tasks: [],
  comments: [
    {
      at: '2026-09-23T10:10',
      by: PERSON.jianNing,
      on: { words: '张贴欠费业主名单' },
      text: '“欠费业主名单张贴”应当删除：公开个人欠费违反个人信息保护。',
      isBlocking: true,
      replies: [{ at: '2026-09-23T11:00', by: recorder, text: '已删除，改为不以交费情况公开点名业主。' }],
      resolved: { at: '2026-09-23T14:20', by: PERSON.jianNing },
    },
    {
      at: '2026-09-23T10:20',
      by: PERSON.jianNing,
      on: { words: '经业主依法表决后' },
      text: '@温如玉 表决程序须附到会户数和票数，不能以议事会代替业主共同决定（《民法典》第二百七十八条）。',
      mentions: [PERSON.wenRuyu],
      isBlocking: false,
      replies: [],
      resolved: null,
    },
    {
      at: '2026-09-23T10:30',
      by: PERSON.jianNing,
      on: { words: '一致同意' },
      text: '居民理事会不同意维修，“一致同意”应改为“多数同意，1人保留”。',
      isBlocking: false,
      replies: [{ at: '2026-09-23T11:05', by: recorder, text: '已改。' }],
      resolved: { at: '2026-09-23T14:22', by: PERSON.jianNing },
    },
  ],
  header: [
    {
      by: recorder,
      values: {
        at: '2026-09-22T19:00',
        until: '2026-09-22T21:10',
        mode: 'inPerson',
        place: '社区议事厅',
        host: PERSON.heLan,
        recorder,
      },
    },
  ],
  rows: {
    attendance: [
      attended(PERSON.heLan, AGENCY.party, 'present'),
      attended(PERSON.shiLei, AGENCY.residents, 'present'),
      attended(PERSON.wenRuyu, AGENCY.owners, 'present'),
      attended(PERSON.gaoYuanshan, AGENCY.council, 'present'),
      attended(PERSON.leiQiming, AGENCY.manager, 'present'),
      attended(PERSON.zhongNan, AGENCY.housing, 'inAttendance'),
      attended(PERSON.jianNing, AGENCY.justice, 'inAttendance'),
    ],
    agenda: [
      agendaRow(recorder, {
        recordId: idOf('5e2d0a20-0c20', 1),
        item: '电梯维修费98,000元由谁出',
        agency: AGENCY.owners,
        person: PERSON.wenRuyu,
      }),
      agendaRow(recorder, {
        recordId: idOf('5e2d0a20-0c20', 2),
        item: '公共收益归还与使用',
        agency: AGENCY.residents,
        person: PERSON.shiLei,
      }),
      agendaRow(recorder, {
        recordId: idOf('5e2d0a20-0c20', 3),
        item: '欠费是否打折',
        agency: AGENCY.manager,
        person: PERSON.leiQiming,
      }),
    ],
    decisions: decided.map((each) => decisionRow(recorder, each)),
  },
  prose: [
    byRecorder(
      'p',
      '{2026-09-22}19:00—21:10，社区党组织贺岚在社区议事厅主持召开观澜苑议事会。会议公开举行，业主12人旁听；涉及个人欠费的部分不公开。',
    ),
    byRecorder('h1', '一、情况通报'),
    writtenBy(PERSON.shiLei)(
      'bullet',
      '社区居委会：小区612户，187户欠交{2025-07-01 year}年度物业费412,600元；理由是3号楼电梯停运41天、公共收益不公开。',
    ),
    writtenBy(PERSON.leiQiming)(
      'bullet',
      '物业企业：维修资金申请未获业主表决，电梯因此停运。{2024-07-01 year}年、{2025-07-01 year}年停车、广告收入236,800元，列支成本71,040元，余165,760元未公示。',
    ),
    writtenBy(PERSON.wenRuyu)(
      'bullet',
      '业委会：公共收益扣除合理成本后属业主共有（《民法典》第二百八十二条），应当定期公开（第九百四十三条）。',
    ),
    byRecorder('p', '各方无争议：停运41天；余额165,760元；物业费标准未变。'),
    byRecorder('h1', '二、议定事项'),
    ...decided.map((each) => decisionBlock(recorder, each)),
    byRecorder('h1', '三、未达成事项'),
    {
      ...byRecorder(
        'p',
        '业委会要求{2025-07-01 year}年度欠费统一八折，物业企业不同意；已告知可以另行协商、起诉。《民法典》第九百四十四条关于交费义务、第九百四十二条关于服务义务，双方均已释明。不以交费情况公开点名业主。',
      ),
      was: { first: '张贴欠费业主名单', later: '不以交费情况公开点名业主' },
    },
    byRecorder('h1', '四、不同意见'),
    writtenBy(PERSON.gaoYuanshan)('p', '居民理事会高远山认为应当更换电梯，不同意维修，记录在卷。'),
  ],
};
