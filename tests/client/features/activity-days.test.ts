/** The list of what happened: what waits first, a making told once, a sentence for everything. */
import { describe, expect, it } from 'vitest';
import { activityDays } from '../../../client/features/case/activity/activity-days.ts';
import { catalogue } from '../../../client/language/catalogue.ts';
import { COMMAND_ACTIVITIES, WRITING_ACTIVITIES } from '../../../shared/activity.ts';
import type { ActivityItem, CaseDetail, Directory, Me } from '../../../shared/api.ts';
import type { Command } from '../../../shared/commands.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [ME, OTHER, AGENCY, CASE, DOCUMENT] = [1, 2, 3, 4, 5].map(id) as [string, string, string, string, string];
const NOON = Date.parse('2026-10-20T12:00:00');

const agency = { agencyId: AGENCY, name: '云城区司法局', shortName: '司法局', mark: '云城' };
const person = { personId: ME, name: '甲', agencyIds: [AGENCY], isAdministrator: false };
const me: Me = { person, agencies: [agency], generation: 'g' };
const directory: Directory = { agencies: [agency], people: [person, { ...person, personId: OTHER, name: '乙' }] };
const document = {
  documentId: DOCUMENT,
  caseId: CASE,
  kind: 'caseNote' as const,
  title: '记录',
  audience: 'joint' as const,
  audienceAgencyId: null,
  state: 'draft' as const,
  number: null,
  version: 1,
  createdBy: ME,
  changedAtMs: NOON,
};
const detail: CaseDetail = {
  caseId: CASE,
  title: '欠薪',
  category: 'wageArrears',
  number: null,
  leadAgencyId: AGENCY,
  leadAgencyName: agency.name,
  myRole: 'host',
  myAgencyId: AGENCY,
  memberCount: 1,
  documentCount: 1,
  version: 1,
  changedAtMs: NOON,
  members: [],
  documents: [document],
};

let made = 0;
function happened(what: string, atMs: number, change: Partial<ActivityItem> = {}): ActivityItem {
  return {
    activityId: ++made,
    atMs,
    what,
    times: 1,
    personId: ME,
    personName: '甲',
    agencyName: agency.name,
    document: null,
    subjectName: null,
    role: null,
    number: null,
    ...change,
  };
}
const ofDocument = { document: { documentId: DOCUMENT, kind: 'caseNote', title: '记录' } };
const days = (items: readonly ActivityItem[], waiting: readonly Command[] = []) =>
  activityDays(items, waiting, { detail, me, directory });

describe('the activity of a case as it is listed', () => {
  it('has a sentence for everything that the relay notes', () => {
    for (const what of [...COMMAND_ACTIVITIES, ...WRITING_ACTIVITIES]) {
      expect(catalogue).toHaveProperty([`activity.${what}`]);
    }
  });

  it('is by day where the person is, and tells the making of a document once', () => {
    const items = [
      happened('comment', NOON + 60_000, ofDocument),
      happened('wrote', NOON + 120_000, { ...ofDocument, personId: OTHER }),
      happened('wrote', NOON + 30_000, ofDocument),
      happened('documentRegistered', NOON, ofDocument),
      happened('wrote', NOON - 86_400_000 + 5_000, {
        document: { documentId: CASE, kind: 'caseRecord', title: '欠薪' },
      }),
      happened('caseCreated', NOON - 86_400_000),
    ];
    expect(days(items).map(({ day, items: shown }) => [day, shown.map(({ what }) => what)])).toEqual([
      ['2026-10-20', ['comment', 'wrote', 'documentRegistered']],
      ['2026-10-19', ['caseCreated']],
    ]);
    const later = [happened('wrote', NOON + 120_000, ofDocument), happened('documentRegistered', NOON, ofDocument)];
    expect(days(later)[0]?.items).toHaveLength(2);
  });

  it('has what this device has asked for on top, newest first, and only of this case', () => {
    const base = { caseId: CASE, personId: OTHER, agencyId: AGENCY } as const;
    const waiting: Command[] = [
      { commandId: id(10), type: 'inviteMember', ...base, role: 'reviewer' },
      { commandId: id(11), type: 'freezeDocument', documentId: DOCUMENT },
      { commandId: id(12), type: 'giveNumber', target: { of: 'case', caseId: CASE } },
      { commandId: id(13), type: 'removeMember', caseId: id(99), personId: OTHER },
      { commandId: id(14), type: 'freezeDocument', documentId: id(98) },
    ];
    const [first, ...rest] = days([happened('caseCreated', NOON)], waiting);
    expect(rest).toHaveLength(1);
    expect(first?.day).toBeNull();
    expect(first?.items).toMatchObject([
      { what: 'documentFrozen', isWaiting: true, document: { title: '记录' } },
      { what: 'memberInvited', isWaiting: true, subjectName: '乙', role: 'reviewer', agencyName: agency.name },
    ]);
  });
});
