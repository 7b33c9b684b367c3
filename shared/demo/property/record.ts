/** 案件信息 of the property dispute: where it came from and its two sides, by alias. */
import type { DemoDocument } from '../demo-types.ts';
import { DEMO_FICTION } from '../fiction.ts';
import { partyRow } from '../rows.ts';
import { idOf } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const host = PERSON.heLan;
const partyId = (n: number) => idOf('5e2d0a20-0f00', n);

export const caseTitle = '观澜苑部分业主与物业企业物业服务合同纠纷';

export const propertyRecord: DemoDocument = {
  documentId: ID.case,
  kind: 'caseRecord',
  title: caseTitle,
  by: host,
  at: '2026-09-08T10:00',
  isNumbered: false,
  tasks: [],
  header: [
    {
      by: host,
      values: {
        source: 'community',
        channel: 'consultation',
        received: '2026-09-08',
        level: 'complex',
        place: '东湖街道观澜苑',
        amount: '412,600元（187户欠交物业费）',
      },
      longTexts: {
        summary: [
          '小区612户，187户欠交{2025-07-01 year}年度物业费，理由是3号楼电梯停运41天、公共收益不公开。',
          '{09-22}五方议事，部分达成，现在履行；欠费八折未达成，另行协商或者起诉。',
          DEMO_FICTION['zh-CN'],
        ].join('\n'),
      },
    },
  ],
  rows: {
    parties: [
      partyRow(host, {
        recordId: partyId(1),
        alias: '观澜苑部分业主（187户）',
        side: 'applicant',
        kind: 'group',
        consent: 'agreed',
        openness: 'public',
      }),
      partyRow(host, {
        recordId: partyId(2),
        alias: '物业企业',
        side: 'respondent',
        kind: 'organisation',
        consent: 'agreed',
        openness: 'public',
      }),
    ],
  },
  prose: [],
};
