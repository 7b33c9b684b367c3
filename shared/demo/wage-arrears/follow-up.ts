/** 案件记录（五）回访情况: the first visit after the money arrived. A case note until follow-up visits are a kind. */
import type { DemoDocument } from '../demo-types.ts';
import { writtenBy } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const byMediator = writtenBy(PERSON.zhouMin);
const byUnion = writtenBy(PERSON.luJing);

export const followUpNote: DemoDocument = {
  documentId: ID.followUp,
  kind: 'caseNote',
  title: '案件记录（五）协议履行回访',
  by: PERSON.zhouMin,
  at: '2026-11-12T15:30',
  isNumbered: false,
  tasks: [],
  header: [
    {
      by: PERSON.zhouMin,
      values: {
        noteType: 'phone',
        at: '2026-11-10T09:00',
        until: '2026-11-12T15:00',
        place: '项目部（现场3人），其余电话回访',
        interviewers: [PERSON.zhouMin, PERSON.luJing],
        recorder: PERSON.zhouMin,
        interviewees: ['26名工人'],
      },
    },
  ],
  prose: [
    byMediator('p', '到账后首次回访。现场3人，电话23人，其中2人未接通，{11-12}补访。'),
    byMediator('h1', '一、履行情况'),
    byMediator('p', '26人均确认收到款项，金额与附表一致。项目部{10}工资已于{11-05}代发。未发现强迫、错误调解情形。'),
    byMediator('h1', '二、反映的问题'),
    byMediator('bullet', '1人反映代表签字两天后才知道结果，建议今后同步发短信。'),
    byUnion('bullet', '1人询问{07}手指受伤的工伤认定，已告知属另一程序，经本人同意转介法律援助中心。'),
    byMediator('h1', '三、满意度（本人扫码自填）'),
    byUnion('p', '回收17份，平均4.2分，最低2分（“时间太长”）。2人表示不愿评价。'),
    byMediator('h1', '四、措施'),
    byMediator('numbered', '短信告知列入下次工作流程；'),
    byMediator('numbered', '{12-21}回头看。'),
  ],
};
