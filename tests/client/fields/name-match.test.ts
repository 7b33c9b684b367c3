/** What people type to find a person or an agency, and who comes first. */
import { expect, it } from 'vitest';
import { nameMatch } from '../../../client/fields/name-match.ts';

const KNOWN = ['何志远', '林晓舟', '县人社局', '县司法局', 'Owen Fry'].map((label) => ({
  id: label,
  label,
  ...(label === '何志远' && { note: '县人社局' }),
}));

it.each([
  ['志', ['何志远']],
  ['人社', ['县人社局', '何志远']],
  ['hzy', ['何志远']],
  ['HZ', ['何志远']],
  ['rs', ['县人社局']],
  ['sf', ['县司法局']],
  ['x', ['县人社局', '县司法局']],
  ['fry', ['Owen Fry']],
  ['王', []],
])('“%s” finds %j', (typed, expected) => {
  const found = KNOWN.flatMap((named) => {
    const rank = nameMatch(named, typed);
    return rank === null ? [] : [{ label: named.label, rank }];
  });
  expect(found.sort((a, b) => a.rank - b.rank).map(({ label }) => label)).toEqual(expected);
});
