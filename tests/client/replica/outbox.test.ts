/** The outbox: durable before sent, in order, once each in effect, answered done or refused. */
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../client/replica/api-client.ts';
import { plainKeys } from '../../../client/replica/envelope.ts';
import { openLocalStore } from '../../../client/replica/local-store.ts';
import { createOutbox, type Outbox } from '../../../client/replica/outbox.ts';
import type { Command, CommandResult } from '../../../shared/commands.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/node-browser.ts';
import { storeEnvironment } from '../../support/store-environment.ts';
import { turn } from '../../support/world.ts';

const DONE: Answer<CommandResult> = { kind: 'ok', value: { outcome: 'done', version: 1 } };
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const freeze = (n: number): Command => ({ commandId: id(n), type: 'freezeDocument', documentId: id(100 + n) });

/** A server that remembers what it did by uuid, and a device to talk to it. */
function setting(indexedDB = new IDBFactory()) {
  const clock = createFakeClock();
  const sent: string[] = [];
  const effects: string[] = [];
  const done: string[] = [];
  const server = {
    isReachable: true,
    generation: 'g1',
    losesAnswers: false,
    answer: (_command: Command): Answer<CommandResult> => DONE,
    isSignedOut: false,
    losesLock: false,
  };
  let locks = Promise.resolve();
  function openOutbox(): Outbox {
    const outbox = createOutbox({
      store: openLocalStore('concord-test', plainKeys, storeEnvironment(indexedDB)),
      clock,
      log: () => {},
      withLock: async (_name, _when, work) => {
        if (server.losesLock) throw new DOMException('the document is not active', 'InvalidStateError');
        const run = locks.then(work);
        locks = run;
        return run;
      },
      api: {
        command: async (command) => {
          if (!server.isReachable) return { kind: 'unreachable' };
          sent.push(command.commandId);
          const answer = server.answer(command);
          if (answer.kind === 'ok' && answer.value.outcome === 'done' && !effects.includes(command.commandId)) {
            effects.push(command.commandId);
          }
          return server.losesAnswers ? { kind: 'unreachable' } : answer;
        },
      },
      generation: () => server.generation,
      maySend: () => !server.isSignedOut,
      onDone: async (command) => void done.push(command.commandId),
      onSignedOut: () => {
        server.isSignedOut = true;
      },
      onChange: () => {},
    });
    return outbox;
  }
  return { clock, sent, effects, done, server, openOutbox };
}

const isEmpty = (entries: readonly unknown[]) => entries.length === 0;

describe('the outbox', () => {
  it('[C6] has a command in the store before it is sent, and sends it after a new start', async () => {
    const { server, openOutbox, effects } = setting();
    server.isReachable = false;
    const before = openOutbox();
    await before.submit(freeze(1));
    before.close();
    server.isReachable = true;
    const after = openOutbox();
    await after.load();
    expect(after.entries.get()).toEqual([{ command: freeze(1), state: 'waiting' }]);
    await after.drain();
    expect(after.entries.get()).toEqual([]);
    expect(effects).toEqual([id(1)]);
  });

  it('sends in the order of making and stops at one without an answer', async () => {
    const { server, openOutbox, effects, clock, sent } = setting();
    server.isReachable = false;
    const outbox = openOutbox();
    for (const n of [3, 1, 2]) await outbox.submit(freeze(n));
    await turn();
    expect(sent).toEqual([]);
    server.isReachable = true;
    clock.advance(5_000);
    await until(outbox.entries, isEmpty);
    expect(effects).toEqual([id(3), id(1), id(2)]);
  });

  it('[C6] goes on after a lock that the browser would not give', async () => {
    const { server, openOutbox, effects } = setting();
    server.isReachable = false;
    const outbox = openOutbox();
    await outbox.submit(freeze(1));
    await outbox.drain();
    server.isReachable = true;
    server.losesLock = true;
    await expect(outbox.drain()).rejects.toThrow('not active');
    server.losesLock = false;
    await outbox.drain();
    expect(effects).toEqual([id(1)]);
  });

  it('[C6] sends again when the answer was lost, which does it only once', async () => {
    const { server, openOutbox, effects, clock, sent } = setting();
    server.losesAnswers = true;
    const outbox = openOutbox();
    await outbox.submit(freeze(1));
    await outbox.drain();
    expect(outbox.entries.get().length).toBe(1);
    server.losesAnswers = false;
    clock.advance(5_000);
    await until(outbox.entries, isEmpty);
    expect(sent.length).toBeGreaterThan(1);
    expect(effects).toEqual([id(1)]);
  });

  it('keeps a refused command with its reason until the person has seen it, and goes on with the next', async () => {
    const { server, openOutbox, effects, done } = setting();
    server.answer = (command) =>
      command.commandId === id(1) ? { kind: 'ok', value: { outcome: 'refused', reason: 'not-allowed' } } : DONE;
    const outbox = openOutbox();
    await outbox.submit(freeze(1));
    await outbox.submit(freeze(2));
    await until(outbox.entries, (entries) => entries.length === 1);
    expect(outbox.entries.get()).toEqual([{ command: freeze(1), state: 'refused', reason: 'not-allowed' }]);
    expect(effects).toEqual([id(2)]);
    expect(done).toEqual([id(2)]);
    await outbox.drain();
    expect(outbox.entries.get().length).toBe(1);
    await outbox.dismiss(id(1));
    expect(outbox.entries.get()).toEqual([]);
  });

  it('[C6] does not forget a waiting command because somebody dismisses it', async () => {
    const { server, openOutbox } = setting();
    server.isReachable = false;
    const outbox = openOutbox();
    await outbox.submit(freeze(1));
    await outbox.dismiss(id(1));
    expect(outbox.entries.get().length).toBe(1);
  });

  it('[C9] stops when nobody is signed in, and loses nothing', async () => {
    const { server, openOutbox, effects } = setting();
    server.answer = () => ({ kind: 'signedOut' });
    const outbox = openOutbox();
    await outbox.submit(freeze(1));
    await outbox.drain();
    await outbox.submit(freeze(2));
    expect(server.isSignedOut).toBe(true);
    expect(outbox.entries.get().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    server.isSignedOut = false;
    server.answer = () => DONE;
    await outbox.drain();
    expect(effects).toEqual([id(1), id(2)]);
  });

  it('two tabs send each command once in effect, in order', async () => {
    const { openOutbox, effects, server } = setting();
    server.isReachable = false;
    const [left, right] = [openOutbox(), openOutbox()];
    await left.submit(freeze(1));
    await right.load();
    await right.submit(freeze(2));
    server.isReachable = true;
    await left.load();
    await Promise.all([left.drain(), right.drain()]);
    expect(effects).toEqual([id(1), id(2)]);
    await right.load();
    expect(right.entries.get()).toEqual([]);
  });

  it('takes the same command once, however often it is submitted', async () => {
    const { server, openOutbox } = setting();
    server.isReachable = false;
    const outbox = openOutbox();
    await outbox.submit(freeze(1));
    await outbox.submit(freeze(1));
    expect(outbox.entries.get().length).toBe(1);
  });

  it('rejects a command that could not be stored: it does not exist', async () => {
    const full = new IDBFactory();
    const { openOutbox } = setting(
      new Proxy(full, {
        get: (target, key) =>
          key === 'open'
            ? () => {
                throw new DOMException('the disk is full', 'QuotaExceededError');
              }
            : Reflect.get(target, key, target),
      }),
    );
    const outbox = openOutbox();
    await expect(outbox.submit(freeze(1))).rejects.toThrow('QuotaExceededError');
    expect(outbox.entries.get()).toEqual([]);
    expect(outbox.storeProblem.get()).toMatchObject({ why: 'quota' });
  });
});

describe('after a backup was put back at the relay', () => {
  const register: Command = {
    commandId: id(1),
    type: 'registerDocument',
    documentId: id(2),
    caseId: id(3),
    kind: 'caseNote',
    title: '记录',
    audience: 'joint',
  };

  it('[C6] what made a document is offered again, once, unseen, and other commands are not', async () => {
    const { sent, server, openOutbox } = setting();
    const outbox = openOutbox();
    await outbox.submit(register);
    await outbox.submit(freeze(4));
    await outbox.drain();
    expect(sent).toEqual([id(1), id(4)]);
    expect(outbox.entries.get()).toEqual([]);
    await outbox.drain();
    server.generation = 'g2';
    const later = openOutbox();
    await later.load();
    await later.drain();
    await later.drain();
    expect(sent).toEqual([id(1), id(4), id(1)]);
    expect(later.entries.get()).toEqual([]);
  });

  it('[C6] who may not do it any more is told nothing, and it is tried again at the next opening', async () => {
    const { sent, server, openOutbox } = setting();
    const first = openOutbox();
    await first.submit(register);
    await first.drain();
    server.generation = 'g2';
    server.answer = () => ({ kind: 'ok', value: { outcome: 'refused', reason: 'not-allowed' } });
    const outbox = openOutbox();
    await outbox.load();
    await outbox.drain();
    await outbox.drain();
    expect(sent).toEqual([id(1), id(1)]);
    expect(outbox.entries.get()).toEqual([]);
    server.answer = () => DONE;
    const next = openOutbox();
    await next.load();
    await next.drain();
    expect(sent).toEqual([id(1), id(1), id(1)]);
  });

  it('is forgotten after thirty days', async () => {
    const { clock, sent, server, openOutbox } = setting();
    const outbox = openOutbox();
    await outbox.submit(register);
    await outbox.drain();
    clock.advance(31 * 24 * 60 * 60 * 1000);
    server.generation = 'g2';
    const later = openOutbox();
    await later.load();
    await later.drain();
    expect(sent).toEqual([id(1)]);
  });
});
