/**
 * The journal as bytes: what was whole comes back in its order whatever is left behind it, what was cut off was never
 * answered, and what is missing in the middle is never passed over.
 */
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { foldJournal, journalOf, updatesToFold } from '../../../sync-server/store/fold.ts';
import {
  type BlockPlace,
  DamagedJournalError,
  encodeBlock,
  entriesOf,
  readJournal,
} from '../../../sync-server/store/journal.ts';
import { type JournalEntry, OriginsSaid } from '../../../sync-server/store/journal-entries.ts';
import { clearJournal, JournalFile, journalFiles } from '../../../sync-server/store/journal-file.ts';
import { randomFrom } from '../../support/random.ts';
import { stageStore } from './store-stage.ts';

const KEY = 'a key';
const entry = (room: string, seq: number, change: Partial<JournalEntry> = {}): JournalEntry => ({
  ...{ room, seq, update: Uint8Array.of(seq % 256), author: '甲', carrier: '乙', agencyId: null, role: 'host' },
  ...{ connection: null, atMs: 1_700_000_000_123, newClientIds: [2 ** 52, 7] },
  ...change,
});
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => entry('r', from + n));
const block = (lap: number, index: number, entries: readonly JournalEntry[], key = KEY) =>
  encodeBlock({ key, lap, index }, entries);
const seqs = (files: readonly Uint8Array[], folded: BlockPlace | null = null) =>
  readJournal(files, KEY, folded).entries.map(({ seq }) => seq);
const file = (...blocks: readonly Uint8Array[]) => Buffer.concat([...blocks, Buffer.alloc(4096)]);

/** A block of another program: this is said of these entries. */
function blockSaying(facts: string, entries: readonly JournalEntry[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(24), Buffer.from(facts), ...entries.map(({ update }) => update)]);
  const updatesBytes = entries.reduce((sum, { update }) => sum + update.length, 0);
  const head = [0x314a4343, 2, 0, Buffer.byteLength(facts), updatesBytes];
  for (const [at, word] of head.entries()) bytes.writeUInt32LE(word, at * 4);
  bytes.writeUInt32LE(crc32(bytes.subarray(24), crc32(bytes.subarray(0, 20), crc32(KEY))), 20);
  return bytes;
}

describe('a block', () => {
  it('gives its entries back as they were, whatever is in them', () => {
    const entries = [
      entry('r', 1),
      entry('文档/body', 2 ** 40, { update: new Uint8Array(0), role: null, agencyId: 'a', connection: 'c' }),
      entry('s', 3, { update: Uint8Array.from({ length: 70_000 }, (_, n) => n % 251), newClientIds: [] }),
    ];
    const bytes = block(2, 0, entries);
    expect(bytes.length % 512).toBe(0);
    expect(entriesOf([bytes]).map((one) => ({ ...one, update: Uint8Array.from(one.update) }))).toEqual(entries);
  });

  it('keeps apart what came through one connection for different people, rooms and agencies', () => {
    const random = randomFrom(3);
    const entries = Array.from({ length: 200 }, (_, n) =>
      entry(random.pick(['r', 's']), n + 1, {
        author: random.pick(['甲', '丙']),
        carrier: random.pick(['甲', '乙']),
        agencyId: random.pick(['a', null]),
        role: random.pick(['host', 'mediator', null]),
        connection: random.pick(['c1', 'c2', null]),
        atMs: 1_700_000_000_000 + random.int(50) - 25,
        newClientIds: random.pick([[], [], [n], [n, n + 1]]),
      }),
    );
    const read = readJournal([block(2, 0, entries)], KEY, null).entries;
    expect(read.map((one) => ({ ...one, update: Uint8Array.from(one.update) }))).toEqual(entries);
  });

  it('says once what the blocks say that are folded with it, however they are cut', () => {
    const random = randomFrom(5);
    const typed = Array.from({ length: 3_000 }, (_, n) => {
      const person = random.int(100);
      return entry(`0000000${person % 7}-0000-4000-8000-000000000001/body`, n + 1, {
        author: `00000002-0000-4000-8000-${String(person).padStart(12, '0')}`,
        carrier: `00000002-0000-4000-8000-${String(person - (person % 2)).padStart(12, '0')}`,
        connection: `00000009-0000-4000-8000-${String(person).padStart(12, '0')}`,
        newClientIds: n % 50 === 0 ? [n] : [],
      });
    });
    const blocks: Uint8Array[] = [];
    const begins: number[] = [];
    let said = new OriginsSaid();
    for (let from = 0; from < typed.length; ) {
      if (random.int(20) === 0) {
        said = new OriginsSaid();
        begins.push(blocks.length);
      }
      const to = from + 1 + random.int(30);
      blocks.push(encodeBlock({ key: KEY, lap: 2, index: blocks.length }, typed.slice(from, to), said));
      from = to;
    }
    const whole = (entries: readonly JournalEntry[]) =>
      entries.map((one) => ({ ...one, update: Uint8Array.from(one.update) }));
    expect(whole(readJournal([Buffer.concat(blocks)], KEY, null).entries)).toEqual(typed);
    expect(whole(entriesOf(blocks))).toEqual(typed);
    for (const begin of begins.filter((at) => at > 0)) {
      const left = whole(readJournal([Buffer.concat(blocks)], KEY, { lap: 2, index: begin - 1 }).entries);
      expect(left).toEqual(typed.slice(typed.length - left.length));
      expect(whole(entriesOf(blocks.slice(begin)))).toEqual(left);
    }
    // One that builds on others is never read without them.
    const inside = begins.find((at, n) => (begins[n + 1] ?? 0) - at > 1) ?? 0;
    expect(() => entriesOf(blocks.slice(inside + 1))).toThrow('origins of the journal are known');
    expect(() => readJournal([Buffer.concat(blocks)], KEY, { lap: 2, index: inside })).toThrow(
      'origins of the journal are known',
    );
  });

  it('says once who types, however much of it there is: a write takes as long as it is', () => {
    const typed = Array.from({ length: 1_000 }, (_, n) =>
      entry('00000003-0000-4000-8000-000000000001/body', n + 1, {
        author: '00000002-0000-4000-8000-000000000001',
        carrier: '00000002-0000-4000-8000-000000000001',
        agencyId: '00000001-0000-4000-8000-000000000001',
        connection: '00000009-0000-4000-8000-000000000001',
        newClientIds: [],
      }),
    );
    expect(block(2, 0, typed).length / typed.length).toBeLessThan(20);
  });

  it('is read as a program before store version 10 wrote it', () => {
    const entries = [entry('r', 1), entry('s', 7, { newClientIds: [], role: null, agencyId: 'a', connection: 'c' })];
    const facts = JSON.stringify(
      entries.map((one) => [
        ...[one.room, one.seq, one.author, one.carrier, one.agencyId, one.role, one.connection, one.atMs],
        ...[one.newClientIds, one.update.length],
      ]),
    );
    const bytes = blockSaying(facts, entries);
    const content = readJournal([file(bytes)], KEY, null);
    expect(content.entries.map((one) => ({ ...one, update: Uint8Array.from(one.update) }))).toEqual(entries);
    const stage = stageStore();
    foldJournal(stage.db, {
      ...content,
      entries: content.entries.map((one, n) => ({ ...one, room: 'r', seq: n + 1 })),
    });
    expect(stage.reader.loadRoom('r').updates.map((update) => [...update])).toEqual([[1], [7]]);
  });

  it('is read as a program of store version 10 wrote it, which said everything in each', () => {
    const entries = [entry('r', 1, { newClientIds: [9] }), entry('s', 7, { newClientIds: [], connection: 'c' })];
    const facts = JSON.stringify({
      atMs: 1_700_000_000_000,
      origins: entries.map(({ room, author, carrier, agencyId, role, connection }) => [
        ...[room, author, carrier, agencyId, role, connection],
      ]),
      entries: entries.map(({ seq, update, newClientIds }, at) => [at, seq, 123, update.length, ...newClientIds]),
    });
    const read = readJournal([file(blockSaying(facts, entries))], KEY, null).entries;
    expect(read.map((one) => ({ ...one, update: Uint8Array.from(one.update) }))).toEqual(entries);
  });

  it('does not check for another store, nor with any bit of it changed', () => {
    const bytes = block(2, 0, rows(1, 2));
    expect(readJournal([bytes], 'another key', null).entries).toEqual([]);
    const random = randomFrom(7);
    const used = bytes.length - [...bytes].reverse().findIndex((byte) => byte !== 0);
    for (let n = 0; n < 300; n++) {
      const changed = Uint8Array.from(bytes);
      const at = random.int(used);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8));
      expect(readJournal([changed], KEY, null).entries, `byte ${at}`).toEqual([]);
    }
  });
});

describe('reading', () => {
  it('takes the newest laps that follow each other, in their order, and nothing older that lies behind them', () => {
    const old = [block(3, 0, rows(1, 1)), block(3, 1, rows(2, 2)), block(3, 2, rows(3, 3))];
    const before = file(block(4, 3, rows(4, 5)), block(4, 4, rows(6, 6)));
    expect(seqs([before, file(...old)])).toEqual([1, 2, 3, 4, 5, 6]);
    const newest = file(block(5, 5, rows(7, 7)), ...old.slice(1));
    expect(seqs([before, newest], { lap: 3, index: 2 })).toEqual([4, 5, 6, 7]);
    // What is folded need not be whole any more.
    expect(seqs([before, newest], { lap: 4, index: 3 })).toEqual([6, 7]);
    expect(seqs([before.subarray(4096), newest], { lap: 4, index: 4 })).toEqual([7]);
    expect(seqs([before, newest], { lap: 5, index: 5 })).toEqual([]);
    // A lap that follows none stands alone: what the failed one before it holds was answered with no.
    expect(seqs([before, file(block(7, 0, rows(5, 5)), ...old.slice(1))], { lap: 4, index: 4 })).toEqual([5]);
    expect(readJournal([], KEY, null)).toMatchObject({ last: null, entries: [] });
  });

  it('passes over a last block that was never whole, wherever it was cut', () => {
    const [first, last] = [block(2, 0, rows(1, 3)), block(2, 1, rows(4, 30))];
    for (let cut = 0; cut < last.length; cut += 64) {
      const torn = file(first, last.subarray(0, cut), Buffer.alloc(last.length - cut));
      expect([[1, 2, 3], rows(1, 30).map(({ seq }) => seq)]).toContainEqual(seqs([torn]));
      expect(seqs([Buffer.concat([first, last.subarray(0, cut)])]).slice(0, 3)).toEqual([1, 2, 3]);
    }
  });

  it('[R24] does not pass over one that is missing before another', () => {
    const blocks = [block(2, 0, rows(1, 1)), block(2, 1, rows(2, 2)), block(2, 2, rows(3, 3))];
    const changed = Uint8Array.from(blocks[1] ?? []);
    changed[30] = 0;
    const damaged = file(blocks[0] ?? changed, changed, blocks[2] ?? changed);
    expect(() => seqs([damaged])).toThrow(DamagedJournalError);
    expect(() => seqs([damaged], { lap: 2, index: 0 })).toThrow(DamagedJournalError);
    expect(seqs([damaged], { lap: 2, index: 1 })).toEqual([3]);
    // The first that the log lacks.
    expect(() => seqs([file(changed, ...blocks.slice(2))], { lap: 2, index: 0 })).toThrow(DamagedJournalError);
    // The last of a lap before the first of the next one.
    expect(() => readJournal([file(blocks[0] ?? changed, changed), file(block(3, 2, rows(3, 3)))], KEY, null)).toThrow(
      DamagedJournalError,
    );
  });
});

describe('the files', () => {
  const write = (journal: JournalFile, entries: readonly JournalEntry[]) =>
    new Promise<void>((resolve, reject) =>
      journal.write(entries, (error) => (error === null ? resolve() : reject(error))),
    );
  const place = () => join(mkdtempSync(join(tmpdir(), 'concord-journal-')), 'concord.sqlite');
  const read = (path: string, folded: BlockPlace | null = null) =>
    readJournal(
      journalFiles(path).map((one) => readFileSync(one)),
      KEY,
      folded,
    );

  it('take turns: what was written over two laps and a start in between is all there, in whole files', async () => {
    const path = place();
    const journal = new JournalFile(path, KEY, 0);
    let seq = 0;
    const fill = async (to: JournalFile) => {
      while (!to.isFull) {
        await write(to, rows(seq + 1, seq + 200));
        seq += 200;
      }
    };
    await fill(journal);
    const first = read(path).last;
    journal.standAlone();
    journal.nextLap();
    await fill(journal);
    expect(read(path).entries.map((one) => one.seq)).toEqual(rows(1, seq).map((one) => one.seq));
    const second = read(path).last?.lap ?? 0;
    journal.nextLap();
    // One block far over the end of a lap.
    const large = entry('r', ++seq, { update: new Uint8Array(6_000_000).fill(5) });
    await write(journal, [large]);
    expect(journal.isFull).toBe(true);
    expect(read(path, first)).toMatchObject({ last: { lap: second + 1 } });
    expect(read(path, first).entries.at(-1)?.update.length).toBe(6_000_000);
    journal.close();
    const again = new JournalFile(path, KEY, second + 1);
    await write(again, rows(1, 1));
    expect(read(path).entries.map((one) => one.seq)).toEqual([1]);
    again.beginAnew();
    await write(again, rows(2, 2));
    expect(read(path).entries.map((one) => one.seq)).toEqual([2]);
    again.nextLap();
    again.nextLap();
    expect(journalFiles(path).map((one) => statSync(one).size)).toContain(4 * 1024 * 1024);
    again.close();
    clearJournal(path);
    expect(journalFiles(path).every((one) => readFileSync(one).every((byte) => byte === 0))).toBe(true);
  });

  it('hold all of a lap that ran over, to its bound, and are cut to size when it is written over', async () => {
    const path = place();
    const journal = new JournalFile(path, KEY, 0);
    const piece = (seq: number) => [entry('r', seq, { update: new Uint8Array(1024 * 1024).fill(seq) })];
    let seq = 0;
    while (journal.mayRunOver) await write(journal, piece(++seq));
    // Each has a head and fills up its last sector.
    expect(seq).toBe(16);
    expect(read(path).entries.map(({ update }) => update[0])).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
    const { last } = read(path);
    journal.standAlone();
    for (const _ of [1, 2]) {
      journal.nextLap();
      await write(journal, piece(++seq));
    }
    expect(journal.mayRunOver).toBe(true);
    expect(journalFiles(path).map((one) => statSync(one).size)).toEqual([4 * 1024 * 1024, 4 * 1024 * 1024]);
    expect(read(path, last).entries.map((one) => one.seq)).toEqual([17, 18]);
    journal.close();
  });

  it('are not there for a store that never had them', () => {
    const { db } = stageStore();
    expect(journalOf('/nowhere/concord.sqlite', db)).toMatchObject({ last: null, entries: [] });
    expect(existsSync('/nowhere')).toBe(false);
  });
});

describe('folding at the start', () => {
  it('[R24] brings what the log lacks, each update once, and what is told of it', () => {
    const stage = stageStore();
    const content = (entries: readonly JournalEntry[]) => ({ key: KEY, last: null, entries });
    foldJournal(stage.db, content([entry('r', 1), entry('s', 1), entry('r', 2)]));
    const more = content([entry('s', 1), entry('r', 2), entry('r', 3), entry('s', 2)]);
    expect(updatesToFold(stage.db, more)).toBe(2);
    foldJournal(stage.db, more);
    expect(updatesToFold(stage.db, more)).toBe(0);
    expect(stage.reader.loadRoom('r').updates.map((update) => [...update])).toEqual([[1], [2], [3]]);
    expect(stage.reader.loadRoom('r').ownersByClient).toEqual(
      new Map([
        [7, '甲'],
        [2 ** 52, '甲'],
      ]),
    );
    expect(stage.reader.loadRoom('s').lastSeq).toBe(2);
  });

  it('[R24] folds nothing when an update is missing before another', () => {
    const stage = stageStore();
    const entries = [entry('s', 1), entry('r', 2)];
    expect(() => foldJournal(stage.db, { key: KEY, last: null, entries })).toThrow(/r ends with update 0: update 2/);
    expect(stage.reader.loadRoom('s').lastSeq).toBe(0);
  });

  it('reads the files beside the store', () => {
    const stage = stageStore();
    const [one = '', other = ''] = journalFiles(stage.path);
    const { key } = journalOf(stage.path, stage.db);
    writeFileSync(one, file(block(4, 1, rows(2, 2), key)));
    writeFileSync(other, file(block(3, 0, rows(1, 1), key)));
    foldJournal(stage.db, journalOf(stage.path, stage.db));
    expect(stage.reader.loadRoom('r').lastSeq).toBe(2);
    writeFileSync(one, file(block(4, 3, rows(3, 3), key)));
    expect(() => journalOf(stage.path, stage.db)).toThrow('lacks a part in the middle');
  });
});
