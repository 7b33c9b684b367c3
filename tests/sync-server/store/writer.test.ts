/**
 * What is owed to whom when: rows are told when the journal has them, everything else comes after them, and whatever fails
 * fails for all who build on it. The journal and the thread are played here.
 */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeBlock, entriesOf } from '../../../sync-server/store/journal.ts';
import { type JournalEntry, OriginsSaid } from '../../../sync-server/store/journal-entries.ts';
import type { WriteReply, WriteRequest } from '../../../sync-server/store/requests.ts';
import { createWriter } from '../../../sync-server/store/writer.ts';

const FAILED = { kind: 'failed', of: 'store' };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A journal and a thread that do what they are told to, when they are told to. */
function stage() {
  const journal = {
    lap: 2,
    isFull: false,
    mayRunOver: false,
    /** Writes under way, the first of them first. */
    writes: [] as { entries: readonly JournalEntry[]; end: (error?: Error) => Promise<unknown> }[],
    begun: [] as string[],
    cannotBegin: null as Error | null,
    origins: new OriginsSaid(),
    write(entries: readonly JournalEntry[], done: (error: Error | null, block: Uint8Array) => void) {
      const block = encodeBlock({ key: 'k', lap: journal.lap, index: 0 }, entries, journal.origins);
      const end = (error?: Error) => {
        journal.writes.shift();
        done(error ?? null, block);
        return turn();
      };
      journal.writes.push({ entries, end });
    },
    standAlone() {
      journal.origins = new OriginsSaid();
    },
    nextLap() {
      journal.lap++;
      journal.isFull = false;
      journal.begun.push('next');
    },
    beginAnew() {
      if (journal.cannotBegin !== null) throw journal.cannotBegin;
      journal.lap += 2;
      journal.standAlone();
      journal.begun.push('anew');
    },
    close: () => void journal.begun.push('closed'),
  };
  const asked: { request: WriteRequest; answer: (reply: WriteReply) => Promise<unknown> }[] = [];
  const link = {
    trouble: null,
    ask(request: WriteRequest, _atMs: number, told: (reply: WriteReply) => void) {
      const answer = (reply: WriteReply) => {
        asked.splice(
          asked.findIndex((one) => one.answer === answer),
          1,
        );
        told(reply);
        return turn();
      };
      asked.push({ request, answer });
    },
    close: async () => undefined,
  };
  const writer = createWriter({ link, journal, now: () => 5 });
  const said: string[] = [];
  return {
    journal,
    asked,
    writer,
    said,
    append(room: string, seq: number) {
      const entry = { room, seq, update: Uint8Array.of(seq), author: 'p', carrier: 'p', agencyId: null, role: null };
      const durable = () => void said.push(`${room}${seq} appended`);
      const failed = () => void said.push(`${room}${seq} failed`);
      writer.append({ ...entry, connection: null, atMs: 5, newClientIds: [], durable, failed });
      return turn();
    },
    write(request: WriteRequest) {
      void writer.write(request).then(({ kind }) => said.push(`${request.kind} ${kind}`));
      return turn();
    },
    /** What the first fold under way holds. */
    folding: () =>
      asked.flatMap(({ request }) =>
        request.kind === 'fold' ? entriesOf(request.blocks).map(({ room, seq }) => `${room}${seq}`) : [],
      ),
    kinds: () => asked.map(({ request }) => request.kind),
  };
}

const FOLDED: WriteReply = { kind: 'folded', lost: [] };
const SETTLE: WriteRequest = { kind: 'settle' };
const DONE: WriteReply = { kind: 'done' };
const full = new Error('no space left');
const broken: WriteReply = { kind: 'failed', of: 'store', message: 'disk full' };

describe('an append', () => {
  it('[R2] is told when the journal has it; what came meanwhile goes with the next block', async () => {
    const { journal, append, said } = stage();
    await append('r', 1);
    await append('r', 2);
    await append('s', 1);
    expect(journal.writes.map(({ entries }) => entries.length)).toEqual([1]);
    expect(said).toEqual([]);
    await journal.writes[0]?.end();
    expect(said).toEqual(['r1 appended']);
    expect(journal.writes[0]?.entries).toMatchObject([
      { room: 'r', seq: 2, atMs: 5 },
      { room: 's', seq: 1, atMs: 5 },
    ]);
    await journal.writes[0]?.end();
    expect(said).toEqual(['r1 appended', 'r2 appended', 's1 appended']);
  });

  it('[R8] that the disk does not take fails with all that was appended after it; then the journal begins anew', async () => {
    const { journal, append, said, writer, asked, folding } = stage();
    await append('q', 1);
    await journal.writes[0]?.end();
    await append('r', 1);
    await append('s', 1);
    await journal.writes[0]?.end(full);
    expect(said).toEqual(['q1 appended', 'r1 failed', 's1 failed']);
    expect(writer.trouble).toBe('no space left');
    // What is durable in it goes to the database before anything is written over it.
    await append('r', 1);
    expect(journal.writes).toEqual([]);
    expect(folding()).toEqual(['q1']);
    await asked[0]?.answer(FOLDED);
    expect(journal.begun).toEqual(['anew']);
    await journal.writes[0]?.end();
    expect(said.at(-1)).toBe('r1 appended');
    expect(writer.trouble).toBeNull();
  });

  it('[R8] fails while the journal cannot begin anew, and what is asked behind it goes on', async () => {
    const { journal, append, write, said, asked } = stage();
    await append('r', 1);
    await journal.writes[0]?.end(full);
    journal.cannotBegin = full;
    void append('r', 1);
    await write(SETTLE);
    await turn();
    expect(said).toEqual(['r1 failed', 'r1 failed']);
    await asked[0]?.answer(DONE);
    expect(said.at(-1)).toBe('settle done');
  });

  it('waits at the end of a lap until the lap that is to be written over is folded, and no longer', async () => {
    const { journal, append, said, asked, folding } = stage();
    await append('r', 1);
    await journal.writes[0]?.end();
    journal.isFull = true;
    await append('r', 2);
    // Lap 3 goes over lap 1.
    expect(journal.begun).toEqual(['next']);
    await journal.writes[0]?.end();
    journal.isFull = true;
    await append('r', 3);
    expect(journal.begun).toEqual(['next']);
    expect(folding()).toEqual(['r1', 'r2']);
    await asked[0]?.answer(FOLDED);
    expect(journal.begun).toEqual(['next', 'next']);
    await journal.writes[0]?.end();
    expect(said).toEqual(['r1 appended', 'r2 appended', 'r3 appended']);
  });

  it('goes on beyond the end of a lap while that is being folded, as far as may be', async () => {
    const { journal, append, asked, folding, said } = stage();
    await append('r', 1);
    await journal.writes[0]?.end();
    journal.isFull = true;
    await append('r', 2);
    await journal.writes[0]?.end();
    journal.isFull = true;
    journal.mayRunOver = true;
    await append('r', 3);
    expect(folding()).toEqual(['r1', 'r2']);
    await journal.writes[0]?.end();
    expect(said.at(-1)).toBe('r3 appended');
    journal.mayRunOver = false;
    await append('r', 4);
    expect(journal.writes).toEqual([]);
    await asked[0]?.answer(FOLDED);
    // What ran over is of the lap that is folded next.
    expect(journal.begun).toEqual(['next', 'next']);
    await journal.writes[0]?.end();
    expect(said.at(-1)).toBe('r4 appended');
  });

  it('[R8] is refused while the database takes nothing of what the journal holds, which is kept and tried again', async () => {
    const { journal, append, said, asked, write, writer, folding } = stage();
    await append('r', 1);
    await journal.writes[0]?.end();
    await write(SETTLE);
    await asked[0]?.answer(broken);
    await asked[0]?.answer(DONE);
    // Who wants to read the database would not find it.
    expect(said).toEqual(['r1 appended', 'settle failed']);
    expect(writer.trouble).toBe('disk full');
    expect(writer.isBehind('r')).toBe(true);
    await append('s', 1);
    expect(folding()).toEqual(['r1']);
    await asked[0]?.answer(broken);
    expect(said.at(-1)).toBe('s1 failed');
    await append('s', 1);
    await asked[0]?.answer(FOLDED);
    await journal.writes[0]?.end();
    expect(said.at(-1)).toBe('s1 appended');
    expect(writer.trouble).toBeNull();
    expect([writer.isBehind('r'), writer.isBehind('s')]).toEqual([false, true]);
  });

  it('[R16] that the log does not take in the end is told once more, and only that one', async () => {
    const { journal, append, said, write, asked } = stage();
    await append('r', 1);
    await append('s', 1);
    await journal.writes[0]?.end();
    await journal.writes[0]?.end();
    await write(SETTLE);
    await asked[0]?.answer({ kind: 'folded', lost: [{ room: 's', seq: 1, message: 'no' }] });
    expect(said).toEqual(['r1 appended', 's1 appended', 's1 failed']);
  });
});

it('what is kept while a fold is under way is folded after it, though nobody asks for anything more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { journal, append, asked, folding } = stage();
    await append('r', 1);
    await journal.writes[0]?.end();
    vi.advanceTimersByTime(1_000);
    expect(folding()).toEqual(['r1']);
    await append('r', 2);
    await journal.writes[0]?.end();
    vi.advanceTimersByTime(1_000);
    await asked[0]?.answer(FOLDED);
    vi.advanceTimersByTime(1_000);
    expect(folding()).toEqual(['r2']);
  } finally {
    vi.useRealTimers();
  }
});

describe('another request', () => {
  it('[R24] comes after all that was appended before it, in one transaction with it, and before what comes later', async () => {
    const { journal, append, write, kinds, asked, said, folding } = stage();
    await append('r', 1);
    await write(SETTLE);
    await append('r', 2);
    expect(kinds()).toEqual([]);
    await journal.writes[0]?.end();
    expect(kinds()).toEqual(['fold', 'settle']);
    expect(folding()).toEqual(['r1']);
    // The next rows wait for the disk alone.
    await journal.writes[0]?.end();
    expect(said).toEqual(['r1 appended', 'r2 appended']);
    // This one has rows before it while it is not known what became of those before them.
    await write({ kind: 'signHeads' });
    expect(kinds()).toEqual(['fold', 'settle']);
    await asked[0]?.answer(FOLDED);
    expect(kinds()).toEqual(['settle', 'fold', 'signHeads']);
    expect(folding()).toEqual(['r2']);
  });

  it('[R24] does not go behind a fold that may still fail: then it goes with what is folded again, or fails with it', async () => {
    const { journal, append, write, kinds, asked, said } = stage();
    await append('r', 1);
    await write(SETTLE);
    await journal.writes[0]?.end();
    await write({ kind: 'signHeads' });
    expect(kinds()).toEqual(['fold', 'settle']);
    await asked[0]?.answer(broken);
    await asked[0]?.answer(DONE);
    expect(said).toEqual(['r1 appended', 'settle failed']);
    expect(kinds()).toEqual(['fold', 'signHeads']);
    await asked[0]?.answer(FOLDED);
    await asked[0]?.answer({ kind: 'signed', head: null });
    expect(said).toEqual(['r1 appended', 'settle failed', 'signHeads signed']);
  });

  it('that is in no hurry holds nobody up: it goes with the next fold, and at the end by itself', async () => {
    const { journal, append, write, writer, kinds, asked, said } = stage();
    await write({ kind: 'noteChange', documentId: 'd' });
    await append('r', 1);
    await journal.writes[0]?.end();
    expect(said).toEqual(['r1 appended']);
    expect(kinds()).toEqual([]);
    await write(SETTLE);
    expect(kinds()).toEqual(['fold', 'noteChange', 'settle']);
    for (const reply of [FOLDED, DONE, DONE]) await asked[0]?.answer(reply);
    expect(said).toEqual(['r1 appended', 'noteChange done', 'settle done']);
    await write({ kind: 'noteChange', documentId: 'd' });
    const closing = writer.close();
    await turn();
    expect(kinds()).toEqual(['noteChange']);
    await closing;
    await write({ kind: 'noteChange', documentId: 'd' });
    expect(said.at(-1)).toBe('noteChange failed');
  });

  it('[R24] a snapshot waits for the next fold, in which a row ends where it is, though more of its room came meanwhile', async () => {
    const { journal, append, write, kinds, asked, said, folding } = stage();
    await append('r', 1);
    await append('r', 2);
    await write({ kind: 'snapshot', room: 'r', seq: 2, state: Uint8Array.of(2) });
    await append('r', 3);
    for (let n = 0; n < 3; n++) await journal.writes[0]?.end();
    expect(said).toEqual(['r1 appended', 'r2 appended', 'r3 appended']);
    expect(kinds()).toEqual([]);
    await write(SETTLE);
    expect(kinds()).toEqual(['fold', 'snapshot', 'settle']);
    expect(folding()).toEqual(['r1', 'r2', 'r3']);
    expect(asked[0]?.request).toMatchObject({ ends: [{ room: 'r', seq: 2 }] });
    // One whose rows came after those that are folded now does not overtake them.
    await append('r', 4);
    await write({ kind: 'snapshot', room: 'r', seq: 4, state: Uint8Array.of(4) });
    await journal.writes[0]?.end();
    await write(SETTLE);
    expect(kinds()).toEqual(['fold', 'snapshot', 'settle']);
    await asked[0]?.answer(FOLDED);
    expect(kinds()).toEqual(['snapshot', 'settle', 'fold', 'snapshot', 'settle']);
    expect(folding()).toEqual(['r4']);
  });

  it('[R24] blocks are folded with all that they build on: one that is being written when a fold is due goes with it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { journal, append, write, asked, folding } = stage();
    await append('r', 1);
    await journal.writes[0]?.end();
    await append('r', 2);
    await append('s', 1);
    vi.runAllTimers();
    expect(folding()).toEqual([]);
    await journal.writes[0]?.end();
    expect(folding()).toEqual(['r1', 'r2']);
    // What is written from here on is whole by itself.
    await journal.writes[0]?.end();
    await append('r', 3);
    await journal.writes[0]?.end();
    await asked[0]?.answer(FOLDED);
    await write(SETTLE);
    expect(folding()).toEqual(['s1', 'r3']);
  });

  it('large snapshots do not wait', async () => {
    const { write, kinds } = stage();
    await write({ kind: 'snapshot', room: 'r', seq: 2, state: new Uint8Array(3 * 1024 * 1024) });
    expect(kinds()).toEqual(['snapshot']);
  });

  it('at the end all is folded before the thread ends, and nothing more is taken', async () => {
    const { journal, append, writer, asked, said, write } = stage();
    await append('r', 1);
    const closing = writer.close();
    await append('r', 2);
    await write(SETTLE);
    expect(said).toEqual(['r2 failed', 'settle failed']);
    await turn();
    await journal.writes[0]?.end();
    expect(journal.begun).toEqual([]);
    await asked[0]?.answer(FOLDED);
    await closing;
    expect(journal.begun).toEqual(['closed']);
    expect(said).toContain('r1 appended');
  });

  it('at the end what the database does not take stays in the journal', async () => {
    const { journal, append, writer, asked } = stage();
    await append('r', 1);
    await journal.writes[0]?.end();
    const closing = writer.close();
    await turn();
    await asked[0]?.answer(broken);
    await closing;
    expect(journal.begun).toEqual(['closed']);
    expect(await writer.write(SETTLE)).toMatchObject(FAILED);
  });
});
