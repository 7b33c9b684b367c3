/** Parties read from their records: by alias, whatever was written, and a no that is not voted down. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createRecord, deleteRecord, readRecords, type WriteContext } from '../../../shared/fields/records.ts';
import { type FieldValue, setRegister } from '../../../shared/fields/register.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { CASE_FIELDS, PARTY_CONSENTS, PARTY_FIELDS, PARTY_SIDES } from '../../../shared/kinds/case-record.ts';
import { hasDeclined, newParty, nextAlias, readParties } from '../../../shared/kinds/parties.ts';
import { BODY_ROOTS } from '../../../shared/rooms.ts';

const { alias, side, consent } = PARTY_FIELDS;

describe('parties of a case', () => {
  it('have a column for every field, and the case its fields', () => {
    expect(KINDS.caseRecord.records?.parties?.map(({ id }) => id)).toEqual(Object.values(PARTY_FIELDS));
    for (const id of Object.values(CASE_FIELDS)) expect(KINDS.caseRecord.fields.map((field) => field.id)).toContain(id);
  });

  it('stand with their side, each side together, under an alias nobody else has', () => {
    const { map, context } = openParties();
    for (const each of ['applicant', 'respondent', 'applicant', 'third', 'respondent', 'applicant'] as const) {
      const { values, index } = newParty(each, readParties(readRecords(map)), 'zh-CN');
      createRecord(map, { recordId: context.newRev(), values, index }, context);
    }
    const parties = readParties(readRecords(map));
    expect(parties.map((party) => party.alias)).toEqual([
      '申请人甲',
      '申请人乙',
      '申请人丙',
      '被申请人甲',
      '被申请人乙',
      '第三人甲',
    ]);
    expect(new Set(parties.map((party) => party.consent))).toEqual(new Set(['pending']));
    const [, second] = parties;
    if (second === undefined) throw new Error('six parties');
    deleteRecord(map, second.record.recordId, context);
    expect(nextAlias('applicant', readParties(readRecords(map)), 'zh-CN')).toBe('申请人乙');
    expect(nextAlias('third', [], 'en')).toBe('Third party A');
  });

  it('run out of letters and not of aliases', () => {
    const { map, context } = openParties();
    for (let n = 0; n < 14; n++) {
      const { values, index } = newParty('applicant', readParties(readRecords(map)), 'zh-CN');
      createRecord(map, { recordId: context.newRev(), values, index }, context);
    }
    const aliases = readParties(readRecords(map)).map((party) => party.alias);
    expect(aliases.slice(9)).toEqual(['申请人癸', '申请人11', '申请人12', '申请人13', '申请人14']);
  });

  it('whose consent is contested count as having declined until somebody picks', () => {
    const { doc, map, context } = openParties();
    createRecord(map, { recordId: 'p', values: { [consent]: 'pending' } }, context);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    setRegister(map, { recordId: 'p', field: consent, value: 'withdrawn', by: 'zhou', atMs: 1, rev: 'r1' });
    const theirs = other.getMap<unknown>(BODY_ROOTS.parties);
    setRegister(theirs, { recordId: 'p', field: consent, value: 'agreed', by: 'lin', atMs: 9, rev: 'r2' });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    const [party] = readParties(readRecords(map));
    expect(party?.consent).toBe('withdrawn');
    expect(party && hasDeclined(party)).toBe(true);
    setRegister(map, { recordId: 'p', field: consent, value: 'agreed', by: 'zhou', atMs: 10, rev: 'r3' });
    expect(readParties(readRecords(map)).map(hasDeclined)).toEqual([false]);
  });

  it('are read whatever anybody wrote into any field', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.constantFrom(...PARTY_CONSENTS, ...PARTY_SIDES),
    );
    const write = fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom(...Object.values(PARTY_FIELDS)), value);
    fc.assert(
      fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
        const { map, context } = openParties();
        for (const [recordId, field, each] of writes) {
          // As concurrent writers would: without removing what was there.
          map.set(`${recordId}/${field}/${context.newRev()}`, { v: each as FieldValue, by: 'x', at: 1 });
        }
        const parties = readParties(readRecords(map));
        expect(parties.length).toBe(new Set(writes.map(([recordId]) => recordId)).size);
        for (const party of parties) {
          expect(PARTY_CONSENTS).toContain(party.consent);
          expect(party.alias).toBe(party.alias.trim());
          const said = writes.filter(([id, field]) => id === party.record.recordId && field === consent);
          const isStopped = said.some(([, , each]) => each === 'refused' || each === 'withdrawn');
          expect(hasDeclined(party)).toBe(isStopped);
        }
        const taken = new Set(parties.map((party) => party.alias));
        for (const each of PARTY_SIDES) expect(taken.has(nextAlias(each, parties, 'en'))).toBe(false);
      }),
    );
    expect([alias, side]).toEqual(['alias', 'side']);
  });
});

function openParties() {
  const doc = new Y.Doc();
  let revs = 0;
  const context: WriteContext = { by: 'somebody', atMs: 1, newRev: () => `rev-${++revs}` };
  return { doc, map: doc.getMap<unknown>(BODY_ROOTS.parties), context };
}
