/**
 * Following: one's own window shows what somebody else's shows until one scrolls or types oneself; and while somebody
 * follows this one, it tells what it shows. Nobody's view is told to anybody before that.
 */
import { useCallback, useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { type FollowReading, isSameFollow, NOBODY_FOLLOWS, readFollow } from './follow-states.ts';
import { readViewPlace, showViewPlace } from './view-place.ts';

/** Own views are told at most this often: with a moving caret that stays below what the relay takes. */
const TELL_EVERY_MS = 200;

export interface Following {
  readonly reading: FollowReading;
  /** Whom one follows; null for nobody. */
  readonly personId: string | null;
  follow(personId: string): void;
  stop(): void;
}

/** The element of the page that scrolls. */
const scrollerOf = () => document.getElementById('content');

/** @param onEnded the person scrolled or typed, so following has ended */
export function useFollow(awareness: Awareness, ownPersonId: string, onEnded: (personId: string) => void): Following {
  const reading = useFollowReading(awareness, ownPersonId);
  const [personId, setPersonId] = useState<string | null>(null);
  useTellView(awareness, reading.followerCount > 0 || reading.isProjected);
  useEffect(() => {
    awareness.setLocalStateField('following', personId);
    return () => awareness.setLocalStateField('following', null);
  }, [awareness, personId]);
  useShowView(reading, personId);

  useEffect(() => {
    if (personId === null) return;
    const end = () => {
      setPersonId(null);
      onEnded(personId);
    };
    const onKey = (event: KeyboardEvent) => {
      if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) end();
    };
    const onPointer = (event: PointerEvent) => {
      const scroller = scrollerOf();
      // On its scroll bar.
      if (event.target === scroller && scroller !== null && event.offsetX >= scroller.clientWidth) end();
    };
    const scroller = scrollerOf();
    scroller?.addEventListener('wheel', end, { passive: true });
    scroller?.addEventListener('touchmove', end, { passive: true });
    scroller?.addEventListener('keydown', onKey);
    scroller?.addEventListener('pointerdown', onPointer);
    return () => {
      scroller?.removeEventListener('wheel', end);
      scroller?.removeEventListener('touchmove', end);
      scroller?.removeEventListener('keydown', onKey);
      scroller?.removeEventListener('pointerdown', onPointer);
    };
  }, [personId, onEnded]);

  return {
    reading,
    personId,
    follow: setPersonId,
    stop: useCallback(() => setPersonId(null), []),
  };
}

/** Anew whenever awareness changes, the same object while it says the same. */
export function useFollowReading(awareness: Awareness, ownPersonId: string): FollowReading {
  const [reading, setReading] = useState(NOBODY_FOLLOWS);
  useEffect(() => {
    const read = () =>
      setReading((before) => {
        const next = readFollow(
          awareness.getStates(),
          { clientId: awareness.clientID, personId: ownPersonId },
          (clientId) => awareness.meta.get(clientId)?.lastUpdated ?? 0,
        );
        return isSameFollow(before, next) ? before : next;
      });
    read();
    awareness.on('change', read);
    return () => awareness.off('change', read);
  }, [awareness, ownPersonId]);
  return reading;
}

/** Shows what the other shows, now and whenever it moves. */
export function useShowView(reading: FollowReading, personId: string | null): void {
  const view = personId === null ? undefined : reading.views.get(personId);
  const viewInOneText = view === undefined ? null : JSON.stringify(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the view says is why, not which object says it
  useEffect(() => {
    const scroller = scrollerOf();
    if (scroller !== null && view !== undefined) showViewPlace(scroller, view);
  }, [viewInOneText]);
}

function useTellView(awareness: Awareness, isAsked: boolean): void {
  useEffect(() => {
    const scroller = scrollerOf();
    if (!isAsked || scroller === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let told = '';
    const tell = () => {
      timer = undefined;
      const view = readViewPlace(scroller);
      if (JSON.stringify(view) === told) return;
      told = JSON.stringify(view);
      awareness.setLocalStateField('view', view);
    };
    const tellSoon = () => {
      timer ??= setTimeout(tell, TELL_EVERY_MS);
    };
    tell();
    scroller.addEventListener('scroll', tellSoon, { passive: true });
    return () => {
      clearTimeout(timer);
      scroller.removeEventListener('scroll', tellSoon);
      awareness.setLocalStateField('view', null);
    };
  }, [awareness, isAsked]);
}
