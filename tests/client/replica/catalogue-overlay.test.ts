/** Waiting commands laid over what the server last said: at once visible, never twice, never out of nothing. */
import { describe, expect, it } from 'vitest';
import { type CatalogueSnapshot, layCommandsOver } from '../../../client/replica/catalogue-overlay.ts';
import type { Directory, Me } from '../../../shared/api.ts';
import type { Command } from '../../../shared/commands.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [ME, OTHER, AGENCY, CASE, DOCUMENT] = [1, 2, 3, 4, 5].map(id) as [string, string, string, string, string];

const agency = { agencyId: AGENCY, name: '云城区司法局', shortName: '司法局', mark: '云城' };
const person = { personId: ME, name: '甲', agencyIds: [AGENCY], isAdministrator: false };
const me: Me = { person, agencies: [agency], generation: 'g' };
const directory: Directory = { agencies: [agency], people: [person, { ...person, personId: OTHER, name: '乙' }] };
const NOTHING: CatalogueSnapshot = { cases: [], details: {} };

const createCase: Command = {
  commandId: id(10),
  type: 'createCase',
  caseId: CASE,
  title: '欠薪',
  category: 'wageArrears',
  agencyId: AGENCY,
};
const register: Command = {
  commandId: id(11),
  type: 'registerDocument',
  documentId: DOCUMENT,
  caseId: CASE,
  kind: 'caseNote',
  title: '记录',
  audience: 'joint',
};
const invite: Command = {
  commandId: id(12),
  type: 'inviteMember',
  caseId: CASE,
  personId: OTHER,
  agencyId: AGENCY,
  role: 'participant',
};

const lay = (commands: readonly Command[], snapshot = NOTHING) =>
  layCommandsOver(snapshot, commands, { me, directory, nowMs: 5 });

describe('commands laid over the catalogue', () => {
  it('show a case with its document and member before the server has heard of them', () => {
    const { cases, details } = lay([createCase, register, invite]);
    expect(cases).toEqual([
      expect.objectContaining({ caseId: CASE, title: '欠薪', myRole: 'host', memberCount: 2, documentCount: 1 }),
    ]);
    expect(details[CASE]?.members.map(({ name, role }) => [name, role])).toEqual([
      ['甲', 'host'],
      ['乙', 'participant'],
    ]);
    expect(details[CASE]?.documents[0]).toMatchObject({ documentId: DOCUMENT, state: 'draft', createdBy: ME });
  });

  it('change nothing the second time, as when the server has done them already', () => {
    const once = lay([createCase, register, invite]);
    expect(lay([createCase, register, invite], once)).toEqual(once);
  });

  it('follow changes of roles and of members', () => {
    const changed = lay([
      createCase,
      invite,
      { commandId: id(13), type: 'changeRole', caseId: CASE, personId: OTHER, role: 'reviewer' },
    ]);
    expect(changed.details[CASE]?.members[1]?.role).toBe('reviewer');
    const removed = lay([{ commandId: id(14), type: 'removeMember', caseId: CASE, personId: OTHER }], changed);
    expect(removed.cases[0]?.memberCount).toBe(1);
  });

  it('change nothing where the case is unknown, and never say what only the server can', () => {
    expect(lay([register, invite])).toEqual(NOTHING);
    const before = lay([createCase, register]);
    const number: Command = { commandId: id(15), type: 'giveNumber', target: { of: 'case', caseId: CASE } };
    const freeze: Command = { commandId: id(16), type: 'freezeDocument', documentId: DOCUMENT };
    expect(lay([number, freeze], before)).toEqual(before);
  });
});
