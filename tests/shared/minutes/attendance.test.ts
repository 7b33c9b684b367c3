import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createRecord, readRecords } from '../../../shared/fields/records.ts';
import { setRegister } from '../../../shared/fields/register.ts';
import { HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { readAgenda } from '../../../shared/minutes/agenda.ts';
import { attendanceByStatus, attendanceIdOf, readAttendance } from '../../../shared/minutes/attendance.ts';
import { BODY_ROOTS } from '../../../shared/rooms.ts';

const LIN = '5e2d0a10-0b00-4000-8000-000000000001';
const CENTRE = '5e2d0a10-0a00-4000-8000-000000000001';

let revs = 0;
const by = (person: string) => ({ by: person, atMs: ++revs, newRev: () => `rev${++revs}` });

function attend(doc: Y.Doc, recordId: string, values: Record<string, string | string[] | null>, author = 'qin') {
  const map = doc.getMap(BODY_ROOTS.attendance);
  doc.transact(() => createRecord(map, { recordId, values }, by(author)));
}

const reading = (doc: Y.Doc, root: 'attendance' | 'agenda') => readRecords(doc.getMap(BODY_ROOTS[root]));

describe('who took part', () => {
  it('is grouped as printed minutes list it: by kind of attendance, then by agency in the order of the rows', () => {
    const doc = new Y.Doc();
    attend(doc, 'r1', { agency: '县综治中心', person: '林晓舟', status: 'present' });
    attend(doc, 'r2', { agency: '县法院', person: '沈知行', status: 'inAttendance', note: '议定事项前离席' });
    attend(doc, 'r3', { agency: '县人社局', person: '何志远', status: 'present' });
    attend(doc, 'r4', { agency: '县综治中心', person: '秦一鸣', status: 'present' });
    attend(doc, 'r5', { agency: '县发展改革局', person: null, status: 'apologies' });
    const groups = attendanceByStatus(readAttendance(reading(doc, 'attendance')));
    expect(
      groups.map(({ status, agencies }) => [
        status,
        ...agencies.map(({ agency, attendees }) => [
          agency,
          ...attendees.map(({ person, note }) => `${person}${note}`),
        ]),
      ]),
    ).toEqual([
      ['present', ['县综治中心', '林晓舟', '秦一鸣'], ['县人社局', '何志远']],
      ['apologies', ['县发展改革局', 'null']],
      ['inAttendance', ['县法院', '沈知行议定事项前离席']],
    ]);
  });

  it('reads a row without a status as present, and one of a newer version’s status as not known here', () => {
    const doc = new Y.Doc();
    attend(doc, 'r1', { person: '甲' });
    attend(doc, 'r2', { person: '乙', status: 'elsewhere', items: 'all' as never });
    expect(readAttendance(reading(doc, 'attendance')).map(({ status, items }) => [status, items])).toEqual([
      ['present', null],
      [null, null],
    ]);
  });

  it('is one row when two people enter the same person at once, with both their words about it', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    const id = attendanceIdOf(LIN, CENTRE);
    expect(id).toBe(LIN);
    attend(a, String(id), { agency: CENTRE, person: LIN, status: 'present' }, 'qin');
    attend(b, String(id), { agency: CENTRE, person: LIN, status: 'apologies' }, 'he');
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
    for (const doc of [a, b]) {
      const records = reading(doc, 'attendance').records;
      expect(records.size).toBe(1);
      expect(
        records
          .get(LIN)
          ?.fields.get('status')
          ?.map(({ value }) => value),
      ).toEqual(['present', 'apologies']);
    }
  });

  it('has a row of the agency’s own where nobody is named, and a fresh one for plain words', () => {
    expect(attendanceIdOf(null, CENTRE)).toBe(CENTRE);
    expect(attendanceIdOf('县发展改革局联络员', CENTRE)).toBeNull();
    expect(attendanceIdOf(null, null)).toBeNull();
  });
});

it('the agenda is numbered by place and knows the item under discussion', () => {
  const doc = new Y.Doc();
  const agenda = doc.getMap(BODY_ROOTS.agenda);
  const fields = doc.getMap(BODY_ROOTS.fields);
  doc.transact(() => {
    createRecord(agenda, { recordId: 'i1', values: { item: '通报查证情况', presenterAgency: CENTRE } }, by('lin'));
    createRecord(agenda, { recordId: 'i0', values: { item: '宣布议程' }, index: 0 }, by('lin'));
    const discussing = { recordId: HEADER_RECORD, field: 'discussing', value: 'i1' };
    setRegister(fields, { ...discussing, by: 'lin', atMs: 1, rev: 'r' });
  });
  const items = readAgenda(reading(doc, 'agenda'), readRecords(fields).records.get(HEADER_RECORD));
  expect(items.map(({ number, item, isDiscussed }) => [number, item, isDiscussed])).toEqual([
    [1, '宣布议程', false],
    [2, '通报查证情况', true],
  ]);
});
