/** The pure session, where a step of its own is worth naming; whole stories are in room-replica.test.ts and the simulation. */
import { describe, expect, it } from 'vitest';
import { startSync, stepSync } from '../../../client/replica/sync-session.ts';
import type { SyncEffect, SyncEvent, SyncState } from '../../../client/replica/sync-words.ts';
import { CLOSE, type CloseName } from '../../../shared/close-codes.ts';

const START = {
  generation: 'g1',
  mayWrite: true,
  documentState: 'draft',
  mergedMark: 4,
  localMark: 4,
  ackedMark: 4,
  stopped: null,
  isHandingIn: false,
} as const;
const VECTOR = new Uint8Array([0]);
const UPDATE = new Uint8Array([0, 0]);

function sessionAfter(events: readonly SyncEvent[], start: Partial<typeof START | { mayWrite: boolean }> = {}) {
  let state: SyncState = startSync({ ...START, ...start });
  let effects: readonly SyncEffect[] = [];
  for (const event of events) [state, effects] = stepSync(state, event);
  return { state, effects };
}

const step1: SyncEvent = { type: 'received', message: { type: 'syncStep1', stateVector: VECTOR } };
const joined: readonly SyncEvent[] = [
  { type: 'opened' },
  { type: 'storeRead', updates: [], lastMark: 4, lastLocalMark: 4 },
  step1,
];
const edited: readonly SyncEvent[] = [
  { type: 'changed', update: UPDATE },
  { type: 'facts', lastLocalMark: 5, ackedMark: 4, generation: 'g1' },
  { type: 'appended', mark: 5 },
];
const barrier = (effects: readonly SyncEffect[]) =>
  effects.flatMap((effect) =>
    effect.type === 'send' && effect.message.type === 'barrier' ? [effect.message.number] : [],
  );

describe('barriers', () => {
  it('[C2] follow the entry in the store, not the keystroke', () => {
    expect(barrier(sessionAfter([...joined, { type: 'changed', update: UPDATE }]).effects)).toEqual([]);
    expect(barrier(sessionAfter([...joined, ...edited]).effects)).toEqual([1]);
  });

  it('[C2] echo for what was merged when they were sent, not for what came since', () => {
    const { state, effects } = sessionAfter([
      ...joined,
      ...edited,
      { type: 'changed', update: UPDATE },
      { type: 'facts', lastLocalMark: 6, ackedMark: 4, generation: 'g1' },
      { type: 'appended', mark: 6 },
      { type: 'received', message: { type: 'barrier', number: 1 } },
    ]);
    expect(effects[0]).toEqual({ type: 'acknowledge', mark: 5, generation: 'g1' });
    expect(barrier(effects)).toEqual([2]);
    expect(state.ackedMark).toBe(5);
  });

  it('[C2] of an earlier connection say nothing in this one', () => {
    const { effects } = sessionAfter([
      ...joined,
      ...edited,
      { type: 'closed', name: null },
      ...joined,
      { type: 'received', message: { type: 'barrier', number: 1 } },
    ]);
    expect(effects).toEqual([]);
  });

  it('[C2] do not pass over an entry of another tab that is not merged yet', () => {
    const { state, effects } = sessionAfter([
      ...joined,
      { type: 'facts', lastLocalMark: 6, ackedMark: 4, generation: 'g1' },
      { type: 'appended', mark: 6 },
    ]);
    expect(state.mergedMark).toBe(4);
    expect(effects).toEqual([{ type: 'readStore', mark: 4 }]);
  });
});

describe('a reader', () => {
  it('[R6] answers the relay with nothing while its store holds nothing of its own', () => {
    const { effects } = sessionAfter(joined, { mayWrite: false });
    expect(effects).toEqual([{ type: 'send', message: { type: 'syncStep2', update: UPDATE } }]);
  });

  it('[C6] answers with everything when something was written before the rights went away', () => {
    const { effects } = sessionAfter([{ type: 'changed', update: UPDATE }, ...joined], { mayWrite: false });
    expect(effects[0]).toEqual({ type: 'answer', stateVector: VECTOR });
  });
});

describe('an edit sent into a connection that was gone already', () => {
  it('[C2] is said again to the relay before any barrier, also when the right to write went away meanwhile', () => {
    const { effects } = sessionAfter([
      ...joined,
      { type: 'changed', update: UPDATE },
      { type: 'closed', name: null },
      {
        type: 'received',
        message: { type: 'hello', hello: { generation: 'g1', capability: 'read', documentState: 'draft' } as never },
      },
      ...joined,
    ]);
    expect(effects[0]).toEqual({ type: 'answer', stateVector: VECTOR });
  });
});

describe('a close', () => {
  it('[C3] stops the session for good exactly where the table says so', () => {
    for (const name of Object.keys(CLOSE) as CloseName[]) {
      const { state, effects } = sessionAfter([...joined, { type: 'closed', name }]);
      const isAnotherStore = name === 'otherGeneration';
      expect(state.stopped, name).toBe(CLOSE[name].retry || isAnotherStore ? null : name);
      expect(
        effects.some(({ type }) => type === 'reconnect'),
        name,
      ).toBe(isAnotherStore);
    }
  });

  it('[C2] of a relay put back that does not know the room any more leaves nothing acknowledged, once', () => {
    const closed: SyncEvent = { type: 'closed', name: 'recovering' };
    const { state, effects } = sessionAfter([...joined, closed]);
    expect(effects).toEqual([{ type: 'forgetGeneration' }]);
    expect(state).toMatchObject({ generation: null, ackedMark: 0, mustAnswer: true, stopped: null });
    expect(sessionAfter([...joined, closed, closed]).effects).toEqual([]);
  });

  it('[R11] hands in once, also when the edit reaches the store only afterwards', () => {
    const { effects } = sessionAfter([...joined, { type: 'closed', name: 'noAccess' }, ...edited]);
    const again = sessionAfter([...joined, { type: 'closed', name: 'noAccess' }, ...edited, ...edited.slice(1)]);
    const facts = sessionAfter([...joined, { type: 'closed', name: 'noAccess' }, ...edited.slice(0, 2)]);
    expect(facts.effects).toEqual([{ type: 'handIn', reason: 'no-access', stateVector: VECTOR }]);
    expect([...effects, ...again.effects].filter(({ type }) => type === 'handIn')).toEqual([]);
  });

  it('[C6] is not undone by the person acting while refused edits are on their way', () => {
    const { state, effects } = sessionAfter([...joined, { type: 'closed', name: 'editRefused' }, { type: 'resumed' }]);
    expect(state.stopped).toBe('editRefused');
    expect(effects).toEqual([]);
  });
});
