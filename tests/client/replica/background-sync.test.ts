/** Background sync without a network under it: order, how many at once, what is tried again. */
import { describe, expect, it } from 'vitest';
import { type BackgroundParts, createBackgroundSync } from '../../../client/replica/background-sync.ts';
import type { DueDocument } from '../../../client/replica/keeping.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { turn } from '../../support/world.ts';

const due = (...ids: string[]): DueDocument[] => ids.map((documentId) => ({ documentId, mark: 1 }));

function setUp(over: Partial<BackgroundParts> = {}) {
  const clock = createFakeClock();
  const begun: string[] = [];
  const waiting = new Map<string, (isDone: boolean) => void>();
  let rounds = 0;
  const sync = createBackgroundSync({
    clock,
    log: () => {},
    unsent: async () => due('unsent'),
    behind: () => due('a', 'b', 'c', 'unsent'),
    maySync: () => true,
    syncOne: ({ documentId }) => {
      begun.push(documentId);
      return new Promise((resolve) => waiting.set(documentId, resolve));
    },
    alone: (work) => work(),
    onRound: async () => void rounds++,
    ...over,
  });
  const finish = async (documentId: string, isDone = true) => {
    waiting.get(documentId)?.(isDone);
    await turn();
  };
  return { clock, sync, begun, finish, rounds: () => rounds };
}

describe('background sync', () => {
  it('delivers unsent work before it fetches anything, then two documents at once, each only once', async () => {
    const { sync, begun, finish, rounds } = setUp();
    const run = sync.run();
    await turn();
    expect(begun).toEqual(['unsent']);
    expect(sync.progress.get()).toEqual({ kind: 'running', done: 0, total: 1 });
    await finish('unsent');
    expect(begun).toEqual(['unsent', 'a', 'b']);
    expect(sync.progress.get()).toEqual({ kind: 'running', done: 1, total: 4 });
    await finish('b');
    expect(begun).toEqual(['unsent', 'a', 'b', 'c']);
    await finish('a');
    await finish('c');
    await run;
    expect(sync.progress.get()).toEqual({ kind: 'idle' });
    expect(rounds()).toBe(1);
  });

  it('says what did not work out and tries it again by itself', async () => {
    const { clock, sync, begun, finish } = setUp({ behind: () => [] });
    const run = sync.run();
    await turn();
    await finish('unsent', false);
    await run;
    expect(sync.progress.get()).toEqual({ kind: 'retrying', failed: 1 });
    clock.advance(60_000);
    await turn();
    expect(begun).toEqual(['unsent', 'unsent']);
    await finish('unsent');
    expect(sync.progress.get()).toEqual({ kind: 'idle' });
  });

  it('stops where it is when the network goes, and begins nothing without one', async () => {
    let isOnline = true;
    const { sync, begun, finish, rounds } = setUp({ unsent: async () => [], maySync: () => isOnline });
    const run = sync.run();
    await turn();
    isOnline = false;
    await finish('a');
    await finish('b');
    await run;
    expect(begun).toEqual(['a', 'b']);
    await sync.run();
    expect([begun.length, rounds()]).toEqual([2, 0]);
  });

  it('looks once more when it was asked while it ran', async () => {
    const { sync, finish, rounds } = setUp({ behind: () => [] });
    const runs = [sync.run()];
    await turn();
    runs.push(sync.run());
    await finish('unsent');
    await finish('unsent');
    await Promise.all(runs);
    expect(rounds()).toBe(2);
  });

  it('leaves the work to another tab that is at it', async () => {
    const { sync, begun } = setUp({ alone: async () => {} });
    await sync.run();
    expect(begun).toEqual([]);
    expect(sync.progress.get()).toEqual({ kind: 'idle' });
  });
});
