/** The case review's minutes: items, options, three decisions with reasons, one dissent. Support needs are kept elsewhere. */
import type { AttendanceStatus } from '../../kinds/joint-minutes.ts';
import type { DemoDocument } from '../demo-types.ts';
import { agendaRow, attendanceRow, type DemoDecision, decisionBlock, decisionRow } from '../rows.ts';
import { agency, idOf, writtenBy } from '../writing.ts';
import { decisionId, ID, taskId } from './ids.ts';
import { AGENCY, PERSON } from './people.ts';

const recorder = PERSON.miaStone;
const byRecorder = writtenBy(recorder);
const ofPlan = (n: number) => ({ documentId: ID.plan, recordId: taskId(n) });

const decided: readonly DemoDecision[] = [
  {
    recordId: decisionId(1),
    kind: 'numbered',
    content: [
      agency(AGENCY.landlord, 'Oakway Homes'),
      ' fits acoustic underlay at its own cost by {11-13}; the tenant takes time off for the fitting.',
    ],
    task: ofPlan(2),
  },
  {
    recordId: decisionId(2),
    kind: 'numbered',
    content:
      'Mediation through Bridge is offered to both. It is voluntary; only “agreed” or “not agreed” is reported unless both sign a release.',
    task: ofPlan(3),
  },
  {
    recordId: decisionId(3),
    kind: 'numbered',
    content: 'No enforcement now; environmental health monitors again for seven nights after the works.',
    dissent: 'Police: a Community Protection Warning in parallel. May be raised again at the next review.',
    task: ofPlan(4),
  },
];

const attended = (person: string, of: string, status: AttendanceStatus, note?: string) =>
  attendanceRow(recorder, { person, agency: of, status, ...(note === undefined ? {} : { note }) });
const item = (n: number, words: string, of: string, person: string) =>
  agendaRow(recorder, { recordId: idOf('5e2d0a30-0c20', n), item: words, agency: of, person });

export const reviewMeeting: DemoDocument = {
  documentId: ID.meeting,
  kind: 'jointMinutes',
  title: 'ASB case review: Fernhill Court',
  by: recorder,
  at: '2026-10-13T11:40',
  isNumbered: true,
  tasks: [],
  comments: [
    {
      at: '2026-10-14T10:00',
      by: PERSON.owenFry,
      on: { words: 'Support needs are in a restricted note.' },
      text: 'Health detail from social care belongs in the restricted note, not here.',
      isBlocking: false,
      replies: [{ at: '2026-10-14T11:20', by: recorder, text: 'Moved.' }],
      resolved: { at: '2026-10-14T14:00', by: PERSON.owenFry },
    },
    {
      at: '2026-10-14T10:10',
      by: PERSON.owenFry,
      on: { words: 'Confidentiality statement read and signed.' },
      text: 'Cite the basis for sharing: section 104 of the 2014 Act and the data-sharing agreement.',
      isBlocking: false,
      replies: [{ at: '2026-10-14T11:25', by: recorder, text: 'Added.' }],
      resolved: { at: '2026-10-14T14:02', by: PERSON.owenFry },
    },
  ],
  header: [
    {
      by: recorder,
      values: {
        at: '2026-10-13T10:00',
        until: '2026-10-13T11:25',
        mode: 'hybrid',
        place: 'Council offices and online',
        host: PERSON.priyaNair,
        recorder,
        nextMeeting: '2026-12-08T10:00',
      },
    },
  ],
  rows: {
    attendance: [
      attended(PERSON.priyaNair, AGENCY.chair, 'present'),
      attended(PERSON.joelHart, AGENCY.communitySafety, 'present'),
      attended(PERSON.danaWhitlock, AGENCY.environmentalHealth, 'present'),
      attended(PERSON.samReeve, AGENCY.police, 'present'),
      attended(PERSON.lenaBrook, AGENCY.landlord, 'present'),
      attended(PERSON.miaStone, AGENCY.communitySafety, 'present'),
      attendanceRow(recorder, {
        person: 'Public health officer',
        agency: 'Public Health',
        status: 'apologies',
        note: 'Information sent {10-09}',
        recordId: idOf('5e2d0a30-0c10', 1),
      }),
    ],
    agenda: [
      item(1, 'The applicant’s account', AGENCY.communitySafety, PERSON.joelHart),
      item(2, 'Actions to date', AGENCY.landlord, PERSON.lenaBrook),
      item(3, 'Support needs (restricted note)', AGENCY.communitySafety, PERSON.joelHart),
      item(4, 'Options and decisions', AGENCY.chair, PERSON.priyaNair),
    ],
    decisions: decided.map((each) => decisionRow(recorder, each)),
  },
  prose: [
    byRecorder(
      'p',
      'OFFICIAL-SENSITIVE (personal). Confidentiality statement read and signed. Shared under section 104 of the Anti-social Behaviour, Crime and Policing Act 2014 and the data-sharing agreement.',
    ),
    byRecorder('h1', '1. Reports'),
    byRecorder(
      'p',
      'Resident A attended items 1 and 2 with a supporter and was heard in her own words. Impact: sleep; six days’ absence from work.',
    ),
    writtenBy(PERSON.lenaBrook)('bullet', 'Oakway Homes: letter in {06}; floor inspected in {09}.'),
    writtenBy(PERSON.danaWhitlock)(
      'bullet',
      'Environmental Health: monitor installed {09-03..09-10}; no statutory nuisance witnessed.',
    ),
    writtenBy(PERSON.samReeve)('bullet', 'Police: one visit, no offence.'),
    byRecorder(
      'p',
      'Support needs are in a restricted note. Voluntary referral was offered to both households; nothing is shared without consent.',
    ),
    byRecorder('h1', '2. Decisions'),
    byRecorder(
      'p',
      'Options considered: informal warning, floor works, mediation, Community Protection Warning, doing nothing.',
    ),
    ...decided.map((each) => decisionBlock(recorder, each)),
    byRecorder('p', 'Reason for the works: they remove the main path of the sound.'),
    byRecorder('h1', '3. Dissent'),
    writtenBy(PERSON.samReeve)('p', 'Police preferred a Community Protection Warning in parallel.'),
    writtenBy(PERSON.priyaNair)('p', 'Chair: disproportionate before the works; police may revisit it at the review.'),
    byRecorder('h1', '4. Next steps'),
    byRecorder(
      'p',
      'Appeal route explained (15 working days). Outcome letter by {10-20}. The content of mediation is not to be sought from Bridge. Next review {2026-12-08}.',
    ),
  ],
};
