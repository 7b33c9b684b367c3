import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readRecords } from '../../../shared/fields/records.ts';
import { newestValue, readRegister, registerWrites, setRegister } from '../../../shared/fields/register.ts';
import { randomFrom } from '../../support/random.ts';
import { deliverAll, exchange, type Replica, replicaOf } from './replicas.ts';

let clock = 0;
function set(replica: Replica, value: string | null | string[], field = 'due') {
  clock += 1;
  const input = { recordId: 'header', field, value, by: replica.person, atMs: clock, rev: replica.newRev() };
  replica.doc.transact(() => setRegister(replica.fields, input));
}
const valuesOf = (replica: Replica, field = 'due') => readRegister(replica.fields, 'header', field).map((v) => v.value);

describe('a multi-value register', () => {
  it('holds one value when people set it one after the other', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    set(a, '2026-06-01');
    exchange(a, b);
    set(b, '2026-07-01');
    exchange(a, b);
    expect(valuesOf(a)).toEqual(['2026-07-01']);
    expect([...a.fields.keys()]).toHaveLength(1);
  });

  it('shows both values when two people set it at once, and one again when somebody picks', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    set(a, '2026-05-01');
    exchange(a, b);
    set(a, '2026-06-01');
    set(b, '2026-07-01');
    exchange(a, b);
    expect(valuesOf(a)).toEqual(['2026-06-01', '2026-07-01']);
    expect(readRegister(b.fields, 'header', 'due').map((v) => v.writes[0].by)).toEqual(['a', 'b']);
    set(b, '2026-06-01');
    exchange(a, b);
    expect(valuesOf(a)).toEqual(['2026-06-01']);
  });

  it('shows a clearing beside a value set at the same time', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    set(a, 'x');
    exchange(a, b);
    set(a, null);
    set(b, 'y');
    exchange(a, b);
    expect(valuesOf(a)).toEqual([null, 'y']);
  });

  it('makes one value of equal values by several authors', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    set(a, ['甲', '乙'], 'present');
    set(b, ['甲', '乙'], 'present');
    exchange(a, b);
    const [only, ...more] = readRegister(a.fields, 'header', 'present');
    expect(more).toEqual([]);
    expect(only?.writes.map((write) => write.by)).toEqual(['a', 'b']);
  });

  it('takes the newest for places that can show only one', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    set(a, 'older');
    set(b, 'newer');
    exchange(a, b);
    expect(newestValue(readRegister(a.fields, 'header', 'due'))).toBe('newer');
    expect(newestValue([])).toBeUndefined();
  });

  it('reports what it cannot read and leaves it alone', () => {
    const a = replicaOf('a');
    a.fields.set('header/due/odd', { v: { nested: true }, by: 'x', at: 1 });
    a.fields.set('header/due', 'no rev');
    a.fields.set('header/due/type', new Y.Text('hostile'));
    set(a, '2026-06-01');
    expect(valuesOf(a)).toEqual(['2026-06-01']);
    expect(readRecords(a.fields).invalid).toEqual([
      { key: 'header/due', reason: 'key' },
      { key: 'header/due/odd', reason: 'value' },
      { key: 'header/due/type', reason: 'value' },
    ]);
  });

  it('does not take one field for another that begins alike', () => {
    const a = replicaOf('a');
    set(a, 'x', 'at');
    set(a, 'y', 'atPlace');
    expect(registerWrites(a.fields, 'header', 'at').map((write) => write.value)).toEqual(['x']);
  });

  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
    it(`[V2] converges whatever the order, lateness and repetition of updates (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const replicas = ['a', 'b', 'c'].map(replicaOf);
      for (let step = 0; step < 40; step++) {
        set(random.pick(replicas), `value ${random.int(6)}`, random.pick(['due', 'place']));
        if (random.chance(0.2)) exchange(random.pick(replicas), random.pick(replicas));
      }
      const last = random.pick(replicas);
      set(last, 'last word');
      deliverAll(replicas, random);
      const readings = replicas.map((r) => [
        readRegister(r.fields, 'header', 'due'),
        readRegister(r.fields, 'header', 'place'),
      ]);
      expect(readings[1]).toEqual(readings[0]);
      expect(readings[2]).toEqual(readings[0]);
      expect(valuesOf(last)).toContain('last word');
      set(last, 'picked');
      deliverAll(replicas, random);
      for (const replica of replicas) expect(valuesOf(replica)).toEqual(['picked']);
    });
  }
});
