/** The case review's own record: where it came from and the two residents, by alias. */
import type { DemoDocument } from '../demo-types.ts';
import { DEMO_FICTION } from '../fiction.ts';
import { partyRow } from '../rows.ts';
import { idOf } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const host = PERSON.joelHart;
const partyId = (n: number) => idOf('5e2d0a30-0f00', n);

export const caseTitle = 'Fernhill Court: noise between two flats (ASB case review)';

export const reviewRecord: DemoDocument = {
  documentId: ID.case,
  kind: 'caseRecord',
  title: caseTitle,
  by: host,
  at: '2026-09-24T09:30',
  isNumbered: false,
  tasks: [],
  header: [
    {
      by: host,
      values: {
        source: 'party',
        channel: 'consultation',
        received: '2026-09-24',
        level: 'complex',
        place: 'Fernhill Court, Northmere',
      },
      longTexts: {
        summary: [
          'Resident A applied for a case review after three reports of noise in six months. The panel chose floor works and voluntary mediation before enforcement.',
          'Both residents agreed through Bridge and released the agreement on {10-29}; it is being kept. Next review {12-08}.',
          DEMO_FICTION.en,
        ].join('\n'),
      },
    },
  ],
  rows: {
    parties: [
      partyRow(host, {
        recordId: partyId(1),
        alias: 'Resident A (lower flat)',
        side: 'applicant',
        kind: 'individual',
        consent: 'agreed',
        openness: 'private',
      }),
      partyRow(host, {
        recordId: partyId(2),
        alias: 'Resident B (upper flat)',
        side: 'respondent',
        kind: 'individual',
        consent: 'agreed',
        openness: 'private',
      }),
    ],
  },
  prose: [],
};
