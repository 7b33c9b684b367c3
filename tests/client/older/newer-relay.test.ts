/** A relay of a newer version answers a client of this one: words that are not known are passed over, the answer is read. */
import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../../client/replica/api-client.ts';
import { saysUnknown } from '../../../shared/api.ts';
import { canCommand, canEnter, capability, ROLES } from '../../../shared/permissions.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Answers everything with this. */
function clientOf(answer: unknown, status = 200) {
  const fetch = async () => new Response(JSON.stringify(answer), { status });
  return createApiClient({ fetch, origin: 'http://concord.example', clock: createFakeClock() }, uuid(1));
}

const summary = {
  caseId: uuid(2),
  title: '欠薪',
  category: 'platformWork',
  number: null,
  leadAgencyId: uuid(3),
  leadAgencyName: '县综治中心',
  myRole: 'host',
  myAgencyId: uuid(3),
  memberCount: 2,
  documentCount: 1,
  version: 1,
  changedAtMs: 1,
  urgency: { level: 3 },
};
const document = {
  documentId: uuid(4),
  caseId: uuid(2),
  kind: 'agreement',
  title: '协议书',
  audience: 'court',
  audienceAgencyId: null,
  state: 'sealed',
  number: null,
  version: 1,
  createdBy: uuid(1),
  changedAtMs: 1,
  seal: { by: uuid(1) },
};
const member = {
  personId: uuid(1),
  name: '林晓舟',
  agencyId: uuid(3),
  agencyName: '县综治中心',
  role: 'keeper',
  since: 1,
};
const detail = { ...summary, members: [member, { ...member, personId: uuid(5), role: 'host' }], documents: [document] };

describe('answers of a newer relay', () => {
  it('[C5] a case with kinds, states, audiences and roles that are not known is read, and told as such', async () => {
    const answer = await clientOf(detail).caseDetail(uuid(2));
    if (answer.kind !== 'ok') throw new Error(answer.kind);
    const { value } = answer;
    expect(value).toMatchObject({ title: '欠薪', category: 'unknown', myRole: 'host' });
    expect(value.documents).toMatchObject([
      { title: '协议书', kind: 'unknown', state: 'unknown', audience: 'unknown' },
    ]);
    expect(value.members.map(({ role }) => role)).toEqual(['unknown', 'host']);
    expect(saysUnknown(value)).toBe(true);
    expect(saysUnknown({ ...value, category: 'wageArrears', members: [], documents: [] })).toBe(false);
  });

  it('[C5] one case of another kind does not take the list away', async () => {
    const answer = await clientOf([{ ...summary, category: 'wageArrears' }, summary]).cases();
    expect(answer).toMatchObject({ kind: 'ok', value: [{ category: 'wageArrears' }, { category: 'unknown' }] });
  });

  it('[C5] a command is answered, also with more or another reason than is known, and not asked for again', async () => {
    const command = { commandId: uuid(9), type: 'freezeDocument', documentId: uuid(4) } as const;
    const done = await clientOf({ outcome: 'done', version: 2, receipt: 'x' }).command(command);
    expect(done).toEqual({ kind: 'ok', value: { outcome: 'done', version: 2 } });
    const refused = await clientOf({ outcome: 'refused', reason: 'two-signatures-missing', n: 2 }, 409).command(
      command,
    );
    expect(refused).toEqual({ kind: 'ok', value: { outcome: 'refused', reason: 'unknown' } });
  });

  it('[C5] activity of another kind, about another kind of document, is one line among the others', async () => {
    const item = {
      activityId: 1,
      atMs: 1,
      what: 'sealed',
      times: 1,
      personId: uuid(1),
      personName: '林晓舟',
      agencyName: null,
      document: { documentId: uuid(4), kind: 'agreement', title: '协议书' },
      subjectName: null,
      role: 'keeper',
      number: null,
    };
    const answer = await clientOf({ items: [item], before: null, total: 1 }).activity(uuid(2), null);
    expect(answer).toMatchObject({ kind: 'ok', value: { items: [{ what: 'sealed', role: 'unknown' }] } });
  });
});

describe('a role or an audience that is not known', () => {
  it('gives no right to write or command, and says nobody is in it who may not be', () => {
    const question = { actingAgencyId: uuid(3), audienceAgencyId: null, state: 'draft', room: 'body' } as const;
    expect(capability({ ...question, role: 'unknown', audience: 'joint' })).toBe('read');
    expect(capability({ ...question, role: 'unknown', audience: 'mediators' })).toBe('none');
    for (const role of ROLES) expect(canEnter({ ...question, role, audience: 'unknown' })).toBe(false);
    expect(canCommand('unknown', 'freezeDocument')).toBe(false);
  });
});
