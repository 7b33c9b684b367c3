/** Several updates of a room in one row of the log: nothing of any of them is lost in it, and a room reads as without rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../sync-server/store/journal-entries.ts';
import { readRows } from '../../../sync-server/store/room-reading.ts';
import {
  countUpdates,
  isWellSaid,
  rowToEntries,
  rowToUpdates,
  updatesToEarlier,
} from '../../../sync-server/store/row-entries.ts';
import { verifyStore } from '../../../sync-server/store/verify-store.ts';
import { foldRequest, stageStore } from './store-stage.ts';

const someUpdate = fc.record({
  update: fc.uint8Array({ maxLength: 9 }),
  author: fc.constantFrom('甲', '乙', 'p"]'),
  carrier: fc.constantFrom('甲', '乙'),
  agencyId: fc.constantFrom('a', null),
  role: fc.constantFrom('host' as const, 'mediator' as const, null),
  connection: fc.constantFrom('c1', 'c2', null),
  atMs: fc.nat(),
});

describe('a row of the log', () => {
  it('gives back each of its updates with what was said of it, the last one first', () => {
    fc.assert(
      fc.property(fc.array(someUpdate, { minLength: 1, maxLength: 12 }), fc.nat(), (updates, before) => {
        const last = updates.at(-1);
        if (last === undefined) return;
        const payload = Buffer.concat(updates.map(({ update }) => update));
        const row = { ...last, seq: before + updates.length, payload, earlier: updatesToEarlier(updates) };
        const written = updates.map((one, n) => ({ ...one, update: Buffer.from(one.update), seq: before + n + 1 }));
        const read = rowToEntries(row).map((one) => ({ ...one, update: Buffer.from(one.update ?? []) }));
        expect(read.reverse()).toEqual(written);
        expect(rowToUpdates(row).map((update) => [...update])).toEqual(updates.map(({ update }) => [...update]));
        expect(countUpdates(row)).toBe(updates.length);
        // Erased, it still says who wrote how many of them, and when.
        const erased = rowToEntries({ ...row, payload: null }).reverse();
        expect(erased).toEqual(written.map((one) => ({ ...one, update: null })));
      }),
      { numRuns: 300 },
    );
  });

  it('names two people who write in turns once, and later ones by how many updates come between', () => {
    const by = (author: string, atMs: number) => ({
      ...{ author, carrier: author, agencyId: 'a', role: 'mediator' as const, connection: `of ${author}` },
      ...{ update: Uint8Array.of(atMs), atMs },
    });
    const updates = [by('p', 1), by('q', 2), by('p', 3), by('q', 4), by('q', 5), by('p', 6)];
    const earlier = updatesToEarlier(updates);
    expect(earlier).toBe('[[1,1,2],[2,1,2],[3,1,3],[4,1],[5,1,"q","q","a","mediator","of q"]]');
    const payload = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const read = rowToEntries({ ...by('p', 6), seq: 9, payload, earlier });
    expect(read.map(({ seq, author, atMs }) => [seq, author, atMs])).toEqual([
      [9, 'p', 6],
      [8, 'q', 5],
      [7, 'q', 4],
      [6, 'p', 3],
      [5, 'q', 2],
      [4, 'p', 1],
    ]);
  });

  it.each([
    '[[1,0,2]]',
    '[[1,0,1]]',
    '[[1,0,0]]',
    '[[1,0,-2]]',
    '[[1,0,1.5]]',
    '[[1,0,"2"]]',
    '[[1,0],[1,0,2]]',
    '[[1,0,4],[1,0]]',
  ])('cannot have been written with an update like one that is not behind it: %s', (earlier) => {
    expect(isWellSaid({ earlier, payload: Uint8Array.of(1) })).toBe(false);
  });

  it('holds what a room is given in one fold, whoever wrote it and whatever other rooms are given between', () => {
    const stage = stageStore();
    const entry = (room: string, seq: number, author: string, newClientIds: readonly number[] = []): JournalEntry => ({
      ...{ room, seq, update: Uint8Array.of(seq), author, carrier: author, agencyId: 'a', role: 'mediator' },
      ...{ connection: `of ${author}`, atMs: 100 + seq, newClientIds },
    });
    stage.run(
      foldRequest([
        ...[entry('r', 1, 'p', [7]), entry('s', 1, 'p'), entry('r', 2, 'q', [8, 9]), entry('r', 3, 'q')],
        ...[entry('s', 2, 'q'), entry('r', 4, 'p')],
      ]),
    );
    // The same again with one more: only that is new.
    stage.run(foldRequest([entry('r', 4, 'p'), entry('r', 5, 'p')]));
    const rows = readRows(stage.db, 'r', 0);
    expect(rows).toMatchObject([
      { seq: 4, owned: '[[7,"p"],[8,"q"],[9,"q"]]' },
      { seq: 5, owned: null, earlier: null },
    ]);
    const told = rows.flatMap((row) => rowToEntries(row).reverse());
    expect(
      told.map(({ seq, author, connection, atMs, update }) => [seq, author, connection, atMs, ...(update ?? [])]),
    ).toEqual([
      [1, 'p', 'of p', 101, 1],
      [2, 'q', 'of q', 102, 2],
      [3, 'q', 'of q', 103, 3],
      [4, 'p', 'of p', 104, 4],
      [5, 'p', 'of p', 105, 5],
    ]);
    const room = stage.reader.loadRoom('r');
    expect(room.updates.map((update) => [...update])).toEqual([[1], [2], [3], [4], [5]]);
    expect(room).toMatchObject({ lastSeq: 5, updatesSinceSnapshot: 5 });
    expect([...room.ownersByClient]).toEqual([
      [7, 'p'],
      [8, 'q'],
      [9, 'q'],
    ]);
    expect(stage.reader.loadRoom('s').updates.map((update) => [...update])).toEqual([[1], [2]]);
  });

  it('is read as a whole: a snapshot is taken after its last update, and after none before that', () => {
    const stage = stageStore();
    const entries = [1, 2, 3].map(
      (seq): JournalEntry => ({
        ...{ room: 'r', seq, update: Uint8Array.of(seq), author: 'p', carrier: 'p', agencyId: 'a', role: 'mediator' },
        ...{ connection: 'c', atMs: 100 + seq, newClientIds: [] },
      }),
    );
    stage.run(foldRequest(entries));
    const [refused] = stage.run({ kind: 'snapshot', room: 'r', seq: 2, state: Uint8Array.of(12) });
    expect(refused).toMatchObject({ kind: 'failed', of: 'request' });
    expect(stage.reader.loadRoom('r').updatesSinceSnapshot).toBe(3);
    // What a snapshot is asked of ends a row, whatever came with it.
    const more = entries.map((one) => ({ ...one, seq: one.seq + 3 }));
    const replies = stage.run(
      foldRequest(more, [
        { room: 'r', seq: 5 },
        { room: 's', seq: 4 },
      ]),
      {
        ...{ kind: 'snapshot', room: 'r', seq: 5, state: Uint8Array.of(15) },
      },
    );
    expect(replies).toEqual([{ kind: 'folded', lost: [] }, { kind: 'done' }]);
    expect(stage.reader.loadRoom('r').updates.map((update) => [...update])).toEqual([[15], [3]]);
    stage.run(foldRequest(more.map((one) => ({ ...one, seq: one.seq + 3 }))));
    expect(readRows(stage.db, 'r', 0).map(({ seq }) => seq)).toEqual([3, 5, 6, 9]);
    expect(stage.run({ kind: 'snapshot', room: 'r', seq: 9, state: Uint8Array.of(19) })).toEqual([{ kind: 'done' }]);
    expect(stage.reader.loadRoom('r')).toMatchObject({ updates: [Uint8Array.of(19)], updatesSinceSnapshot: 0 });
  });

  it('is bounded: what is more becomes another row', () => {
    const stage = stageStore();
    const many = (from: number, count: number, bytes: number) =>
      Array.from(
        { length: count },
        (_, n): JournalEntry => ({
          ...{
            room: 'r',
            seq: from + n,
            update: new Uint8Array(bytes),
            author: 'p',
            carrier: 'p',
            agencyId: null,
            role: null,
          },
          ...{ connection: null, atMs: 1, newClientIds: [] },
        }),
      );
    stage.run(foldRequest([...many(1, 2_500, 1), ...many(2_501, 3, 40_000), ...many(2_504, 1, 200_000)]));
    expect(readRows(stage.db, 'r', 0).map(({ seq }) => seq)).toEqual([1_000, 2_000, 2_501, 2_502, 2_503, 2_504]);
    expect(stage.reader.loadRoom('r')).toMatchObject({ lastSeq: 2_504, updatesSinceSnapshot: 2_504 });
    expect([...verifyStore(stage.db)]).toMatchObject([{ room: 'r', updates: 2_504 }]);
  });
});
