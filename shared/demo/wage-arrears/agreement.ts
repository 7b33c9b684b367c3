/** 案件记录（四）协议条款审阅稿: what the parties were to sign, as the reviewer saw it. A case note until agreements are a kind. */
import type { DemoDocument } from '../demo-types.ts';
import { bold, writtenBy } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const { zhouMin, xuZhixia, qinYiming, heZhiyuan } = PERSON;
const byMediator = writtenBy(zhouMin);
const byLabour = writtenBy(heZhiyuan);

export const agreementDraft: DemoDocument = {
  documentId: ID.agreement,
  kind: 'caseNote',
  title: '案件记录（四）协议条款审阅稿',
  by: zhouMin,
  at: '2026-10-17T10:30',
  isNumbered: false,
  tasks: [],
  comments: [
    {
      at: '2026-10-17T15:10',
      by: xuZhixia,
      on: { words: '工人自愿放弃部分工资' },
      text: '【法律审查】无争议工资不得写成放弃；应当分列工资、点工、停工待工三项，让步仅限第三项。',
      isBlocking: true,
      replies: [{ at: '2026-10-18T09:40', by: zhouMin, text: '已改：三项分列，工资和点工全额支付。' }],
      resolved: { at: '2026-10-18T10:30', by: xuZhixia },
    },
    {
      at: '2026-10-17T15:20',
      by: xuZhixia,
      on: { words: '特别授权的代表' },
      text: '【法律审查】代表仅有推选书，处分实体权利需要特别授权或者本人签字；尚缺2份。',
      isBlocking: true,
      replies: [{ at: '2026-10-20T17:10', by: zhouMin, text: '缺的2份已补齐，26份附卷。' }],
      resolved: { at: '2026-10-20T17:40', by: xuZhixia },
    },
    {
      at: '2026-10-17T15:30',
      by: xuZhixia,
      on: { words: '陆拾陆万捌仟陆佰伍拾元整' },
      text: '【格式】金额大小写不一致，应为陆拾陆万捌仟陆佰伍拾元整。',
      isBlocking: false,
      replies: [{ at: '2026-10-18T09:45', by: zhouMin, text: '已统一。' }],
      resolved: { at: '2026-10-18T10:32', by: xuZhixia },
    },
    {
      at: '2026-10-18T16:00',
      by: qinYiming,
      on: { words: '工人K工日' },
      text: '【当事人补正】@何志远 工人K提出：本人工日应为21日，不是20日。（本人口述，记录人代录。）',
      mentions: [heZhiyuan],
      isBlocking: false,
      replies: [
        {
          at: '2026-10-19T10:15',
          by: heZhiyuan,
          text: '核对后更正。差额300元已计入总额核对表，总额不变（原表合计按21日）。',
        },
      ],
      resolved: { at: '2026-10-19T10:20', by: heZhiyuan },
    },
  ],
  header: [
    {
      by: zhouMin,
      values: {
        noteType: 'explanation',
        at: '2026-10-17T09:30',
        until: '2026-10-17T10:30',
        place: '城关镇人民调解委员会',
        interviewers: [zhouMin],
        recorder: zhouMin,
        participants: [heZhiyuan, PERSON.luJing, PERSON.baiLu],
      },
    },
  ],
  prose: [
    byMediator('p', '按{10-16}调解合意起草，供法律审查；正式协议书于{2026-10-21}签署并生效，由各方和调委会留存。'),
    byMediator('h1', '一、款项'),
    {
      ...byMediator('numbered', '工资598,600元、点工51,300元，全额支付；'),
      was: { first: '工人自愿放弃部分工资', later: '全额支付' },
    },
    byMediator('numbered', '停工待工经协商按18,750元结清；'),
    byMediator('numbered', ['以上合计', bold('668,650元'), '（陆拾陆万捌仟陆佰伍拾元整）。']),
    byMediator('h1', '二、支付'),
    byMediator('numbered', '总包单位{10-23}前付400,000元，{11-06}前付268,650元；'),
    byMediator('numbered', '分包单位{10-31}前出具逐人结算单；'),
    byMediator('numbered', '收款账户为工人本人账户，任何人不得代领、扣押银行卡；'),
    byMediator(
      'numbered',
      '逾期未付的，申请人可以在司法确认后申请执行，也可以申请支付令，不影响劳动保障监察部门依法处理。',
    ),
    byMediator('h1', '三、签署与确认'),
    byMediator('numbered', '26名工人由本人或者特别授权的代表签名，逐人宣读；被申请方一、被申请方二签章；'),
    byMediator('numbered', '双方于{11-20}前共同申请司法确认；'),
    byMediator('numbered', '一式三十一份。'),
    byMediator('h1', '四、附表核对'),
    {
      ...byLabour(
        'p',
        '26人逐人核对工日和金额，合计与第一条一致；工人K工日更正为21日。附表含姓名，存身份信息，不在本文档。',
      ),
      was: { first: '工人K工日为20日', later: '工人K工日更正为21日' },
    },
  ],
};
