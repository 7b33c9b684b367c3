/**
 * Holds remote changes while an input method composes in a text box, as the prose editor does: a change under the caret
 * would end the composition. Released shortly after its end, when the browser has reported the last words, and on leaving.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { RoomReplica } from '../replica/contract.ts';

/** The browser reports the composed words up to 20 ms after the end of the composition. */
const SETTLE_MS = 35;

export interface CompositionHold {
  /** Between the start and the end of a composition: what the box shows is not yet a word. */
  isComposing(): boolean;
  readonly handlers: {
    onCompositionStart(): void;
    onCompositionEnd(): void;
  };
}

/** @param onEnd called when a composition has ended, with the box's words complete */
export function useCompositionHold(room: Pick<RoomReplica, 'holdRemoteChanges'>, onEnd: () => void): CompositionHold {
  const state = useRef<{ isComposing: boolean; release: (() => void) | null; timer: number | undefined }>({
    isComposing: false,
    release: null,
    timer: undefined,
  });
  const latestEnd = useRef(onEnd);
  latestEnd.current = onEnd;

  useEffect(() => {
    const held = state.current;
    return () => {
      window.clearTimeout(held.timer);
      held.release?.();
      held.release = null;
    };
  }, []);

  return useMemo(
    () => ({
      isComposing: () => state.current.isComposing,
      handlers: {
        onCompositionStart() {
          const held = state.current;
          window.clearTimeout(held.timer);
          held.isComposing = true;
          held.release ??= room.holdRemoteChanges();
        },
        onCompositionEnd() {
          const held = state.current;
          held.isComposing = false;
          latestEnd.current();
          held.timer = window.setTimeout(() => {
            if (held.isComposing) return;
            held.release?.();
            held.release = null;
          }, SETTLE_MS);
        },
      },
    }),
    [room],
  );
}
