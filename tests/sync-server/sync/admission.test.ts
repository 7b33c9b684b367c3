/** Admission as a table: for each thing that can be wrong the row the client is closed with, and their order. */
import { describe, expect, it } from 'vitest';
import { OLDEST_WIRE_VERSION, WIRE_VERSION } from '../../../shared/versions.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import type { DocumentStanding } from '../../../sync-server/store/reader.ts';
import { type AdmissionQuestion, admit } from '../../../sync-server/sync/admission.ts';

const standing: DocumentStanding = {
  documentId: 'd',
  caseId: 'c',
  audience: 'joint',
  audienceAgencyId: null,
  state: 'draft',
  member: { role: 'participant', agencyId: 'a', agencyName: 'A', isRemoved: false },
};

const member = (change: Partial<NonNullable<DocumentStanding['member']>>) => ({
  role: 'participant' as const,
  agencyId: 'a',
  agencyName: 'A',
  isRemoved: false,
  ...change,
});

const none = { all: 0, room: 0, person: 0, personRooms: 1 };

const stranger: DocumentStanding = { ...standing, member: null };
const removed: DocumentStanding = { ...standing, member: member({ isRemoved: true }) };

const welcome: AdmissionQuestion = {
  isDraining: false,
  isOriginRight: true,
  address: { documentId: 'd', room: 'body' },
  query: {},
  personId: 'p',
  standing,
  generation: 'g',
  recovery: null,
  minProseVersion: 2,
  counts: none,
  limits: LIMITS,
};

const refusals: [string, Partial<AdmissionQuestion>, string][] = [
  ['the relay drains', { isDraining: true }, 'draining'],
  ['another origin, or none', { isOriginRight: false }, 'noAccess'],
  ['a path that is no room', { address: null }, 'unknownRoom'],
  ['a query that cannot be read', { query: null }, 'malformed'],
  ['nobody signed in', { personId: null, standing: null }, 'signIn'],
  ['a replica of another person', { query: { as: 'q' } }, 'otherPerson'],
  ['a wire that is too old', { query: { v: OLDEST_WIRE_VERSION - 1 } }, 'updateClient'],
  ['a newer wire', { query: { v: WIRE_VERSION + 1 } }, 'updateClient'],
  ['a prose schema that is too old', { query: { sv: 1 } }, 'updateClient'],
  ['another store generation', { query: { gen: 'before' } }, 'otherGeneration'],
  ['no such document', { standing: null }, 'unknownRoom'],
  ['no member of the case', { standing: { ...standing, member: null } }, 'noAccess'],
  ['a former member', { standing: { ...standing, member: member({ isRemoved: true }) } }, 'noAccess'],
  ['not in the audience', { standing: { ...standing, audience: 'mediators' } }, 'noAccess'],
  ["another agency's document", { standing: { ...standing, audience: 'agency', audienceAgencyId: 'b' } }, 'noAccess'],
  ['no such document, lost or never there', { standing: null, recovery: { mayCarry: true } }, 'recovering'],
  ['no member, or not any more', { standing: stranger, recovery: { mayCarry: true } }, 'recovering'],
  ['no member, long after a restore', { standing: stranger, recovery: { mayCarry: false } }, 'noAccess'],
  ['a removed member, also after a restore', { standing: removed, recovery: { mayCarry: true } }, 'noAccess'],
  ['a wire without claims after a restore', { query: { v: 1 }, recovery: { mayCarry: false } }, 'updateClient'],
  ['too many sockets in all', { counts: { ...none, all: LIMITS.sockets } }, 'tooMany'],
  ['too many in the room', { counts: { ...none, room: LIMITS.socketsPerRoom } }, 'tooMany'],
  ['too many of one person', { counts: { ...none, person: LIMITS.socketsPerPerson } }, 'tooMany'],
  ['too many rooms of one person', { counts: { ...none, personRooms: LIMITS.roomsPerPerson + 1 } }, 'tooMany'],
];

describe('admission', () => {
  for (const [name, change, row] of refusals) {
    it(`[R7] ${name}: ${row}`, () => {
      expect(admit({ ...welcome, ...change })).toEqual({ type: 'refuse', row });
    });
  }

  it('lets a member in with what the table of rights says', () => {
    expect(admit(welcome)).toMatchObject({ type: 'admit', capability: 'write' });
    expect(admit({ ...welcome, standing: { ...standing, state: 'frozen' } })).toMatchObject({ capability: 'read' });
    const observer = { ...standing, member: member({ role: 'observer' }) };
    expect(admit({ ...welcome, standing: observer })).toMatchObject({ capability: 'read' });
    expect(admit({ ...welcome, address: { documentId: 'd', room: 'record' } })).toMatchObject({ capability: 'read' });
  });

  it('takes the stock client, which says nothing of itself, and ours, which says everything right', () => {
    const query = { as: 'p', v: WIRE_VERSION, sv: 2, gen: 'g' };
    expect(admit({ ...welcome, query })).toMatchObject({ type: 'admit', wireVersion: WIRE_VERSION });
    expect(admit(welcome)).toMatchObject({ wireVersion: null });
  });

  it('takes a client that is one wire older, and remembers what it can read', () => {
    const query = { as: 'p', v: WIRE_VERSION - 1, sv: 2, gen: 'g' };
    expect(admit({ ...welcome, query })).toMatchObject({ type: 'admit', wireVersion: WIRE_VERSION - 1 });
  });

  it('[C9] tells a page of another person so before anything about the document', () => {
    const question = { ...welcome, query: { as: 'q' }, standing: null };
    expect(admit(question)).toEqual({ type: 'refuse', row: 'otherPerson' });
  });
});
