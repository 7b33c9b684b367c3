/** 案件记录（一）接谈记录: the first interview, written by the recorder, with the mediator's own paragraphs. Aliases only. */
import type { DemoDocument } from '../demo-types.ts';
import { writtenBy } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const byRecorder = writtenBy(PERSON.qinYiming);
const byMediator = writtenBy(PERSON.zhouMin);

export const interviewNote: DemoDocument = {
  documentId: ID.interview,
  kind: 'caseNote',
  title: '案件记录（一）接谈记录',
  by: PERSON.qinYiming,
  at: '2026-10-12T16:50',
  isNumbered: false,
  tasks: [],
  comments: [
    {
      at: '2026-10-14T09:20',
      by: PERSON.xuZhixia,
      on: 'document',
      text: '【事实核对】“多次集体上访”与本案事实无关，且易贴标签，建议删除。',
      isBlocking: false,
      replies: [{ at: '2026-10-14T10:40', by: PERSON.qinYiming, text: '已删除，并重建文档，旧稿不再保留。' }],
      resolved: { at: '2026-10-14T11:05', by: PERSON.xuZhixia },
    },
  ],
  header: [
    {
      by: PERSON.qinYiming,
      values: {
        noteType: 'interview',
        at: '2026-10-12T15:20',
        until: '2026-10-12T16:30',
        place: '县综治中心一楼接待室',
        interviewers: [PERSON.zhouMin],
        recorder: PERSON.qinYiming,
        participants: [PERSON.tangKe, PERSON.luJing],
        interviewees: ['工人代表A', '工人代表B', '工人代表C'],
      },
    },
  ],
  prose: [
    byRecorder('h1', '一、告知事项'),
    byMediator(
      'p',
      '已说明人民调解自愿、免费；可以拒绝或者随时终止；不影响向劳动保障监察部门投诉、申请仲裁或者起诉；个人信息仅供本案参与单位办理本案使用，可以查阅和要求更正。三人表示听清，同意调解，希望不公开进行。',
    ),
    byRecorder('p', '本件由县信访局移交。三名代表经26人签名推选，推选书附卷。'),
    byRecorder('h1', '二、陈述摘要'),
    byRecorder(
      'bullet',
      '工人代表A：木工班14人自{2026-03}进场，工资{06}以后没有按月发，班组长说“上面没拨款”。木工班另有134个点工，有签证单，分包说要“一起结”。',
    ),
    byRecorder('bullet', '工人代表B：杂工5人，清运、养护，工钱按日300元，拖了三个多月，还有37个点工。'),
    byRecorder(
      'bullet',
      '工人代表C：钢筋班{08-07..08-31}停工25天，5个人没走，在工地等，要求按每天300元补，合计37,500元；其余工资双方都认。',
    ),
    byRecorder('h1', '三、诉求'),
    byRecorder('numbered', '支付工资598,600元、点工51,300元；'),
    byRecorder('numbered', '停工待工37,500元；'),
    byRecorder('numbered', '{11-06 third}前付清，打到本人银行卡；'),
    byRecorder('numbered', '不要因为反映问题影响以后用工。'),
    byRecorder('h1', '四、事实与依据'),
    byMediator(
      'numbered',
      '26人{2026-03..09}在二期3号、5号楼施工。无争议（待被申请方确认）；依据：实名制考勤、进场登记。',
    ),
    byMediator('numbered', '{06}起未按月通过专用账户代发。待查；依据：专户流水（由县人社局调取）。'),
    byMediator(
      'numbered',
      '点工171个工日（134加37），每日300元，计51,300元。有争议；依据：签证单42张，其中9张缺分包单位签字。',
    ),
    byMediator('numbered', '钢筋班5人停工25日。有争议；依据：监理日志待核。'),
    byRecorder('h1', '五、需协助事项'),
    byRecorder('p', '工人代表B视力不佳，请求宣读材料；2名工人申请困难帮扶（本人签字同意转介，姓名仅记入身份信息）。'),
    byRecorder('h1', '六、阅读与更正'),
    byRecorder(
      'p',
      '三名代表阅读（工人代表B由记录人宣读）后确认与所述一致；工人代表A要求将“包工头躲着不见”改为“{09-25 third}以来电话未接通”，已更正，并由本人在修改处按指印。',
    ),
    byRecorder('p', '工人代表A、工人代表B、工人代表C签名；接谈人周敏、记录人秦一鸣签名。'),
  ],
};
