/** The first contact with the applicant, written by the single point of contact. Aliases only. */
import type { DemoDocument } from '../demo-types.ts';
import { writtenBy } from '../writing.ts';
import { ID } from './ids.ts';
import { PERSON } from './people.ts';

const byContact = writtenBy(PERSON.joelHart);

export const contactNote: DemoDocument = {
  documentId: ID.note,
  kind: 'caseNote',
  title: 'Case note: first contact with Resident A',
  by: PERSON.joelHart,
  at: '2026-10-07T10:15',
  isNumbered: false,
  tasks: [],
  comments: [
    {
      at: '2026-09-29T09:30',
      by: PERSON.owenFry,
      on: 'document',
      text: 'Remove “suspected drug use”: unsupported, and criminal-offence data.',
      isBlocking: true,
      replies: [{ at: '2026-09-29T11:10', by: PERSON.joelHart, text: 'Removed; the document was created anew.' }],
      resolved: { at: '2026-09-29T13:00', by: PERSON.owenFry },
    },
  ],
  header: [
    {
      by: PERSON.joelHart,
      values: {
        noteType: 'visit',
        at: '2026-09-28T14:00',
        place: 'By phone, then at Fernhill Court',
        interviewers: [PERSON.joelHart],
        recorder: PERSON.joelHart,
        interviewees: ['Resident A'],
      },
    },
  ],
  prose: [
    byContact('h1', '1. What was explained'),
    byContact(
      'p',
      'Purpose and privacy notice explained. Consent given to share with the named agencies, not with the GP. Taking part in mediation is a choice and may be ended at any time.',
    ),
    byContact('h1', '2. Account'),
    byContact(
      'p',
      'Amplified music and dropped weights from the flat above, 22:30–01:30, 2–3 nights a week. Resident A sleeps in the living room.',
    ),
    byContact('bullet', 'Reported on {06-02} (landlord), {07-19} (police) and {08-30} (environmental health).'),
    byContact(
      'bullet',
      'Three reports in six months, each within a month of the event: the local threshold is met. Decision letter {10-02}.',
    ),
    byContact('h1', '3. Requests'),
    byContact('p', 'Quiet after 22:30 and an apology. Resident A does not want Resident B evicted.'),
    byContact('h1', '4. Facts and sources'),
    byContact(
      'bullet',
      'Agreed: laminate floor fitted in {2026-03} without underlay (landlord’s inspection, {09-09}).',
    ),
    byContact('bullet', 'Disputed: how often.'),
    byContact('bullet', 'To check: 14 noise-app recordings, 5 above the environmental health guide level.'),
    byContact(
      'bullet',
      'Resident B, contacted {10-05}: works nights and exercises when home; banging on the ceiling upsets his son at weekends; willing to mediate.',
    ),
    byContact('h1', '5. Read-back and corrections'),
    byContact(
      'p',
      'Read back by phone. Resident A corrected “every night” to “2–3 nights a week” and initialled it on {10-07}.',
    ),
  ],
};
