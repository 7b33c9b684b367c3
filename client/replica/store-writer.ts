/**
 * Writes a room's changes into the store one after the other: the first at once, and what arrives while a write is under
 * way as the next one. So an edit reaches the store as fast as the store can, without a timer, and a burst costs a few
 * writes. What could not be written stays here and is tried again; it is never taken as written.
 */
import * as Y from 'yjs';
import type { Clock } from './environment.ts';
import type { RoomFacts, RoomStore } from './room-store.ts';

/** `sinceMs`: when the oldest change that is not in the store yet was made. */
export type WriterState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing'; readonly sinceMs: number }
  | { readonly kind: 'failed'; readonly sinceMs: number; readonly reason: string };

export interface StoreWriter {
  state(): WriterState;
  write(update: Uint8Array, isLocal: boolean): void;
  /** Resolves when everything written so far is in the store or has failed. */
  settled(): Promise<void>;
  /** Tries a failed write again now. */
  retry(): void;
}

export interface WriterEvents {
  /** One entry is in the store: `update` under `facts.lastMark`. */
  stored(update: Uint8Array, isLocal: boolean, facts: RoomFacts): void;
  stateChanged(): void;
}

const RETRY_MS = 5_000;
/** Merging is quadratic in the number of updates: more than this go into the next entry. */
const MAX_MERGED = 100;

export function createStoreWriter(store: RoomStore, clock: Clock, events: WriterEvents): StoreWriter {
  let waiting: { update: Uint8Array; isLocal: boolean }[] = [];
  let state: WriterState = { kind: 'idle' };
  let running: Promise<void> | null = null;
  let cancelRetry = () => {};

  function setState(next: WriterState) {
    state = next;
    events.stateChanged();
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // Local changes and the relay's are kept apart, so that only the former wait for an acknowledgement.
      const isLocal = waiting[0]?.isLocal ?? false;
      const end = waiting.findIndex((change) => change.isLocal !== isLocal);
      const batch = waiting.slice(0, Math.min(end === -1 ? waiting.length : end, MAX_MERGED));
      const update =
        batch.length === 1 && batch[0] ? batch[0].update : Y.mergeUpdates(batch.map((change) => change.update));
      const result = await store.append(update, isLocal);
      if (!result.ok) {
        setState({ kind: 'failed', sinceMs: sinceMs(), reason: result.reason });
        cancelRetry = clock.after(RETRY_MS, start);
        return;
      }
      waiting = waiting.slice(batch.length);
      if (state.kind === 'failed') setState({ kind: 'writing', sinceMs: clock.nowMs() });
      events.stored(update, isLocal, result.value);
    }
    setState({ kind: 'idle' });
  }

  function sinceMs(): number {
    return state.kind === 'idle' ? clock.nowMs() : state.sinceMs;
  }

  function start() {
    cancelRetry();
    if (running !== null || waiting.length === 0) return;
    // A store that failed counts as failed until a write has gone through.
    if (state.kind !== 'failed') setState({ kind: 'writing', sinceMs: sinceMs() });
    running = run().finally(() => {
      running = null;
      // Something was written just as the last write ended.
      if (state.kind === 'idle') start();
    });
  }

  return {
    state: () => state,
    write: (update, isLocal) => {
      waiting.push({ update, isLocal });
      start();
    },
    settled: async () => {
      while (running !== null) await running;
    },
    retry: start,
  };
}
