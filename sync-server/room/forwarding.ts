/** Who is sent which of the updates that became durable together: one frame for everybody, others for who must not have all. */
import { encodeMessage } from '../../shared/wire/messages.ts';
import type { UpdateUnderWay } from './appends-under-way.ts';
import { joinParts, updateToPart } from './joined-updates.ts';
import type { Seat } from './seat.ts';
import { UpdatesOfOthers } from './updates-of-others.ts';

interface Forward {
  readonly to: readonly Seat[];
  readonly frame: Uint8Array;
}

/** In the order of sending. */
export function forwardsOf(done: readonly UpdateUnderWay[], seatsBySession: ReadonlyMap<string, Seat>): Forward[] {
  const [first, second] = done;
  if (first === undefined || isAlone(done, seatsBySession)) return [];
  const seats = seatsBySession.values();
  if (done.length === 1) return framesOf([first.update], seatsLacking(first, seats));
  if (second !== undefined && done.length === 2) return forwardsOfTwo(first, second, seats);
  const parts = done.map(({ appendId, sessionId, update }) => ({ appendId, sessionId, ...updateToPart(update) }));
  const senders = new Set<string | null>();
  for (const { sessionId } of done) senders.add(sessionId);
  let ofOthers: UpdatesOfOthers | null = null;
  const everybody: Seat[] = [];
  const forwards: Forward[] = [];
  for (const seat of seats) {
    const from = seat.answeredFrom;
    if (from === null) continue;
    const { sessionId } = seat.session;
    const isSender = senders.has(sessionId);
    if (first.appendId <= from || (isSender && senders.size === 2)) {
      // Not its own, and not what the answer to its SyncStep1 held.
      const news = parts.filter((part) => part.sessionId !== sessionId && part.appendId > from);
      forwards.push(...framesOf(joinParts(news), [seat]));
    } else if (!isSender) everybody.push(seat);
    else if (senders.size > 2) {
      ofOthers ??= new UpdatesOfOthers(parts);
      forwards.push(...framesOf(ofOthers.without(sessionId), [seat]));
    }
  }
  if (everybody.length > 0) forwards.push(...framesOf(joinParts(parts), everybody));
  return forwards;
}

/** Whether nobody is here but who sent all of it, as when somebody writes a note by themselves. */
function isAlone(done: readonly UpdateUnderWay[], seatsBySession: ReadonlyMap<string, Seat>): boolean {
  return (
    seatsBySession.size === 1 && done.every(({ sessionId }) => sessionId !== null && seatsBySession.has(sessionId))
  );
}

/** Who has not been sent an update that became durable alone, as nearly all do in a room of few. */
function seatsLacking(update: UpdateUnderWay, seats: Iterable<Seat>): Seat[] {
  const lacking: Seat[] = [];
  for (const seat of seats) if (lacks(seat, update)) lacking.push(seat);
  return lacking;
}

/** As when two people type to each other: nearly always each is sent what the other wrote, as it came. */
function forwardsOfTwo(first: UpdateUnderWay, second: UpdateUnderWay, seats: Iterable<Seat>): Forward[] {
  const lackingFirst: Seat[] = [];
  const lackingSecond: Seat[] = [];
  const lackingBoth: Seat[] = [];
  for (const seat of seats) {
    const lacksFirst = lacks(seat, first);
    const lacksSecond = lacks(seat, second);
    if (lacksFirst && lacksSecond) lackingBoth.push(seat);
    else if (lacksFirst) lackingFirst.push(seat);
    else if (lacksSecond) lackingSecond.push(seat);
  }
  const forwards: Forward[] = [];
  if (lackingFirst.length > 0) forwards.push(forwardOf(first.update, lackingFirst));
  if (lackingSecond.length > 0) forwards.push(forwardOf(second.update, lackingSecond));
  if (lackingBoth.length > 0) {
    const parts = [first, second].map(({ update }) => updateToPart(update));
    forwards.push(...framesOf(joinParts(parts), lackingBoth));
  }
  return forwards;
}

function lacks({ answeredFrom, session }: Seat, { appendId, sessionId }: UpdateUnderWay): boolean {
  return answeredFrom !== null && appendId > answeredFrom && session.sessionId !== sessionId;
}

function framesOf(updates: readonly Uint8Array[], to: readonly Seat[]): Forward[] {
  return to.length === 0 ? [] : updates.map((update) => forwardOf(update, to));
}

function forwardOf(update: Uint8Array, to: readonly Seat[]): Forward {
  return { to, frame: encodeMessage({ type: 'update', update }) };
}
