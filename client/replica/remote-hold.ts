/**
 * Holding remote changes back while an input method composes: any number of holds at once, and none for ever. When the
 * first one has lasted too long, what waits is merged although somebody composes.
 */
import type { Clock } from './environment.ts';
import type { SyncEvent } from './sync-words.ts';

const HOLD_MS = 15_000;

export interface RemoteHold {
  /** Begins a hold; returns its end, which counts once. */
  begin(): () => void;
  close(): void;
}

export function createRemoteHold(clock: Clock, tell: (event: SyncEvent) => void): RemoteHold {
  let holds = 0;
  let cancel = () => {};

  function expire() {
    cancel = clock.after(HOLD_MS, expire);
    tell({ type: 'holdExpired' });
  }

  return {
    begin: () => {
      if (holds++ === 0) cancel = clock.after(HOLD_MS, expire);
      tell({ type: 'held' });
      let isReleased = false;
      return () => {
        if (isReleased) return;
        isReleased = true;
        if (--holds === 0) cancel();
        tell({ type: 'released' });
      };
    },
    close: () => cancel(),
  };
}
