/**
 * 案件记录（三）人民调解记录: the session of 16 October with the parties, by alias. A case note until mediation records are a kind
 * of their own; what was said in the separate talks is not in it.
 */
import type { DemoDocument } from '../demo-types.ts';
import { bold, writtenBy } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const byRecorder = writtenBy(PERSON.qinYiming);
const byMediator = writtenBy(PERSON.zhouMin);
const byUnion = writtenBy(PERSON.luJing);

export const mediationNote: DemoDocument = {
  documentId: ID.mediation,
  kind: 'caseNote',
  title: '案件记录（三）人民调解记录',
  by: PERSON.qinYiming,
  at: '2026-10-16T20:40',
  isNumbered: false,
  tasks: [],
  comments: [
    {
      at: '2026-10-17T09:10',
      by: PERSON.xuZhixia,
      on: { words: '五、方案与协商' },
      text: '【法律审查】协商方案不应随案卷提交法院；司法确认材料包只附协议和无争议事实确认页。',
      isBlocking: false,
      replies: [{ at: '2026-10-17T11:30', by: PERSON.zhouMin, text: '已设为C类，默认不导出。' }],
      resolved: { at: '2026-10-17T14:00', by: PERSON.xuZhixia },
    },
  ],
  header: [
    {
      by: PERSON.qinYiming,
      values: {
        noteType: 'mediation',
        at: '2026-10-16T14:30',
        until: '2026-10-16T17:40',
        place: '县综治中心第二调解室',
        interviewers: [PERSON.zhouMin, PERSON.linXiaozhou],
        recorder: PERSON.qinYiming,
        participants: [PERSON.heZhiyuan, PERSON.mengXiangning, PERSON.luJing, PERSON.baiLu],
        interviewees: [
          '工人代表A',
          '工人代表B',
          '工人代表C',
          '分包单位法定代表人',
          '总包单位项目经理',
          '总包单位劳资专管员',
          '班组长',
          '建设单位工程部经理',
        ],
      },
    },
  ],
  prose: [
    byRecorder(
      'p',
      '事由：追索劳动报酬。不公开进行。工人代表A、B、C代表26人；邀请参加人经双方同意。16:00—16:35休会，分别单独沟通，另有记录，不入本卷。',
    ),
    byRecorder('h1', '一、权利义务告知'),
    byMediator('p', '宣读《当事人权利义务告知书》。'),
    byRecorder('bullet', '问：对调解员有无异议，是否申请回避？答（各方）：无异议，不申请。'),
    byRecorder('bullet', '问：是否自愿调解？答（各方）：自愿。'),
    byMediator('p', '调解员周敏声明：与各方无亲属及利害关系。'),
    byRecorder('h1', '二、各方陈述'),
    byRecorder(
      'bullet',
      '工人代表A：工资账都对过了，就盼早点打到自己卡上，别再经班组长的手。点工单是天天干出来的，少一个工都不行。',
    ),
    byRecorder('bullet', '工人代表B：我看字费劲，请念给我听。我们五个杂工家里都等钱。'),
    byRecorder('bullet', '工人代表C：停工那25天，项目上让我们别走，说随时复工。五个人等着，吃住自己出。'),
    byRecorder(
      'bullet',
      '分包单位：工资认。{08}、{09}总包没拨，我垫不动。9张点工单我没签是因为没对上人，刚才看了日志，认。停工是上面停的，我没有让他们等。',
    ),
    byRecorder('bullet', '班组长：停工我跟他们说的是“估计快复工”，没有打包票，也没有人通知他们走。'),
    byRecorder('bullet', '总包单位：停工是因为5号楼图纸变更。公司愿意先行清偿，需要走专户审批，最快一周付第一笔。'),
    byRecorder('bullet', '建设单位：5号楼工程量在对，人工费用部分同意{10-31}前拨。'),
    byRecorder('h1', '三、无争议事实（各方单独签字确认）'),
    byRecorder('numbered', '26人的务工时间、班组；'),
    byRecorder('numbered', '应发未发工资598,600元；'),
    byRecorder('numbered', '点工171个工日，51,300元；'),
    byRecorder('numbered', '{08-07..08-31}钢筋作业面停工25日。'),
    byRecorder('h1', '四、争议焦点'),
    byMediator('p', '停工期间5名工人是否受要求留守待工；待工费用的标准与承担。'),
    byRecorder('h1', '五、方案与协商'),
    byMediator('p', [bold('为达成协议所作的让步，不得在诉讼、仲裁中作为对其不利的根据。')]),
    byRecorder('bullet', '方案一（工人代表C提出）：37,500元全额。总包单位：不同意。'),
    byRecorder('bullet', '方案二（分包单位提出）：5,000元一次了结。工人方：不同意。'),
    byMediator(
      'bullet',
      '方案三（调解员建议）：按一半18,750元，由总包单位先行支付，总分包之间另行分担。5名工人经法律援助律师单独释明、电话逐一征询：4人同意，1人（工人K）保留，当日20:15由本人书面同意。总包、分包单位同意。',
    ),
    byRecorder('h1', '六、合意'),
    byRecorder('numbered', '工资598,600元、点工51,300元全额支付；'),
    byRecorder('numbered', ['停工待工18,750元；合计', bold('668,650元'), '；']),
    byRecorder(
      'numbered',
      '总包单位于{10-23}前通过专用账户首付400,000元，{11-06}前付清268,650元，均付至工人本人银行账户；',
    ),
    byRecorder('numbered', '总分包之间追偿另行解决；'),
    byRecorder('numbered', '双方共同申请司法确认。'),
    byRecorder('h1', '七、不同意见'),
    byRecorder('p', '建设单位不作为协议付款义务人签字，承诺事项记入纪要和任务分工。'),
    byUnion('p', '县总工会关于停工待工标准的意见（按当地生活费标准全额计算）记录在卷。'),
    byRecorder('h1', '八、风险与途径告知'),
    byMediator(
      'p',
      '不履行的后果；可以申请支付令、仲裁、起诉，向劳动保障监察部门投诉；法律援助途径。本协议不涉及社会保险、工伤等其他权利。',
    ),
    byRecorder('h1', '九、结果'),
    byRecorder('p', '达成。协议书待26人授权确认后于{10-21}签署。'),
    byRecorder('h1', '十、阅读与更正'),
    byRecorder('p', '记录16页，逐页签名。工人代表B由记录人宣读。更正2处：'),
    byRecorder('bullet', '第6页“全部放弃停工费”更正为“停工费按18,750元结清”（工人代表C按指印）；'),
    byRecorder('bullet', '第9页“下周内”更正为“{10-23}前”（总包单位项目经理签名）。'),
    byRecorder(
      'p',
      '工人代表A、工人代表B、工人代表C、分包单位、总包单位、班组长签名；建设单位签“仅对本人陈述部分确认”；调解员周敏、记录人秦一鸣签名。',
    ),
  ],
};
