/**
 * What one room's replica says to the relay and when: a pure state machine. It knows no socket, no Y.Doc and no store; the
 * edge (room-replica.ts, and the simulation) feeds it events and does its effects in order. Here is decided what
 * "acknowledged" means: a barrier speaks of every store entry that the replica had merged and sent when it was sent.
 */
import { CLOSE, type CloseName } from '../../shared/close-codes.ts';
import type { Message } from '../../shared/wire/messages.ts';
import type { HeldChange, SyncEffect, SyncEvent, SyncStart, SyncState } from './sync-words.ts';

export function startSync(start: SyncStart): SyncState {
  return {
    ...start,
    knownMark: start.mergedMark,
    isReading: false,
    mustAnswer: false,
    link: 'down',
    isSynced: false,
    isRecovering: false,
    lastBarrier: 0,
    barrier: null,
    holds: 0,
    held: [],
    relayStateVector: null,
    refusal: null,
    clash: null,
    isRenewing: false,
  };
}

type Step = readonly [SyncState, readonly SyncEffect[]];

/** Closes after which edits that the relay does not hold go to the held-edits door instead of waiting for ever. */
const HAND_IN: readonly CloseName[] = ['editRefused', 'editTooLate', 'noAccess', 'tooBig'];

/** An update of a Y.Doc without anything in it. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);

export function stepSync(state: SyncState, event: SyncEvent): Step {
  switch (event.type) {
    case 'opened':
      // Another tab may have left something in the store and died before anybody heard of it.
      return [
        { ...state, link: 'open', barrier: null, refusal: null, clash: null, isReading: true },
        [readStore(state)],
      ];
    case 'closed':
      return closed(state, event.name);
    case 'received':
      return received(state, event.message);
    case 'changed':
      // Said again at the next joining: the connection may be gone without anybody knowing yet.
      return [
        { ...state, mustAnswer: true },
        state.link === 'joined' ? [send({ type: 'update', update: event.update })] : [],
      ];
    case 'tabEntry': {
      const { update, mark, isLocal } = event;
      return arrived({ ...state, knownMark: Math.max(state.knownMark, mark) }, [
        { update, from: { kind: 'tab', mark, isLocal } },
      ]);
    }
    case 'appended': {
      const known = { ...state, knownMark: Math.max(state.knownMark, event.mark) };
      const isNext = event.mark === state.mergedMark + 1;
      return withBarrier(...withoutGap(isNext ? { ...known, mergedMark: event.mark } : known, []));
    }
    case 'storeRead': {
      const { updates, lastMark, lastLocalMark } = event;
      const read = { ...state, isReading: false, localMark: Math.max(state.localMark, lastLocalMark) };
      if (updates.length === 0) {
        return withBarrier(...withoutGap({ ...read, mergedMark: Math.max(read.mergedMark, lastMark) }, []));
      }
      return arrived(
        read,
        updates.map(({ update }, i) => ({
          update,
          from: { kind: 'store', mark: i === updates.length - 1 ? lastMark : 0 },
        })),
      );
    }
    case 'storeReadFailed':
      return [{ ...state, isReading: false }, []];
    case 'facts': {
      const isSameStore = event.generation === state.generation;
      return withHandIn(
        ...withBarrier(
          {
            ...state,
            localMark: event.lastLocalMark,
            // A barrier may have been echoed while these facts were being written.
            ackedMark: isSameStore ? Math.max(state.ackedMark, event.ackedMark) : event.ackedMark,
          },
          [],
        ),
      );
    }
    case 'heard':
      return withoutGap({ ...state, knownMark: Math.max(state.knownMark, event.mark) }, []);
    case 'storeReplaced': {
      const mustAnswer = state.mustAnswer || hasUnacknowledged(state);
      const marks = { mergedMark: 0, knownMark: 0, localMark: 0, ackedMark: 0 };
      // A barrier under way speaks of the old store. Other tabs may have written into the new one already.
      const fresh = { ...state, ...marks, barrier: null, isReading: true, mustAnswer };
      return [fresh, [readStore(fresh)]];
    }
    case 'clashed': {
      if (state.stopped !== null) return [state, []];
      return renewing({ ...state, link: 'down', barrier: null, stopped: 'editRefused' }, event.clientId);
    }
    case 'renewalFailed':
      return handIn({ ...state, isRenewing: false }, []);
    case 'held':
      return [{ ...state, holds: state.holds + 1 }, []];
    case 'released': {
      const released = { ...state, holds: Math.max(0, state.holds - 1) };
      return released.holds === 0 ? flushed(released) : [released, []];
    }
    case 'holdExpired':
      return flushed(state);
    case 'resumed':
      // With edits on their way to the held-edits door only a fresh copy goes on.
      if (state.stopped === null || state.isHandingIn || state.isRenewing) return [state, []];
      return [{ ...state, stopped: null }, [{ type: 'reconnect' }]];
  }
}

/** Whether the store holds local edits that the relay has not acknowledged. */
function hasUnacknowledged(state: Pick<SyncState, 'localMark' | 'ackedMark'>): boolean {
  return state.localMark > state.ackedMark;
}

function received(state: SyncState, message: Message): Step {
  switch (message.type) {
    case 'hello': {
      const { generation, capability, documentState, isRecovering = false } = message.hello;
      const mayWrite = capability === 'write' && documentState !== 'freezing';
      const isOther = state.generation !== null && state.generation !== generation;
      const remember = { type: 'remember', generation, mayWrite, documentState } as const;
      return [
        isOther
          ? { ...withoutGeneration(state), generation, mayWrite, documentState, isRecovering }
          : { ...state, generation, mayWrite, documentState, isRecovering },
        isOther ? [{ type: 'forgetGeneration' }, remember] : [remember],
      ];
    }
    case 'syncStep1': {
      const joined = { ...state, link: 'joined', relayStateVector: message.stateVector, mustAnswer: false } as const;
      const before: SyncEffect[] = state.isRecovering ? [{ type: 'introduce' }] : [];
      // A replica without the right to write says nothing of its own, unless it holds edits that somebody must judge; after
      // a backup was put back it may hold what the relay lost.
      const answer: SyncEffect =
        state.mayWrite || state.mustAnswer || state.isRecovering || hasUnacknowledged(state)
          ? { type: 'answer', stateVector: message.stateVector }
          : send({ type: 'syncStep2', update: EMPTY_UPDATE });
      // While the document freezes the relay waits for a barrier after this answer, also from who has nothing to say.
      return state.documentState === 'freezing'
        ? withOwnBarrier(joined, [...before, answer])
        : withBarrier(joined, [...before, answer]);
    }
    case 'syncStep2':
      return arrived(state, [{ update: message.update, from: { kind: 'relay', isStep2: true } }]);
    case 'update':
      return arrived(state, [{ update: message.update, from: { kind: 'relay', isStep2: false } }]);
    case 'barrier': {
      if (state.barrier?.number !== message.number) return [state, []];
      const mark = state.barrier.mark;
      return withBarrier({ ...state, barrier: null, ackedMark: Math.max(state.ackedMark, mark) }, [
        { type: 'acknowledge', mark, generation: state.generation },
      ]);
    }
    case 'refused':
      return [{ ...state, refusal: message.reason }, []];
    case 'clash':
      return [{ ...state, clash: message.clientId }, []];
    case 'freezing': {
      const generation = state.generation;
      const frozen = { ...state, mayWrite: false, documentState: 'freezing' } as const;
      const facts: SyncEffect[] =
        generation === null ? [] : [{ type: 'remember', generation, mayWrite: false, documentState: 'freezing' }];
      // Everything typed so far has been sent with the keystroke; the barrier says so, even when nothing waits.
      return state.link === 'joined' ? withOwnBarrier(frozen, facts) : [frozen, facts];
    }
    case 'owners':
      return [state, [{ type: 'keepOwners', message }]];
    case 'claim':
    case 'awareness':
    case 'queryAwareness':
      return [state, []];
  }
}

/** Changes from outside: merged at once, or kept while somebody composes. */
function arrived(state: SyncState, changes: readonly HeldChange[]): Step {
  if (state.holds > 0) return [{ ...state, held: [...state.held, ...changes] }, []];
  return merged(state, changes);
}

function flushed(state: SyncState): Step {
  if (state.held.length === 0) return withBarrier(...withoutGap(state, []));
  return merged({ ...state, held: [] }, state.held);
}

function merged(state: SyncState, changes: readonly HeldChange[]): Step {
  const effects: SyncEffect[] = [{ type: 'merge', changes }];
  let next = state;
  for (const { from, update } of changes) {
    if (from.kind === 'relay') {
      if (from.isStep2) next = { ...next, isSynced: true };
      continue;
    }
    if (from.kind === 'store' || from.mark === next.mergedMark + 1) {
      next = { ...next, mergedMark: Math.max(next.mergedMark, from.mark) };
    }
    const isLocal = from.kind === 'store' || from.isLocal;
    if (from.kind === 'tab' && from.isLocal) next = { ...next, localMark: Math.max(next.localMark, from.mark) };
    if (!isLocal || !(next.mayWrite || hasUnacknowledged(next))) continue;
    // The other tab sends it too; but it may die before it does, and twice does no harm.
    if (next.link === 'joined') effects.push(send({ type: 'update', update }));
    else next = { ...next, mustAnswer: true };
  }
  return withBarrier(...withoutGap(next, effects));
}

/** Reads the store when it has entries that this document does not (two tabs wrote at once). */
function withoutGap(state: SyncState, effects: readonly SyncEffect[]): Step {
  if (state.knownMark <= state.mergedMark || state.isReading || state.holds > 0) return [state, effects];
  return [{ ...state, isReading: true }, [...effects, readStore(state)]];
}

/** Adds a barrier when there is something to be acknowledged, it has all been sent, and none is under way. */
function withBarrier(state: SyncState, effects: readonly SyncEffect[]): Step {
  const isDue =
    state.link === 'joined' && state.barrier === null && hasUnacknowledged(state) && state.mergedMark > state.ackedMark;
  if (!isDue) return [state, effects];
  return withOwnBarrier(state, effects);
}

/** A barrier whatever is under way; an echo of an older one then says nothing any more. */
function withOwnBarrier(state: SyncState, effects: readonly SyncEffect[]): Step {
  const number = state.lastBarrier + 1;
  return [
    { ...state, lastBarrier: number, barrier: { number, mark: state.mergedMark } },
    [...effects, send({ type: 'barrier', number })],
  ];
}

function closed(state: SyncState, name: CloseName | null): Step {
  const down: SyncState = { ...state, link: 'down', barrier: null };
  if (name === 'otherGeneration') {
    return [withoutGeneration(down), [{ type: 'forgetGeneration' }, { type: 'reconnect' }]];
  }
  // The relay's store, put back, knows nothing of this room: what an earlier one acknowledged is in no store of the relay.
  if (name === 'recovering' && state.generation !== null)
    return [withoutGeneration(down), [{ type: 'forgetGeneration' }]];
  if (name === null || CLOSE[name].retry) return [down, []];
  const stopped = { ...down, stopped: name };
  if (name === 'editRefused' && state.clash !== null) return renewing(stopped, state.clash);
  return name === 'editRefused' || name === 'editTooLate' ? handIn(stopped, []) : withHandIn(stopped, []);
}

function renewing(state: SyncState, clientId: number): Step {
  if (state.isRenewing) return [state, []];
  return [{ ...state, mayWrite: false, isRenewing: true }, [{ type: 'renew', clientId }]];
}

/** Hands in what nobody but this device holds, once the relay has closed the door to it. */
function withHandIn(state: SyncState, effects: readonly SyncEffect[]): Step {
  const isDue = state.stopped !== null && HAND_IN.includes(state.stopped) && hasUnacknowledged(state);
  return isDue ? handIn(state, effects) : [state, effects];
}

function handIn(state: SyncState, effects: readonly SyncEffect[]): Step {
  if (state.isHandingIn || state.isRenewing || state.stopped === null) return [state, effects];
  const reason = state.refusal ?? CLOSE[state.stopped].reason;
  return [
    { ...state, mayWrite: false, isHandingIn: true },
    [...effects, { type: 'handIn', reason, stateVector: state.relayStateVector }],
  ];
}

/** The relay's store is another one: nothing counts as acknowledged, and all of it may have to be said again. */
function withoutGeneration(state: SyncState): SyncState {
  return { ...state, generation: null, ackedMark: 0, mustAnswer: state.mustAnswer || state.localMark > 0 };
}

function readStore(state: SyncState): SyncEffect {
  return { type: 'readStore', mark: state.mergedMark };
}

function send(message: Message): SyncEffect {
  return { type: 'send', message };
}
