/** 联席会议纪要 of 16 October: the recorder's minutes with each agency's own report, decisions and dissent. */
import type { AttendanceStatus } from '../../kinds/joint-minutes.ts';
import type { DemoDocument, DemoRow } from '../demo-types.ts';
import { agendaRow, attendanceRow, type DemoDecision, decisionBlock, decisionRow } from '../rows.ts';
import { agency, bold, idOf, person, writtenBy } from '../writing.ts';
import { decisionId, ID, taskId } from './ids.ts';
import { AGENCY, PERSON } from './people.ts';

/** The decided sentences, once: they stand in the prose and are records. */
const decided: readonly DemoDecision[] = [
  {
    recordId: decisionId(1),
    kind: 'p',
    content: [
      '（一）成立联合化解工作小组，由',
      agency(AGENCY.governanceCentre, '县综治中心'),
      '牵头，各单位1名责任人、1名联络员，统一在本案协作空间登记进展，不另行报表。',
    ],
  },
  {
    recordId: decisionId(2),
    kind: 'p',
    content: [
      '（二）以总包先行清偿为主线，',
      agency(AGENCY.housing, '县住建局'),
      '负责督促专用账户拨付，',
      agency(AGENCY.labour, '县人社局'),
      '负责核对到人；调解与劳动保障监察并行，调解不成不影响依法处理。',
    ],
    task: { documentId: ID.plan, recordId: taskId(2) },
  },
  {
    recordId: decisionId(3),
    kind: 'p',
    content: ['（三）', bold('无争议工资不作为让步事项'), '，调解仅就停工待工部分进行协商。'],
    dissent: '县总工会：停工待工应当按当地生活费标准全额计算',
  },
  {
    recordId: decisionId(4),
    kind: 'p',
    content: ['（四）信访转送期限（{12-12}）由', person(PERSON.tangKe, '唐可'), '负责跟踪，办理情况书面答复信访人。'],
  },
  {
    recordId: decisionId(5),
    kind: 'p',
    content: '（五）会商内容不向当事人及会外人员提供；当事人个人信息仅限本案使用。',
  },
];

const recorder = PERSON.qinYiming;
const byRecorder = writtenBy(recorder);
const attended = (who: string, of: string, status: AttendanceStatus, note?: string): DemoRow =>
  attendanceRow(recorder, { person: who, agency: of, status, ...(note === undefined ? {} : { note }) });
const item = (n: number, words: string, of: string, who: string): DemoRow =>
  agendaRow(recorder, { recordId: idOf('5e2d0a10-0c20', n), item: words, agency: of, person: who });

export const jointMeeting: DemoDocument = {
  documentId: ID.meeting,
  kind: 'jointMinutes',
  title: '青禾家园二期工资纠纷专题会商会纪要',
  by: recorder,
  at: '2026-10-16T14:20',
  isNumbered: true,
  tasks: [],
  header: [
    {
      by: recorder,
      values: {
        at: '2026-10-16T13:30',
        until: '2026-10-16T14:15',
        mode: 'inPerson',
        place: '县综治中心第一会议室',
        host: PERSON.linXiaozhou,
        recorder,
      },
    },
  ],
  rows: {
    attendance: [
      attended(PERSON.linXiaozhou, AGENCY.governanceCentre, 'present'),
      attended(PERSON.heZhiyuan, AGENCY.labour, 'present'),
      attended(PERSON.mengXiangning, AGENCY.housing, 'present'),
      attended(PERSON.zhouMin, AGENCY.justice, 'present'),
      attended(PERSON.tangKe, AGENCY.petitions, 'present'),
      attended(PERSON.luJing, AGENCY.union, 'present'),
      attendanceRow(recorder, {
        person: '联络员',
        agency: '县发展改革局',
        status: 'apologies',
        note: '已书面反馈意见',
        recordId: idOf('5e2d0a10-0c10', 1),
      }),
      attended(PERSON.shenZhixing, AGENCY.court, 'inAttendance', '业务指导，议定事项前离席'),
    ],
    agenda: [
      item(1, '查证情况通报', AGENCY.labour, PERSON.heZhiyuan),
      item(2, '总包先行清偿与专用账户拨付', AGENCY.housing, PERSON.mengXiangning),
      item(3, '停工待工争议', AGENCY.union, PERSON.luJing),
      item(4, '信访转送期限', AGENCY.petitions, PERSON.tangKe),
    ],
    decisions: decided.map((each) => decisionRow(recorder, each)),
  },
  prose: [
    byRecorder(
      'p',
      '{2026-10-16}13:30—14:15，县综治中心林晓舟在县综治中心第一会议室主持召开青禾家园二期工资纠纷专题会商会。现将会议议定事项纪要如下：',
    ),
    byRecorder('h1', '一、情况通报'),
    byRecorder(
      'p',
      '会议听取了人社、住建、司法三部门查证情况，确认应发未发工资598,600元各方无争议，点工51,300元证据基本充分，停工待工37,500元存在争议。',
    ),
    writtenBy(PERSON.heZhiyuan)(
      'bullet',
      '县人社局：调取专户流水，{06}、{07}各代发一次，{08}、{09}未发；考勤与工资表比对，26人应发未发工资598,600元（木工341,800元，钢筋152,100元，杂工104,700元），分包单位当场认可，工人代表认可。',
    ),
    writtenBy(PERSON.mengXiangning)(
      'bullet',
      '县住建局：总分包合同约定人工费用按月拨付；建设单位与总包单位对5号楼工程量有争议，{08}、{09}进度款（含人工费用）未拨。工程量争议不影响人工费用拨付。',
    ),
    writtenBy(PERSON.zhouMin)(
      'bullet',
      '县司法局：9张缺签字的点工单，监理日志均有对应记录，分包单位同意按日志认定。监理日志载{08-07..08-31}钢筋作业面停工，但未载待工人数。',
    ),
    byRecorder('h1', '二、议定事项'),
    ...decided.map((each) => decisionBlock(recorder, each)),
    byRecorder('h1', '三、不同意见'),
    writtenBy(PERSON.luJing)(
      'p',
      '县总工会提出，停工待工应当按当地生活费标准全额计算，建议调解前由法律援助律师向5名工人单独释明。会议采纳释明建议，金额由双方协商。',
    ),
    byRecorder('h1', '四、其他'),
    byRecorder(
      'p',
      '公安机关未列席。本案现无治安、刑事线索；如依法需移送拒不支付劳动报酬线索，由县人社局按程序另行办理。',
    ),
    byRecorder('p', '县人民法院沈知行作业务指导，议定事项前离席。工人方法律援助律师属一方代理人，不列席单位会商。'),
  ],
};
