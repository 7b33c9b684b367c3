/** 案件信息 of the wage dispute: where it came from, how much it is about, and the parties by alias. */
import type { DemoDocument, DemoRow } from '../demo-types.ts';
import { DEMO_FICTION } from '../fiction.ts';
import { partyRow } from '../rows.ts';
import { idOf } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const host = PERSON.linXiaozhou;

const party = (n: number, input: Pick<Parameters<typeof partyRow>[1], 'alias' | 'side' | 'kind' | 'needs'>): DemoRow =>
  partyRow(host, { recordId: idOf('5e2d0a10-0f00', n), consent: 'agreed', openness: 'private', ...input });

export const caseTitle = '青禾家园二期26名工人与分包单位、总包单位追索劳动报酬纠纷';

export const wageRecord: DemoDocument = {
  documentId: ID.case,
  kind: 'caseRecord',
  title: caseTitle,
  by: host,
  at: '2026-10-13T09:00',
  isNumbered: false,
  tasks: [],
  header: [
    {
      by: host,
      values: {
        source: 'petition',
        channel: 'peoples',
        received: '2026-10-12',
        level: 'major',
        place: '云川县城关镇，青禾家园二期',
        amount: '687,400元（木工班382,000元，钢筋班189,600元，杂工115,800元）',
      },
      longTexts: {
        summary: [
          '26名工人追索工资598,600元、点工51,300元、停工待工37,500元。涉及26人、四个部门，临近季节性返乡，列为重大。',
          '{10-13}受理，由县综治中心牵头、城关镇人民调解委员会调解；{10-21}达成协议并生效，{11-04}司法确认，{11-09}履行完毕，现在回访。',
          '期限：劳动调解{10-27}，申请司法确认{11-20}，信访办理{12-12}，回头看{12-21}。',
          DEMO_FICTION['zh-CN'],
        ].join('\n'),
      },
    },
  ],
  rows: {
    parties: [
      party(1, { alias: '26名工人', side: 'applicant', kind: 'group' }),
      party(2, { alias: '工人代表A（木工班）', side: 'applicant', kind: 'individual' }),
      party(3, { alias: '工人代表B（杂工）', side: 'applicant', kind: 'individual', needs: ['readAloud'] }),
      party(4, { alias: '工人代表C（钢筋班）', side: 'applicant', kind: 'individual' }),
      party(5, { alias: '分包单位', side: 'respondent', kind: 'organisation' }),
      party(6, { alias: '总包单位', side: 'respondent', kind: 'organisation' }),
      party(7, { alias: '班组长', side: 'third', kind: 'individual' }),
      party(8, { alias: '建设单位', side: 'third', kind: 'organisation' }),
    ],
  },
  prose: [],
};
