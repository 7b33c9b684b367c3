/** The writer of a room: what it says while it writes, and that a store that fails for a while gets everything afterwards. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NO_FACTS, type RoomFacts, type Stored, withEntry } from '../../../client/replica/room-store.ts';
import { createStoreWriter } from '../../../client/replica/store-writer.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { turn } from '../../support/world.ts';

function update(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('prose').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

function wordsOf(bytes: Uint8Array): string {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, bytes);
  return doc.getText('prose').toString();
}

function setUp() {
  const clock = createFakeClock();
  const answers: ((stored: Stored<RoomFacts | null>) => void)[] = [];
  const written: Uint8Array[] = [];
  let replaced = 0;
  const stored: boolean[] = [];
  let facts = NO_FACTS;
  const append = (update: Uint8Array, isLocal: boolean) =>
    new Promise<Stored<RoomFacts | null>>((resolve) => {
      written.push(update);
      answers.push((answer) => {
        facts = withEntry(facts, isLocal, 1);
        resolve(answer.ok && answer.value !== null ? { ok: true, value: facts } : answer);
      });
    });
  const writer = createStoreWriter({ append }, clock, {
    stored: (_bytes, isLocal) => stored.push(isLocal),
    logReplaced: () => {
      replaced++;
      writer.startOver();
      writer.write(update('全部'), true);
    },
    stateChanged: () => {},
  });
  const answer = async (how: Stored<RoomFacts | null> = { ok: true, value: facts }) => {
    answers.shift()?.(how);
    await turn();
  };
  return { clock, writer, answer, stored, written, replacedCount: () => replaced };
}

describe('the writer of a room', () => {
  it('says since when an edit made here waits, and nothing of the kind for what the relay sent', async () => {
    const { clock, writer, answer } = setUp();
    writer.write(update('甲'), false);
    expect(writer.state()).toEqual({ kind: 'writing', localSinceMs: null });
    clock.advance(1_000);
    const madeAtMs = clock.nowMs();
    writer.write(update('乙'), true);
    clock.advance(10);
    expect(writer.state()).toEqual({ kind: 'writing', localSinceMs: madeAtMs });
    await answer();
    expect(writer.state()).toEqual({ kind: 'writing', localSinceMs: madeAtMs });
    await answer();
    expect(writer.state()).toEqual({ kind: 'idle' });
  });

  it('counts a steady stream of quick writes from the oldest edit that is not stored, not from the first', async () => {
    const { clock, writer, answer } = setUp();
    writer.write(update('0'), true);
    for (let i = 1; i <= 50; i++) {
      clock.advance(20);
      writer.write(update(String(i)), true);
      await answer();
      expect(writer.state()).toEqual({ kind: 'writing', localSinceMs: clock.nowMs() });
    }
  });

  it('[C6] writes everything in order once a store that failed works again', async () => {
    const { clock, writer, answer, stored } = setUp();
    writer.write(update('甲'), true);
    await answer({ ok: false, reason: 'QuotaExceededError', why: 'unknown' });
    writer.write(update('乙'), false);
    await answer({ ok: false, reason: 'QuotaExceededError', why: 'unknown' });
    expect(writer.state()).toMatchObject({ kind: 'failed', failure: { message: 'QuotaExceededError' } });
    clock.advance(5_000);
    await answer();
    await answer();
    expect(stored).toEqual([true, false]);
    expect(writer.state()).toEqual({ kind: 'idle' });
  });

  it('[C13] writes nothing of what waited once another log is in the place, and what is written anew first', async () => {
    const { writer, answer, stored, written, replacedCount } = setUp();
    writer.write(update('甲'), true);
    writer.write(update('乙'), true);
    await answer({ ok: true, value: null });
    expect(replacedCount()).toBe(1);
    expect(stored).toEqual([]);
    await answer();
    expect(written.map(wordsOf)).toEqual(['甲', '全部']);
    expect(stored).toEqual([true]);
    expect(writer.state()).toEqual({ kind: 'idle' });
  });

  it('[C13] counts a write that was under way when it started over as not written', async () => {
    const { writer, answer, stored, written } = setUp();
    writer.write(update('甲'), true);
    writer.startOver();
    writer.write(update('全部'), true);
    await answer();
    expect(stored).toEqual([]);
    await answer();
    expect(written.map(wordsOf)).toEqual(['甲', '全部']);
    expect(stored).toEqual([true]);
  });
});
