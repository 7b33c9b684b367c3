/** The panel of the Northmere case review, all invented. The two residents are parties: aliases only. */
import type { DemoAgency, DemoPerson } from '../demo-types.ts';
import { idOf, member } from '../writing.ts';

const agencyId = (n: number) => idOf('5e2d0a30-0a00', n);
const personId = (n: number) => idOf('5e2d0a30-0b00', n);

export const AGENCY = {
  communitySafety: agencyId(1),
  environmentalHealth: agencyId(2),
  police: agencyId(3),
  landlord: agencyId(4),
  socialCare: agencyId(5),
  mediation: agencyId(6),
  chair: agencyId(7),
  information: agencyId(8),
} as const;

export const PERSON = {
  joelHart: personId(1),
  priyaNair: personId(2),
  danaWhitlock: personId(3),
  samReeve: personId(4),
  lenaBrook: personId(5),
  miaStone: personId(6),
  owenFry: personId(7),
} as const;

export const AGENCIES: readonly DemoAgency[] = [
  {
    agencyId: AGENCY.communitySafety,
    name: 'Northmere Borough Council, Community Safety',
    shortName: 'Community Safety',
    mark: 'NM-CR',
  },
  {
    agencyId: AGENCY.environmentalHealth,
    name: 'Northmere Borough Council, Environmental Health',
    shortName: 'Environmental Health',
    mark: 'NM-EH',
  },
  { agencyId: AGENCY.police, name: 'Northmere Police, Neighbourhood Team', shortName: 'Police', mark: 'NMP' },
  { agencyId: AGENCY.landlord, name: 'Oakway Homes', shortName: 'Oakway Homes', mark: 'OAK' },
  { agencyId: AGENCY.socialCare, name: 'Northmere Adult Social Care', shortName: 'Adult Social Care', mark: 'NM-ASC' },
  { agencyId: AGENCY.mediation, name: 'Bridge Mediation CIC', shortName: 'Bridge Mediation', mark: 'BM' },
  { agencyId: AGENCY.chair, name: 'Independent chair', shortName: 'Chair', mark: 'CH' },
  {
    agencyId: AGENCY.information,
    name: 'Northmere Borough Council, Information Governance',
    shortName: 'Information Governance',
    mark: 'NM-IG',
  },
];

export const PEOPLE: readonly DemoPerson[] = [
  member(PERSON.joelHart, 'Joel Hart', AGENCY.communitySafety, 'host'),
  member(PERSON.priyaNair, 'Priya Nair', AGENCY.chair, 'host'),
  member(PERSON.danaWhitlock, 'Dana Whitlock', AGENCY.environmentalHealth, 'participant'),
  member(PERSON.samReeve, 'Sam Reeve', AGENCY.police, 'participant'),
  member(PERSON.lenaBrook, 'Lena Brook', AGENCY.landlord, 'participant'),
  member(PERSON.miaStone, 'Mia Stone', AGENCY.communitySafety, 'recorder'),
  member(PERSON.owenFry, 'Owen Fry', AGENCY.information, 'reviewer'),
];
