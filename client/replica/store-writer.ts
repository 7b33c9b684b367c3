/**
 * Writes a room's changes into the store one after the other: the first at once, and what arrives while a write is under
 * way as the next one. So an edit reaches the store as fast as the store can, without a timer, and a burst costs a few
 * writes. What could not be written stays here and is tried again; it is never taken as written.
 */
import * as Y from 'yjs';
import type { StoreFailure } from './contract.ts';
import type { Clock } from './environment.ts';
import type { RoomFacts, RoomStore } from './room-store.ts';

/** `localSinceMs`: when the oldest change that was made here and is not in the store yet was made; null for none. */
export type WriterState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing'; readonly localSinceMs: number | null }
  | { readonly kind: 'failed'; readonly localSinceMs: number | null; readonly failure: StoreFailure };

export interface StoreWriter {
  state(): WriterState;
  write(update: Uint8Array, isLocal: boolean): void;
  /** Another log is in the place of the one that was written to: what waits, or is under way, is not written any more. */
  startOver(): void;
  /** Resolves when everything written so far is in the store or has failed. */
  settled(): Promise<void>;
  /** Tries a failed write again now. */
  retry(): void;
}

export interface WriterEvents {
  /** One entry is in the store: `update` under `facts.lastMark`. */
  stored(update: Uint8Array, isLocal: boolean, facts: RoomFacts): void;
  /** The store has another log than the one written to so far: `startOver`, and all that is in memory written anew. */
  logReplaced(): void;
  stateChanged(): void;
}

const RETRY_MS = 5_000;
/** Merging is quadratic in the number of updates: more than this go into the next entry. */
const MAX_MERGED = 100;

export function createStoreWriter(store: Pick<RoomStore, 'append'>, clock: Clock, events: WriterEvents): StoreWriter {
  let waiting: { update: Uint8Array; isLocal: boolean; madeAtMs: number }[] = [];
  let failure: StoreFailure | null = null;
  let running: Promise<void> | null = null;
  let cancelRetry = () => {};
  let logCount = 0;

  function state(): WriterState {
    const localSinceMs = waiting.find(({ isLocal }) => isLocal)?.madeAtMs ?? null;
    if (failure !== null) return { kind: 'failed', localSinceMs, failure };
    return waiting.length === 0 ? { kind: 'idle' } : { kind: 'writing', localSinceMs };
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // Local changes and the relay's are kept apart, so that only the former wait for an acknowledgement.
      const isLocal = waiting[0]?.isLocal ?? false;
      const end = waiting.findIndex((change) => change.isLocal !== isLocal);
      const batch = waiting.slice(0, Math.min(end === -1 ? waiting.length : end, MAX_MERGED));
      const update =
        batch.length === 1 && batch[0] ? batch[0].update : Y.mergeUpdates(batch.map((change) => change.update));
      const spokenOf = logCount;
      const result = await store.append(update, isLocal);
      if (result.ok && result.value === null && spokenOf === logCount) events.logReplaced();
      if (spokenOf !== logCount) continue;
      if (!result.ok || result.value === null) {
        // A store that failed counts as failed until a write has gone through.
        failure = result.ok ? { why: 'gone', message: 'another log' } : { why: result.why, message: result.reason };
        events.stateChanged();
        cancelRetry = clock.after(RETRY_MS, start);
        return;
      }
      waiting = waiting.slice(batch.length);
      failure = null;
      events.stored(update, isLocal, result.value);
    }
    events.stateChanged();
  }

  function start() {
    cancelRetry();
    if (running !== null || waiting.length === 0) return;
    running = run().finally(() => {
      running = null;
      // Something was written just as the last write ended.
      if (failure === null) start();
    });
  }

  return {
    state,
    write: (update, isLocal) => {
      waiting.push({ update, isLocal, madeAtMs: clock.nowMs() });
      events.stateChanged();
      start();
    },
    startOver: () => {
      logCount++;
      waiting = [];
    },
    settled: async () => {
      while (running !== null) await running;
    },
    retry: start,
  };
}
