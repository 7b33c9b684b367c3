/** The threads of a document, read anew when an event arrives or somebody's role changes; and the writing of an event. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Member } from '../../shared/api.ts';
import { appendEvent, type EventReading, nextEventMs, readEvents } from '../../shared/events/event-log.ts';
import { type ReviewEvent, reviewEventSchema } from '../../shared/events/review-events.ts';
import { type ReviewReading, readThreads, unreadEvents } from '../../shared/events/threads.ts';
import { makeUlid } from '../../shared/ids.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { EVENTS_ROOT } from '../../shared/rooms.ts';
import type { RoomReplica } from '../replica/contract.ts';
import { useEnvironment } from '../ui/environment.tsx';

export interface Threads extends ReviewReading {
  /** Events that this version cannot read. */
  readonly unreadable: number;
}

export function useThreads(review: RoomReplica, members: readonly Member[]): Threads {
  const [reading, setReading] = useState<EventReading<ReviewEvent>>(() => read(review));
  useEffect(() => {
    const map = review.doc.getMap(EVENTS_ROOT);
    const onChange = () => setReading(read(review));
    onChange();
    map.observe(onChange);
    return () => map.unobserve(onChange);
  }, [review]);
  return useMemo(() => {
    const roleById = new Map(members.map(({ personId, role }) => [personId, role]));
    const threads = readThreads(reading.events, (personId) => roleById.get(personId) ?? null);
    return { ...threads, unreadable: unreadEvents(reading, threads) };
  }, [reading, members]);
}

function read(review: RoomReplica): EventReading<ReviewEvent> {
  return readEvents(review.doc.getMap(EVENTS_ROOT), reviewEventSchema);
}

/** Writes an event under one's own key and returns the key. Throws on an event that nobody could read. */
export function useRecordReview(review: RoomReplica, personId: string): (event: ReviewEvent) => string {
  const { now, randomBytes } = useEnvironment();
  return useCallback(
    (event) => {
      const value = reviewEventSchema.parse(event);
      const map = review.doc.getMap<unknown>(EVENTS_ROOT);
      const ulid = makeUlid(nextEventMs(map, now()), randomBytes);
      review.doc.transact(() => appendEvent(map, personId, ulid, value), ORIGIN.model);
      return `${personId}/${ulid}`;
    },
    [review, personId, now, randomBytes],
  );
}
