import { describe, expect, it } from 'vitest';
import { type NewSession, newSession } from '../../../sync-server/sync/new-session.ts';

const SIGNED_IN = { personId: 'p1', tokenHash: 'h1', expiresAtMs: 10 };
const MEMBER = { agencyId: 'a1', agencyName: 'agency one', role: 'mediator', isRemoved: false } as const;
const ASKED: NewSession = {
  sessionId: 's1',
  by: SIGNED_IN,
  personName: '林晓舟',
  documentState: 'draft',
  admission: { type: 'admit', capability: 'write', member: MEMBER, wireVersion: 2 },
};

describe('what is kept of a session', () => {
  it('is its id alone where a tab of the same person is in on the same terms', () => {
    const first = newSession(ASKED, undefined);
    const by = { ...SIGNED_IN };
    const second = newSession({ ...ASKED, sessionId: 's2', by }, first);
    expect(second.session.terms).toBe(first.session.terms);
    expect(second.signedIn).toBe(first.signedIn);
    expect([first.session.sessionId, second.session.sessionId]).toEqual(['s1', 's2']);
  });

  it('says everything it was admitted with, also where another tab has other terms', () => {
    const first = newSession(ASKED, undefined);
    const { capability, ...rest } = ASKED.admission;
    for (const change of [
      { documentState: 'frozen' as const },
      { personName: '林晓' },
      { admission: { ...rest, capability: 'read' as const } },
      { admission: { ...rest, capability, wireVersion: null } },
      { admission: { ...rest, capability, member: { ...MEMBER, role: 'reviewer' as const } } },
      { admission: { ...rest, capability, member: { ...MEMBER, agencyId: 'a2' } } },
      { admission: { ...rest, capability, member: { ...MEMBER, agencyName: 'agency two' } } },
      { by: { ...SIGNED_IN, personId: 'p2', tokenHash: 'h2' } },
    ]) {
      const asked = { ...ASKED, sessionId: 's2', ...change };
      const { session, signedIn } = newSession(asked, first);
      const { member, wireVersion } = asked.admission;
      expect({
        sessionId: session.sessionId,
        personId: session.personId,
        personName: session.personName,
        agencyId: session.agencyId,
        agencyName: session.agencyName,
        role: session.role,
        capability: session.capability,
        documentState: session.documentState,
        wireVersion: session.wireVersion,
      }).toEqual({
        sessionId: 's2',
        personId: asked.by.personId,
        personName: asked.personName,
        agencyId: member.agencyId,
        agencyName: member.agencyName,
        role: member.role,
        capability: asked.admission.capability,
        documentState: asked.documentState,
        wireVersion,
      });
      expect(signedIn).toEqual(asked.by);
    }
  });
});
