/** The pure readings behind the document page: dates as typed, who is where, what one may do, names. */
import { describe, expect, it } from 'vitest';
import { standingToWords } from '../../../client/features/document/may-do.tsx';
import { parseDateText } from '../../../client/fields/date-text.ts';
import { createNames } from '../../../client/fields/names.ts';
import { cellKey, readPresence } from '../../../client/fields/presence.ts';
import { MEMBERS, TODAY } from './stage.tsx';

describe('a date as typed', () => {
  it.each([
    ['2026-10-16', '2026-10-16', null],
    ['2026年10月16日', '2026-10-16', null],
    ['2026.1.6', '2026-01-06', null],
    ['10-16', '2026-10-16', null],
    ['10月16日 13:30', '2026-10-16', '13:30'],
    ['2026-10-16 9：05', '2026-10-16', '09:05'],
    ['2026-10-16 13:30:00', '2026-10-16', '13:30'],
  ])('reads %s', (text, day, time) => {
    expect(parseDateText(text, TODAY)).toEqual({ day, time });
  });

  it.each(['', '改天', '2026-02-30', '13-40', '2026-10-16 25:00'])('does not read “%s”', (text) => {
    expect(parseDateText(text, TODAY)).toBeNull();
  });
});

describe('who else is here', () => {
  const person = (personId: string, name: string) => ({ personId, name, agencyName: '县人社局', role: 'participant' });

  it('counts a person with two tabs once, leaves oneself out, and passes over what is not to be read', () => {
    const states = new Map<number, unknown>([
      [1, { person: person('he', '何志远'), cell: { recordId: 't1', field: 'due' } }],
      [2, { person: person('he', '何志远') }],
      [3, { person: person('lin', '林晓舟'), cell: { recordId: 't1', field: 'due' } }],
      [4, { person: 'nobody' }],
      [5, { person: person('meng', '孟祥宁'), cell: 7 }],
    ]);
    const presence = readPresence(states, 'lin');
    expect(presence.people.map(({ name }) => name)).toEqual(['何志远', '孟祥宁']);
    expect(presence.peopleByCell.get(cellKey('t1', 'due'))?.map(({ name }) => name)).toEqual(['何志远']);
  });
});

describe('what one may do here', () => {
  const standing = {
    role: 'participant',
    state: 'draft',
    mayWriteBody: true,
    mayWriteWork: true,
    mayComment: true,
    hasTasks: true,
    isStopped: false,
    needsUpdate: null,
  } as const;

  it('is to edit a draft, and to comment and work on tasks once it is frozen', () => {
    expect(standingToWords(standing).word).toBe('document.may.write');
    const frozen = { ...standing, state: 'frozen', mayWriteBody: false } as const;
    expect(standingToWords(frozen).word).toBe('document.may.commentAndWork');
    expect(standingToWords({ ...frozen, mayComment: false }).word).toBe('document.may.readWork');
    expect(standingToWords({ ...frozen, hasTasks: false }).word).toBe('document.may.comment');
    expect(standingToWords({ ...frozen, hasTasks: false, mayComment: false }).word).toBe('document.may.read');
  });

  it('stops while it is being frozen and after the relay refused an edit', () => {
    expect(standingToWords({ ...standing, state: 'freezing' }).why[0]).toBe('document.why.freezing');
    expect(standingToWords({ ...standing, isStopped: true }).why).toEqual(['document.why.stopped']);
  });

  it('[C5] is to read until the page is reloaded when the server is newer, or the kind of document is not known', () => {
    for (const needsUpdate of ['program', 'kind'] as const) {
      const { word, why } = standingToWords({ ...standing, needsUpdate });
      expect([word, why]).toEqual(['document.may.read', [`document.why.update.${needsUpdate}`]]);
    }
  });

  it('is to comment for a reviewer and to read for an observer, who are told whom to ask', () => {
    const reader = { ...standing, mayWriteBody: false, mayWriteWork: false } as const;
    expect(standingToWords({ ...reader, role: 'reviewer' })).toMatchObject({
      word: 'document.may.comment',
      why: ['document.why.role', 'document.why.comment'],
    });
    expect(standingToWords({ ...reader, role: 'observer', mayComment: false })).toMatchObject({
      word: 'document.may.read',
      why: ['document.why.role'],
    });
  });
});

it('a name is the directory’s, else the words themselves, and an id that nobody has is not shown as one', () => {
  const names = createNames({ agencies: [], people: [] }, MEMBERS, '未知的人');
  expect(names.personLabel('he')).toBe('何志远');
  expect(names.personLabel('县发展改革局联络员')).toBe('县发展改革局联络员');
  expect(names.personLabel('5e2d0a10-0047-4000-8000-000000000001')).toBe('未知的人');
  expect(names.agencyLabel('housing')).toBe('县住建局');
});

it('says an agency by its short name, and by its full name when it knows no other', () => {
  const agency = { agencyId: 'labour', name: '云川县人力资源和社会保障局', shortName: '县人社局', mark: '云人社' };
  const { agencyShortName } = createNames({ agencies: [agency], people: [] }, MEMBERS, '未知的人');
  expect(agencyShortName(agency.name)).toBe('县人社局');
  expect(agencyShortName('邻县住建局')).toBe('邻县住建局');
});
