/** What is read out of decided sentences: a table of sentences as minutes have them, and what each field gets. */
import { describe, expect, it } from 'vitest';
import { recogniseTask } from '../../../client/features/document/minutes/recognise-task.ts';

const agency = (id: string, ...names: string[]) => ({ id, names });
const AGENCIES = [
  agency('centre', '县综治中心', '云川县综治中心'),
  agency('justice', '县司法局', '云川县司法局'),
  agency('labour', '县人社局', '云川县人力资源和社会保障局'),
  agency('housing', '县住建局', '云川县住房和城乡建设局'),
  agency('petitions', '县信访局', '云川县信访局'),
  agency('union', '县总工会', '云川县总工会'),
  agency('aid', '县法律援助中心', '云川县法律援助中心'),
  agency('court', '县法院', '云川县人民法院'),
  agency('oakway', 'Oakway Homes'),
  agency('eh', 'Environmental Health'),
  agency('council', 'Council Community Safety', 'Council'),
];
const person = (id: string, name: string, agencyId: string, mayOwn = true) => ({ id, name, agencyId, mayOwn });
const PEOPLE = [
  person('lin', '林晓舟', 'centre'),
  person('qin', '秦一鸣', 'centre'),
  person('zhou', '周敏', 'justice'),
  person('xu', '许知夏', 'justice', false),
  person('he', '何志远', 'labour'),
  person('meng', '孟祥宁', 'housing'),
  person('tang', '唐可', 'petitions'),
  person('lu', '鲁婧', 'union'),
  person('shen', '沈知行', 'court', false),
  person('hart', 'Joel Hart', 'council'),
  person('brook', 'Lena Brook', 'oakway'),
];

/** What the table says of a field; `~` before a value: only proposed, no words say so. */
interface Expected {
  readonly lead?: string;
  readonly supporting?: string[];
  readonly owner?: string;
  readonly problem?: string;
  readonly measure: string;
}

/** @param date the words of the deadline, when the sentence has one */
function read(sentence: string, date?: string) {
  const at = date === undefined ? -1 : sentence.indexOf(date);
  const deadline = date === undefined || at < 0 ? null : { start: at, end: at + date.length, day: '2026-10-23' };
  const task = recogniseTask(sentence, { agencies: AGENCIES, people: PEOPLE, deadline });
  const short = (found: { value: string; spot: unknown } | null) =>
    found === null ? undefined : `${found.spot === null ? '~' : ''}${found.value}`;
  return {
    lead: short(task.lead),
    supporting: task.supporting.map(({ value }) => value),
    owner: short(task.owner),
    problem: task.problem,
    measure: task.measure,
  };
}

const TABLE: [sentence: string, date: string | undefined, expected: Expected][] = [
  [
    '由县住建局牵头，县人社局配合，10月23日前督促总包启用专用账户首付400,000元。',
    '10月23日前',
    { lead: 'housing', supporting: ['labour'], owner: '~meng', measure: '督促总包启用专用账户首付400,000元' },
  ],
  [
    '（一）成立联合化解工作小组，由县综治中心牵头，各单位1名责任人、1名联络员，统一在本案协作空间登记进展，不另行报表。',
    undefined,
    {
      lead: 'centre',
      measure: '成立联合化解工作小组，各单位1名责任人、1名联络员，统一在本案协作空间登记进展，不另行报表',
    },
  ],
  [
    '（二）以总包先行清偿为主线，县住建局负责督促专用账户拨付，县人社局负责核对到人；',
    undefined,
    {
      lead: 'housing',
      supporting: ['labour'],
      owner: '~meng',
      measure: '以总包先行清偿为主线，督促专用账户拨付，县人社局负责核对到人',
    },
  ],
  [
    '（四）信访转送期限（12月12日）由唐可负责跟踪，办理情况书面答复信访人。',
    '12月12日',
    { lead: '~petitions', owner: 'tang', measure: '信访转送期限跟踪，办理情况书面答复信访人' },
  ],
  [
    '针对账目不清问题，由县人社局牵头，县总工会、总包单位配合，10月20日前核对考勤、工资台账、银行流水，一人一表。',
    '10月20日前',
    {
      lead: 'labour',
      supporting: ['union', '总包单位'],
      owner: '~he',
      problem: '账目不清',
      measure: '核对考勤、工资台账、银行流水，一人一表',
    },
  ],
  [
    '县司法局会同县法律援助中心、县总工会于10月21日前补齐26人特别授权，逐人宣读、签署协议。',
    '10月21日',
    {
      lead: 'justice',
      supporting: ['aid', 'union'],
      owner: '~zhou',
      measure: '县司法局补齐26人特别授权，逐人宣读、签署协议',
    },
  ],
  [
    '会议决定，由云川县人力资源和社会保障局负责付清尾款268,650元，责任人：何志远，时限11月6日。',
    '11月6日',
    { lead: 'labour', owner: 'he', measure: '付清尾款268,650元' },
  ],
  [
    '县总工会鲁婧负责对2名本人申请的工人办理困难职工帮扶，县综治中心协助。',
    undefined,
    { lead: 'union', supporting: ['centre'], owner: 'lu', measure: '县总工会对2名本人申请的工人办理困难职工帮扶' },
  ],
  [
    '由县住建局、县人社局、县总工会共同负责整改实名制和按月代发。',
    undefined,
    { lead: 'housing', supporting: ['labour', 'union'], owner: '~meng', measure: '整改实名制和按月代发' },
  ],
  [
    '请司法局牵头与法院诉调对接，11月20日前共同申请司法确认。',
    '11月20日前',
    { lead: 'justice', owner: '~zhou', measure: '与法院诉调对接，共同申请司法确认' },
  ],
  [
    '牵头单位：县住建局；配合单位：县人社局、建设单位；责任人：孟祥宁。',
    undefined,
    {
      lead: 'housing',
      supporting: ['labour', '建设单位'],
      owner: 'meng',
      measure: '牵头单位：县住建局；配合单位：县人社局、建设单位；责任人：孟祥宁。',
    },
  ],
  [
    '县法院沈知行提出业务指导意见，由周敏负责整理报送。',
    undefined,
    { lead: '~justice', owner: 'zhou', measure: '县法院沈知行提出业务指导意见，整理报送' },
  ],
  [
    '无争议工资不作为让步事项，调解仅就停工待工部分进行协商。',
    undefined,
    { measure: '无争议工资不作为让步事项，调解仅就停工待工部分进行协商' },
  ],
  [
    '各单位于每周五前报送进展，由秦一鸣汇总。',
    '每周五前',
    { lead: '~centre', owner: 'qin', measure: '各单位报送进展，汇总' },
  ],
  [
    'Oakway Homes to supply and fit acoustic underlay by 13 November, supported by Environmental Health.',
    '13 November',
    { lead: 'oakway', supporting: ['eh'], owner: '~brook', measure: 'supply and fit acoustic underlay' },
  ],
  [
    'Joel Hart will send the outcome letter by 20 October.',
    '20 October',
    { lead: '~council', owner: 'hart', measure: 'send the outcome letter' },
  ],
];

describe('a decided sentence', () => {
  it.each(TABLE)('%s', (sentence, date, expected) => {
    expect(read(sentence, date)).toEqual({
      supporting: [],
      problem: '',
      lead: undefined,
      owner: undefined,
      ...expected,
    });
  });

  it('tells which words each value was read from', () => {
    const sentence = '由县住建局牵头，县人社局配合，10月23日前督促首付。';
    const deadline = { start: 15, end: 22, day: '2026-10-23' };
    const task = recogniseTask(sentence, { agencies: AGENCIES, people: PEOPLE, deadline });
    const words = (found: { spot: { start: number; end: number } | null } | null | undefined) =>
      found?.spot == null ? null : sentence.slice(found.spot.start, found.spot.end);
    expect([task.lead, ...task.supporting, task.owner, task.due].map(words)).toEqual([
      '县住建局',
      '县人社局',
      null,
      '10月23日前',
    ]);
  });

  it('of nothing known is all measure', () => {
    expect(recogniseTask('  按期办理。 ', { agencies: [], people: [], deadline: null })).toEqual({
      problem: '',
      measure: '按期办理',
      lead: null,
      supporting: [],
      owner: null,
      due: null,
    });
  });
});
