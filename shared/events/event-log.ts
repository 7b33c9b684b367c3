/**
 * The event-log rooms (review, work, record): one root map `events`, key `<personId>/<ulid>`, value never changed. An edit or a
 * withdrawal is a further event, so nothing of another's can be overwritten and the relay's check is a comparison of a
 * prefix. What events mean is for the reducers.
 */
import type * as Y from 'yjs';
import type { z } from 'zod';
import { ulidSchema } from '../ids.ts';

export interface LoggedEvent<T> {
  /** Who wrote it: a person's uuid, or `RELAY_AUTHOR` in `record`. The relay lets nobody write under another's. */
  readonly personId: string;
  readonly ulid: string;
  /** The author's clock, ms since 1970, from the ulid. */
  readonly atMs: number;
  readonly value: T;
}

export interface EventReading<T> {
  /** By ulid, then by author: the same order on every replica. */
  readonly events: readonly LoggedEvent<T>[];
  /** Keys whose key or value cannot be read (perhaps of a newer version); shown as such. */
  readonly invalid: readonly string[];
}

/** Adds an event under its author. Inside a transaction. Throws when the key is taken: events do not change. */
export function appendEvent(map: Y.Map<unknown>, personId: string, ulid: string, value: object): void {
  const key = `${personId}/${ulid}`;
  if (map.has(key)) throw new Error(`event exists: ${key}`);
  map.set(key, value);
}

/**
 * All events that fit the schema, in order. @param known what earlier readings of this map made of its keys, added to: an
 * event does not change, so it is read once
 */
export function readEvents<T>(
  map: Y.Map<unknown>,
  schema: z.ZodType<T>,
  known: Map<string, LoggedEvent<T> | null> = new Map(),
): EventReading<T> {
  const events: LoggedEvent<T>[] = [];
  const invalid: string[] = [];
  for (const [key, stored] of map.entries()) {
    const event = known.get(key) ?? readEvent(key, stored, schema);
    known.set(key, event);
    if (event === null) invalid.push(key);
    else events.push(event);
  }
  return { events: events.sort(compareEvents), invalid: invalid.sort() };
}

function readEvent<T>(key: string, stored: unknown, schema: z.ZodType<T>): LoggedEvent<T> | null {
  const [personId, ulid, ...rest] = key.split('/');
  if (!personId || !ulid || rest.length > 0 || !ulidSchema.safeParse(ulid).success) return null;
  const parsed = schema.safeParse(stored);
  return parsed.success ? { personId, ulid, atMs: ulidToMs(ulid), value: parsed.data } : null;
}

function compareEvents(a: LoggedEvent<unknown>, b: LoggedEvent<unknown>): number {
  if (a.ulid !== b.ulid) return a.ulid < b.ulid ? -1 : 1;
  return a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The time in a ulid, milliseconds since 1970. */
export function ulidToMs(ulid: string): number {
  let ms = 0;
  for (const digit of ulid.slice(0, 10)) ms = ms * 32 + CROCKFORD.indexOf(digit);
  return ms;
}

/** A clock further ahead than this is not followed. */
const MAX_LEAD_MS = 24 * 60 * 60 * 1000;

/**
 * The time for the ulid of the next event: now, or just after the last event seen, so that an answer sorts after what it
 * answers although one of the two clocks is wrong.
 */
export function nextEventMs(map: Y.Map<unknown>, nowMs: number): number {
  let lastMs = 0;
  for (const key of map.keys()) {
    const ulid = key.slice(key.indexOf('/') + 1);
    if (!ulidSchema.safeParse(ulid).success) continue;
    const atMs = ulidToMs(ulid);
    if (atMs > lastMs && atMs <= nowMs + MAX_LEAD_MS) lastMs = atMs;
  }
  return Math.max(nowMs, lastMs + 1);
}
