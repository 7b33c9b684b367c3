/** The joint team of the wage dispute, all invented: agencies and people under fixed ids. */
import type { DemoAgency, DemoPerson } from '../demo-types.ts';
import { idOf, member } from '../writing.ts';

const agencyId = (n: number) => idOf('5e2d0a10-0a00', n);
const personId = (n: number) => idOf('5e2d0a10-0b00', n);

export const AGENCY = {
  governanceCentre: agencyId(1),
  justice: agencyId(2),
  labour: agencyId(3),
  housing: agencyId(4),
  petitions: agencyId(5),
  union: agencyId(6),
  legalAid: agencyId(7),
  court: agencyId(8),
  civilAffairs: agencyId(9),
} as const;

export const PERSON = {
  linXiaozhou: personId(1),
  qinYiming: personId(2),
  zhouMin: personId(3),
  heZhiyuan: personId(4),
  mengXiangning: personId(5),
  tangKe: personId(6),
  luJing: personId(7),
  xuZhixia: personId(8),
  shenZhixing: personId(9),
  baiLu: personId(10),
} as const;

export const AGENCIES: readonly DemoAgency[] = [
  { agencyId: AGENCY.governanceCentre, name: '云川县综治中心', shortName: '县综治中心', mark: '云城' },
  { agencyId: AGENCY.justice, name: '云川县司法局', shortName: '县司法局', mark: '云司' },
  { agencyId: AGENCY.labour, name: '云川县人力资源和社会保障局', shortName: '县人社局', mark: '云人社' },
  { agencyId: AGENCY.housing, name: '云川县住房和城乡建设局', shortName: '县住建局', mark: '云建' },
  { agencyId: AGENCY.petitions, name: '云川县信访局', shortName: '县信访局', mark: '云信' },
  { agencyId: AGENCY.union, name: '云川县总工会', shortName: '县总工会', mark: '云工' },
  { agencyId: AGENCY.legalAid, name: '云川县法律援助中心', shortName: '县法律援助中心', mark: '云援' },
  { agencyId: AGENCY.court, name: '云川县人民法院', shortName: '县法院', mark: '云法' },
  { agencyId: AGENCY.civilAffairs, name: '云川县民政局', shortName: '县民政局', mark: '云民' },
];

export const PEOPLE: readonly DemoPerson[] = [
  { ...member(PERSON.linXiaozhou, '林晓舟', AGENCY.governanceCentre, 'host'), isAdministrator: true },
  member(PERSON.qinYiming, '秦一鸣', AGENCY.governanceCentre, 'recorder'),
  member(PERSON.zhouMin, '周敏', AGENCY.justice, 'mediator'),
  member(PERSON.heZhiyuan, '何志远', AGENCY.labour, 'participant'),
  member(PERSON.mengXiangning, '孟祥宁', AGENCY.housing, 'participant'),
  member(PERSON.tangKe, '唐可', AGENCY.petitions, 'participant'),
  member(PERSON.luJing, '鲁婧', AGENCY.union, 'participant'),
  member(PERSON.xuZhixia, '许知夏', AGENCY.justice, 'reviewer'),
  member(PERSON.shenZhixing, '沈知行', AGENCY.court, 'observer'),
  // The workers' legal-aid lawyer stands for one side: an account of the house, but no place among the agencies.
  member(PERSON.baiLu, '白露', AGENCY.legalAid, null),
];
