/** 案件记录（二）联合查证情况: three agencies each write down what they checked, under their own identity. */
import type { DemoDocument } from '../demo-types.ts';
import { writtenBy } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const byMediator = writtenBy(PERSON.zhouMin);
const byLabour = writtenBy(PERSON.heZhiyuan);
const byHousing = writtenBy(PERSON.mengXiangning);

export const factFindingNote: DemoDocument = {
  documentId: ID.factFinding,
  kind: 'caseNote',
  title: '案件记录（二）联合查证情况',
  by: PERSON.zhouMin,
  at: '2026-10-15T16:10',
  isNumbered: false,
  tasks: [],
  header: [
    {
      by: PERSON.zhouMin,
      values: {
        noteType: 'factFinding',
        at: '2026-10-13T09:00',
        until: '2026-10-15T16:00',
        place: '各单位分别查证，在县综治中心汇总',
        interviewers: [PERSON.heZhiyuan, PERSON.mengXiangning, PERSON.zhouMin],
        recorder: PERSON.zhouMin,
        interviewees: ['分包单位', '总包单位', '建设单位', '工人代表A', '工人代表B', '工人代表C'],
      },
    },
  ],
  prose: [
    byMediator('h1', '一、县人社局查证'),
    byLabour('bullet', '调取专户流水：{06}、{07}各代发一次，{08}、{09}未发。'),
    byLabour(
      'bullet',
      '考勤与工资表比对：26人应发未发工资598,600元（木工341,800元，钢筋152,100元，杂工104,700元）。分包单位当场认可，工人代表认可。',
    ),
    byMediator('h1', '二、县住建局查证'),
    byHousing('bullet', '总分包合同约定人工费用按月拨付。'),
    byHousing('bullet', '建设单位与总包单位对5号楼工程量有争议，{08}、{09}进度款（含人工费用）未拨。'),
    byHousing(
      'bullet',
      '提示：依《保障农民工工资支付条例》第三十条，分包单位拖欠的，由总包单位先行清偿，再依法追偿；依第二十九条、第三十五条，建设单位不得因工程量争议不拨人工费用。',
    ),
    byMediator('h1', '三、县司法局查证'),
    byMediator('bullet', '9张缺签字的点工单，监理日志均有对应记录，分包单位同意按日志认定。'),
    byMediator('bullet', '监理日志载{08-07..08-31}钢筋作业面停工，但未载待工人数。'),
    byMediator('h1', '四、查证范围'),
    byMediator('p', '只查阅与本案工资、工程款有关的账册、合同和日志；未使用、未调取任何人员行踪、视频信息。'),
  ],
};
