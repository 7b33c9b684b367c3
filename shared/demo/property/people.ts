/** The five seats of 观澜苑 and who sits in with them, all invented. The property company appears by alias, as parties do. */
import type { DemoAgency, DemoPerson } from '../demo-types.ts';
import { idOf, member } from '../writing.ts';

const agencyId = (n: number) => idOf('5e2d0a20-0a00', n);
const personId = (n: number) => idOf('5e2d0a20-0b00', n);

export const AGENCY = {
  party: agencyId(1),
  residents: agencyId(2),
  owners: agencyId(3),
  council: agencyId(4),
  manager: agencyId(5),
  housing: agencyId(6),
  justice: agencyId(7),
} as const;

export const PERSON = {
  heLan: personId(1),
  shiLei: personId(2),
  yeXiaoman: personId(3),
  wenRuyu: personId(4),
  gaoYuanshan: personId(5),
  leiQiming: personId(6),
  zhongNan: personId(7),
  jianNing: personId(8),
} as const;

export const AGENCIES: readonly DemoAgency[] = [
  { agencyId: AGENCY.party, name: '东湖街道观澜社区党组织', shortName: '社区党组织', mark: '云东' },
  { agencyId: AGENCY.residents, name: '东湖街道观澜社区居民委员会', shortName: '社区居委会', mark: '观居' },
  { agencyId: AGENCY.owners, name: '观澜苑业主委员会', shortName: '业委会', mark: '观业' },
  { agencyId: AGENCY.council, name: '观澜苑居民理事会', shortName: '居民理事会', mark: '观理' },
  { agencyId: AGENCY.manager, name: '观澜苑物业企业', shortName: '物业企业', mark: '观物' },
  { agencyId: AGENCY.housing, name: '云东区住房和城乡建设局', shortName: '区住建局', mark: '东建' },
  { agencyId: AGENCY.justice, name: '云东区司法局', shortName: '区司法局', mark: '东司' },
];

export const PEOPLE: readonly DemoPerson[] = [
  member(PERSON.heLan, '贺岚', AGENCY.party, 'host'),
  member(PERSON.shiLei, '石磊', AGENCY.residents, 'mediator'),
  member(PERSON.yeXiaoman, '叶小满', AGENCY.residents, 'recorder'),
  member(PERSON.wenRuyu, '温如玉', AGENCY.owners, 'participant'),
  member(PERSON.gaoYuanshan, '高远山', AGENCY.council, 'participant'),
  member(PERSON.leiQiming, '雷启明', AGENCY.manager, 'participant'),
  member(PERSON.zhongNan, '钟楠', AGENCY.housing, 'participant'),
  member(PERSON.jianNing, '简宁', AGENCY.justice, 'reviewer'),
];
