import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createEditHistory, type EditHistory } from '../../../shared/fields/history.ts';
import { liveRecords, readRecords } from '../../../shared/fields/records.ts';
import { readRegister } from '../../../shared/fields/register.ts';
import { deletedButEdited } from '../../../shared/fields/tombstone.ts';
import { randomFrom } from '../../support/random.ts';
import { exchange, type Replica, replicaOf } from './replicas.ts';

interface Desk extends Replica {
  readonly history: EditHistory;
  readonly text: Y.UndoManager;
  type(words: string): void;
  prose(): string;
  field(name?: string): unknown[];
  rows(): string[];
}

function deskOf(person: string): Desk {
  const replica = replicaOf(person);
  const prose = replica.doc.getText('prose');
  const text = new Y.UndoManager([prose, replica.doc.getMap('blocks')], { trackedOrigins: new Set(['editor']) });
  let clock = 0;
  const history = createEditHistory({
    doc: replica.doc,
    text,
    by: person,
    now: () => ++clock,
    newRev: replica.newRev,
    origin: 'model',
  });
  return {
    ...replica,
    history,
    text,
    type: (words) => replica.doc.transact(() => prose.insert(prose.length, words), 'editor'),
    prose: () => prose.toString(),
    field: (name = 'due') => readRegister(replica.fields, 'header', name).map((entry) => entry.value),
    rows: () => liveRecords(readRecords(replica.tasks)).map((record) => record.recordId),
  };
}
const setDue = (desk: Desk, value: string) => desk.history.setField(desk.fields, 'header', 'due', value);

describe('the one undo stack', () => {
  it('undoes words and fields in the order they were done, and redoes them', () => {
    const a = deskOf('a');
    a.type('甲');
    setDue(a, '06-01');
    a.type('乙');
    setDue(a, '07-01');
    setDue(a, '08-01');
    const seen: unknown[] = [];
    while (a.history.undo().outcome === 'done') seen.push([a.prose(), a.field()]);
    expect(seen).toEqual([
      ['甲乙', ['07-01']],
      ['甲乙', ['06-01']],
      ['甲', ['06-01']],
      ['甲', []],
      ['', []],
    ]);
    const again: unknown[] = [];
    while (a.history.redo().outcome === 'done') again.push([a.prose(), a.field()]);
    expect(again).toEqual([
      ['甲', []],
      ['甲', ['06-01']],
      ['甲乙', ['06-01']],
      ['甲乙', ['07-01']],
      ['甲乙', ['08-01']],
    ]);
    expect(a.history.canRedo()).toBe(false);
  });

  it('takes back in one step what an input method wrote, and nothing that was typed before or after', () => {
    const a = deskOf('a');
    a.text.captureTimeout = 1e9;
    a.type('甲');
    const end = a.history.oneStep();
    for (const letter of '你好') a.type(letter);
    end();
    expect(a.text.captureTimeout).toBe(1e9);
    a.type('乙');
    const seen: string[] = [];
    while (a.history.undo().outcome === 'done') seen.push(a.prose());
    expect(seen).toEqual(['甲你好', '甲', '']);
  });

  it('undoes only its own', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    a.type('甲');
    b.type('乙');
    setDue(b, '06-01');
    exchange(a, b);
    expect(a.history.undo()).toEqual({ outcome: 'done' });
    expect(a.history.undo()).toEqual({ outcome: 'nothing' });
    expect(a.prose()).toBe('乙');
    expect(a.field()).toEqual(['06-01']);
  });

  it('refuses to undo a field that somebody changed since, says who, and goes on with the step before', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    a.type('甲');
    setDue(a, '06-01');
    exchange(a, b);
    setDue(b, '07-01');
    exchange(a, b);
    expect(a.history.undo()).toEqual({
      outcome: 'refused',
      reason: 'changed-by',
      by: 'b',
      recordId: 'header',
      field: 'due',
    });
    expect(a.field()).toEqual(['07-01']);
    expect(a.history.undo()).toEqual({ outcome: 'done' });
    expect(a.prose()).toBe('');
  });

  it('refuses to undo a field that is contested', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    setDue(a, '06-01');
    setDue(b, '07-01');
    exchange(a, b);
    expect(a.history.undo()).toMatchObject({ outcome: 'refused', by: 'b' });
    expect(a.field().sort()).toEqual(['06-01', '07-01']);
  });

  it('makes a contested field contested again when a choice is undone', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    setDue(a, '06-01');
    setDue(b, '07-01');
    exchange(a, b);
    setDue(a, '06-01');
    expect(a.field()).toEqual(['06-01']);
    a.history.undo();
    expect(a.field().sort()).toEqual(['06-01', '07-01']);
    a.history.redo();
    expect(a.field()).toEqual(['06-01']);
  });

  it('does not go past a field to older words when the newest words are gone already', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    a.type('甲');
    setDue(a, '06-01');
    a.type('乙');
    exchange(a, b);
    b.doc.transact(() => b.doc.getText('prose').delete(1, 1), 'editor');
    exchange(a, b);
    a.history.undo();
    expect([a.prose(), a.field()]).toEqual(['甲', []]);
  });

  it('forgets what could be redone when something new is done', () => {
    const a = deskOf('a');
    setDue(a, '06-01');
    a.history.undo();
    a.type('甲');
    expect(a.history.redo()).toEqual({ outcome: 'nothing' });
    a.history.undo();
    setDue(a, '07-01');
    expect(a.history.redo()).toEqual({ outcome: 'nothing' });
    expect(a.prose()).toBe('');
  });

  it('makes no step of a value that is there already', () => {
    const a = deskOf('a');
    setDue(a, '06-01');
    setDue(a, '06-01');
    a.history.undo();
    expect(a.field()).toEqual([]);
    expect(a.history.canUndo()).toBe(false);
  });

  it('undoes and redoes making, moving and deleting rows', () => {
    const a = deskOf('a');
    a.history.createRecord(a.tasks, { recordId: 'r1', values: {} });
    a.history.createRecord(a.tasks, { recordId: 'r2', values: { due: '06-01' }, index: 0 });
    a.history.moveRecord(a.tasks, 'r2', 1);
    a.history.deleteRecord(a.tasks, 'r1');
    a.history.restoreRecord(a.tasks, 'r1');
    const seen: string[][] = [a.rows()];
    while (a.history.undo().outcome === 'done') seen.push(a.rows());
    const forth = [[], ['r1'], ['r2', 'r1'], ['r1', 'r2'], ['r2'], ['r1', 'r2']];
    expect(seen).toEqual(forth.toReversed());
    const again: string[][] = [a.rows()];
    while (a.history.redo().outcome === 'done') again.push(a.rows());
    expect(again).toEqual(forth);
    expect(deletedButEdited(a.doc, readRecords(a.tasks))).toEqual([]);
  });

  it('does not take a new row away when a colleague has put something into it', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    a.history.createRecord(a.tasks, { recordId: 'r1', values: {} });
    a.history.createRecord(a.tasks, { recordId: 'r2', values: {} });
    exchange(a, b);
    b.history.setField(b.tasks, 'r2', 'due', '06-01');
    b.doc.transact(() => b.doc.getText('t/r1/measure').insert(0, '乙的措施'), 'editor');
    exchange(a, b);
    expect(a.history.undo()).toMatchObject({ outcome: 'refused', by: 'b', recordId: 'r2', field: 'due' });
    expect(a.history.undo()).toMatchObject({ outcome: 'refused', by: null, recordId: 'r1', field: 'measure' });
    expect(a.rows()).toEqual(['r1', 'r2']);
  });

  it('undoes and redoes a group in one step: new rows, their fields and their words', () => {
    const a = deskOf('a');
    const words = a.doc.getText('t/r2/measure');
    a.text.addToScope(words);
    a.type('甲');
    a.history.createRecord(a.tasks, { recordId: 'r1', values: { due: '06-01' } });
    a.history.group(() => {
      a.history.setField(a.tasks, 'r1', 'due', '07-01');
      a.history.createRecord(a.tasks, { recordId: 'r2', values: { due: '08-01' } });
      a.doc.transact(() => words.insert(0, '核对'), 'editor');
      a.history.setField(a.tasks, 'r1', 'owner', '何');
    });
    a.type('乙');
    const shown = () => [
      a.prose(),
      a.rows(),
      ...['due', 'owner'].map((name) => readRegister(a.tasks, 'r1', name).map(({ value }) => value)),
      words.toString(),
    ];
    const after = shown();
    expect(after).toEqual(['甲乙', ['r1', 'r2'], ['07-01'], ['何'], '核对']);
    a.history.undo();
    expect(a.history.undo()).toEqual({ outcome: 'done' });
    expect(shown()).toEqual(['甲', ['r1'], ['06-01'], [], '']);
    expect(a.history.redo()).toEqual({ outcome: 'done' });
    a.history.redo();
    expect(shown()).toEqual(after);
    expect(a.history.canRedo()).toBe(false);
    for (const rows of [['r1', 'r2'], ['r1'], [], []]) {
      a.history.undo();
      expect(a.rows()).toEqual(rows);
    }
    expect(a.prose()).toBe('');
  });

  it('puts several new rows at the end in one step, in their order', () => {
    const a = deskOf('a');
    a.history.createRecord(a.tasks, { recordId: 'r9', values: {} });
    const records = ['r3', 'r1', 'r2'].map((recordId) => ({ recordId, values: { due: `due of ${recordId}` } }));
    a.history.createRecords(a.tasks, records);
    expect(a.rows()).toEqual(['r9', 'r3', 'r1', 'r2']);
    expect(readRegister(a.tasks, 'r1', 'due').map(({ value }) => value)).toEqual(['due of r1']);
    a.history.undo();
    expect(a.rows()).toEqual(['r9']);
    a.history.redo();
    expect(a.rows()).toEqual(['r9', 'r3', 'r1', 'r2']);
  });

  it('undoes of a group what nobody changed since, and says who changed the rest', () => {
    const [a, b] = [deskOf('a'), deskOf('b')];
    a.history.group(() => {
      setDue(a, '06-01');
      a.history.setField(a.fields, 'header', 'place', '甲镇');
    });
    exchange(a, b);
    b.history.setField(b.fields, 'header', 'place', '乙镇');
    exchange(a, b);
    expect(a.history.undo()).toEqual({ outcome: 'partly', by: 'b' });
    expect([a.field('due'), a.field('place')]).toEqual([[], ['乙镇']]);
    expect(a.history.redo()).toEqual({ outcome: 'done' });
    expect([a.field('due'), a.field('place')]).toEqual([['06-01'], ['乙镇']]);
  });

  it('makes no step of a group in which nothing was written, and keeps what was when it throws', () => {
    const a = deskOf('a');
    a.history.group(() => {});
    expect(a.history.canUndo()).toBe(false);
    expect(() =>
      a.history.group(() => {
        setDue(a, '06-01');
        throw new Error('half way');
      }),
    ).toThrow('half way');
    setDue(a, '07-01');
    a.history.undo();
    expect(a.field()).toEqual(['06-01']);
    a.history.undo();
    expect(a.field()).toEqual([]);
  });

  it('tells who listens, and forgets everything when cleared', () => {
    const a = deskOf('a');
    let calls = 0;
    const stop = a.history.subscribe(() => calls++);
    a.type('甲');
    setDue(a, '06-01');
    a.history.undo();
    expect(calls).toBe(3);
    a.history.clear();
    expect([a.history.canUndo(), a.history.canRedo(), a.text.canUndo()]).toEqual([false, false, false]);
    stop();
    a.history.destroy();
    a.type('乙');
    expect(a.history.canUndo()).toBe(false);
  });

  for (const seed of [41, 42, 43, 44, 45, 46, 47, 48, 49, 50]) {
    it(`returns to the beginning and to the end when nobody else writes (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const a = deskOf('a');
      const shown = () => [a.prose(), a.field('due'), a.field('place'), a.rows()];
      const states = [shown()];
      for (let step = 0; step < 40; step++) {
        const rows = a.rows();
        const action = random.int(6);
        if (action === 0) {
          a.text.stopCapturing();
          a.type(`字${step}`);
        } else if (action === 1) setDue(a, `${step}`);
        else if (action === 2) a.history.setField(a.fields, 'header', 'place', `${step}`);
        else if (action === 3 || rows.length === 0) {
          a.history.createRecord(a.tasks, {
            recordId: `r${step}`,
            values: { n: step },
            index: random.int(rows.length + 1),
          });
        } else if (action === 4) a.history.deleteRecord(a.tasks, random.pick(rows));
        else a.history.moveRecord(a.tasks, random.pick(rows), random.int(rows.length));
        states.push(shown());
        if (random.chance(0.3)) {
          const back = 1 + random.int(3);
          let undone = 0;
          while (undone < back && a.history.undo().outcome === 'done') undone++;
          expect(shown()).toEqual(states[states.length - 1 - undone]);
          const again = random.int(undone + 1);
          for (let i = 0; i < again; i++) expect(a.history.redo()).toEqual({ outcome: 'done' });
          states.length -= undone - again;
          expect(shown()).toEqual(states.at(-1));
        }
      }
      for (const state of states.toReversed().slice(1)) {
        expect(a.history.undo()).toEqual({ outcome: 'done' });
        expect(shown()).toEqual(state);
      }
      expect(a.history.undo()).toEqual({ outcome: 'nothing' });
      for (const state of states.slice(1)) {
        expect(a.history.redo()).toEqual({ outcome: 'done' });
        expect(shown()).toEqual(state);
      }
    });

    it(`never takes back what another wrote (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const desks = [deskOf('a'), deskOf('b')];
      const fields = ['f1', 'f2', 'f3'];
      for (let step = 0; step < 60; step++) {
        const desk = random.pick(desks);
        const readings = () => fields.map((name) => readRegister(desk.fields, 'header', name));
        const before = readings();
        if (random.chance(0.5))
          desk.history.setField(desk.fields, 'header', random.pick(fields), `${desk.person}${step}`);
        else {
          if (random.chance(0.5)) desk.history.undo();
          else desk.history.redo();
          const after = readings();
          for (const [i, values] of before.entries()) {
            const foreign = values.flatMap((value) => value.writes).filter((write) => write.by !== desk.person);
            const kept = new Set(after[i]?.flatMap((value) => value.writes.map((write) => write.rev)));
            for (const write of foreign) expect(kept).toContain(write.rev);
          }
        }
        const [a, b] = desks;
        if (a && b && random.chance(0.3)) exchange(a, b);
      }
    });
  }
});
