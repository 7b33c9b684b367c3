import { describe, expect, it } from 'vitest';
import { compareOrder, placeAt } from '../../../shared/fields/order.ts';
import {
  createRecord,
  deleteRecord,
  liveRecords,
  moveRecord,
  readRecords,
  restoreRecord,
} from '../../../shared/fields/records.ts';
import { createRecordsView } from '../../../shared/fields/records-view.ts';
import { setRegister } from '../../../shared/fields/register.ts';
import { deletedButEdited, textsEditedUnseen } from '../../../shared/fields/tombstone.ts';
import { textRoot } from '../../../shared/rooms.ts';
import { leastMs } from '../../support/own-time.ts';
import { randomFrom } from '../../support/random.ts';
import { deliverAll, exchange, type Replica, replicaOf } from './replicas.ts';

let clock = 0;
const contextOf = (r: Replica) => ({ by: r.person, atMs: ++clock, newRev: r.newRev });
const create = (r: Replica, recordId: string, index?: number) =>
  r.doc.transact(() => createRecord(r.tasks, { recordId, values: { due: '2026-12-01' }, index }, contextOf(r)));
const move = (r: Replica, recordId: string, index: number) =>
  r.doc.transact(() => moveRecord(r.tasks, { recordId, index }, contextOf(r)));
const remove = (r: Replica, recordId: string) => r.doc.transact(() => deleteRecord(r.tasks, recordId, contextOf(r)));
const edit = (r: Replica, recordId: string, value: string) =>
  r.doc.transact(() =>
    setRegister(r.tasks, { recordId, field: 'due', value, by: r.person, atMs: ++clock, rev: r.newRev() }),
  );
const idsOf = (r: Replica) => liveRecords(readRecords(r.tasks)).map((record) => record.recordId);

describe('rows', () => {
  it('stand where they were put and moved', () => {
    const a = replicaOf('a');
    for (const id of ['r1', 'r2', 'r3']) create(a, id);
    create(a, 'first', 0);
    move(a, 'r3', 1);
    expect(idsOf(a)).toEqual(['first', 'r3', 'r1', 'r2']);
    move(a, 'first', 99);
    expect(idsOf(a)).toEqual(['r3', 'r1', 'r2', 'first']);
  });

  it('can be put between two that stand in one place, because two people put them there at once', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    create(a, 'r0');
    create(a, 'r9');
    exchange(a, b);
    create(a, 'x', 1);
    create(b, 'y', 1);
    create(b, 'z', 2);
    exchange(a, b);
    expect(idsOf(a)).toEqual(idsOf(b));
    const before = idsOf(a);
    const at = before.indexOf('y');
    create(a, 'between', at);
    before.splice(at, 0, 'between');
    expect(idsOf(a)).toEqual(before);
  });

  it('keep a row with an unreadable place, last', () => {
    const a = replicaOf('a');
    create(a, 'r1');
    create(a, 'r2');
    a.tasks.set('odd/order/1', { v: '!!', by: 'x', at: 1 });
    expect(idsOf(a)).toEqual(['r1', 'r2', 'odd']);
    create(a, 'r3');
    expect(idsOf(a)).toEqual(['r1', 'r2', 'odd', 'r3']);
  });

  it('are deleted without losing what a colleague did meanwhile, which is reported', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    create(a, 'r1');
    create(a, 'r2');
    exchange(a, b);
    // b's clock says that the edit came before the deletion: it does not matter.
    edit(b, 'r1', '2026-11-30');
    b.doc.getText(textRoot('r2', 'measure')).insert(0, '乙的措施');
    remove(a, 'r1');
    remove(a, 'r2');
    expect(deletedButEdited(a.doc, readRecords(a.tasks))).toEqual([]);
    exchange(a, b);
    const reading = readRecords(a.tasks);
    expect(idsOf(a)).toEqual([]);
    expect(deletedButEdited(a.doc, reading).map((record) => record.recordId)).toEqual(['r1', 'r2']);
    expect(reading.records.get('r1')?.editedUnseen.map(({ field, by }) => [field, by])).toEqual([['due', 'b']]);
    expect(reading.records.get('r1')?.deletedBy).toBe('a');
    const r2 = reading.records.get('r2');
    expect(r2 && textsEditedUnseen(a.doc, r2)).toEqual(['measure']);
  });

  it('deleted knowingly are not reported', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    create(a, 'r1');
    exchange(a, b);
    edit(b, 'r1', '2026-11-30');
    b.doc.getText(textRoot('r1', 'measure')).insert(0, '措施');
    exchange(a, b);
    remove(a, 'r1');
    exchange(a, b);
    expect(deletedButEdited(b.doc, readRecords(b.tasks))).toEqual([]);
  });

  it('are there again when somebody restores them, even against a deletion at the same time', () => {
    const [a, b] = [replicaOf('a'), replicaOf('b')];
    create(a, 'r1');
    remove(a, 'r1');
    exchange(a, b);
    a.doc.transact(() => restoreRecord(a.tasks, 'r1', contextOf(a)));
    remove(b, 'r1');
    exchange(a, b);
    expect(idsOf(a)).toEqual(['r1']);
    expect(idsOf(b)).toEqual(['r1']);
  });

  for (const seed of [21, 22, 23, 24, 25, 26, 27, 28]) {
    it(`[V2] converge under creating, moving, deleting and editing, and the view agrees with the reading (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const replicas = ['a', 'b', 'c'].map(replicaOf);
      const views = replicas.map((replica) => createRecordsView(replica.tasks));
      const created: string[] = [];
      for (let step = 0; step < 50; step++) {
        const replica = random.pick(replicas);
        const live = idsOf(replica);
        const action = random.int(5);
        if (action <= 1 || live.length === 0) {
          const id = `${replica.person}${step}`;
          created.push(id);
          const index = random.int(live.length + 1);
          create(replica, id, index);
          expect(idsOf(replica).indexOf(id)).toBe(index);
        } else if (action === 2) {
          const id = random.pick(live);
          const index = random.int(live.length);
          move(replica, id, index);
          expect(idsOf(replica).indexOf(id)).toBe(index);
        } else if (action === 3) remove(replica, random.pick(live));
        else edit(replica, random.pick(live), `2026-12-0${1 + random.int(9)}`);
        if (random.chance(0.15)) exchange(random.pick(replicas), random.pick(replicas));
      }
      deliverAll(replicas, random);
      const [first, second, third] = replicas.map((replica) => readRecords(replica.tasks));
      expect(second).toEqual(first);
      expect(third).toEqual(first);
      expect(new Set(first?.records.keys())).toEqual(new Set(created));
      for (const view of views) expect(view.read().records).toEqual(first?.records);
    });
  }
});

describe('placing among others', () => {
  for (const seed of [31, 32, 33, 34]) {
    it(`puts a row exactly where asked, whatever keys the others have (seed ${seed})`, () => {
      const random = randomFrom(seed);
      for (let round = 0; round < 200; round++) {
        const keys = ['a0', 'a1', 'a1', 'a2', 'a0V', 'Zz', null, null];
        const others = Array.from({ length: random.int(7) }, (_, i) => ({
          recordId: `r${i}`,
          order: random.pick(keys),
        }));
        others.sort(compareOrder);
        const index = random.int(others.length + 1);
        const placed = new Map(placeAt(others, 'new', index).map((p) => [p.recordId, p.order]));
        const after = [...others, { recordId: 'new', order: null }]
          .map((record) => ({ recordId: record.recordId, order: placed.get(record.recordId) ?? record.order }))
          .sort(compareOrder);
        const wanted = others.map((record) => record.recordId);
        wanted.splice(index, 0, 'new');
        expect(after.map((record) => record.recordId)).toEqual(wanted);
      }
    });
  }
});

describe('the live reading', () => {
  it('keeps the records that did not change as the same objects', () => {
    const a = replicaOf('a');
    for (const id of ['r1', 'r2']) create(a, id);
    const view = createRecordsView(a.tasks);
    let calls = 0;
    const stop = view.subscribe(() => calls++);
    const before = view.read();
    expect(view.read()).toBe(before);
    edit(a, 'r1', '2026-01-01');
    const after = view.read();
    expect(after).not.toBe(before);
    expect(after.records.get('r2')).toBe(before.records.get('r2'));
    expect(
      after.records
        .get('r1')
        ?.fields.get('due')
        ?.map((v) => v.value),
    ).toEqual(['2026-01-01']);
    expect(after).toEqual(readRecords(a.tasks));
    expect(calls).toBe(1);
    stop();
    view.destroy();
    edit(a, 'r1', '2026-01-02');
    expect(calls).toBe(1);
  });

  it('reads a table of 200 rows within an animation frame or two', () => {
    const a = replicaOf('a');
    a.doc.transact(() => {
      for (let row = 0; row < 200; row++) {
        for (const field of ['order', 'leadAgency', 'supportingAgencies', 'owner', 'due', 'extra']) {
          a.tasks.set(`row${row}/${field}/r`, { v: 'a0', by: 'x', at: 1 });
        }
      }
    });
    const ms = leastMs(() => expect(readRecords(a.tasks).records.size).toBe(200));
    expect(ms).toBeLessThan(100);
  });
});
