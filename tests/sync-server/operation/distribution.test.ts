/** A histogram as whoever reads it is to find it: what is not over a bound is counted under it and under all above. */
import { expect, it } from 'vitest';
import { Distribution } from '../../../sync-server/operation/distribution.ts';

it('counts values under their bounds, by labels, as Prometheus reads it', () => {
  const sizes = new Distribution('sizes', 'How large.', [1, 2.5]);
  const small = sizes.of({ kind: 'a' });
  for (const value of [0, 1, 1.5, 2.5, 2.6]) small.add(value);
  sizes.of({ kind: 'b' }).add(1);
  sizes.of({ kind: 'a' }).add(7);
  expect(sizes.text().split('\n')).toEqual([
    '# HELP sizes How large.',
    '# TYPE sizes histogram',
    'sizes_bucket{le="1",kind="a"} 2',
    'sizes_bucket{le="2.5",kind="a"} 4',
    'sizes_bucket{le="+Inf",kind="a"} 6',
    'sizes_sum{kind="a"} 14.6',
    'sizes_count{kind="a"} 6',
    'sizes_bucket{le="1",kind="b"} 1',
    'sizes_bucket{le="2.5",kind="b"} 1',
    'sizes_bucket{le="+Inf",kind="b"} 1',
    'sizes_sum{kind="b"} 1',
    'sizes_count{kind="b"} 1',
  ]);
});
