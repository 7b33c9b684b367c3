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
  let lacking: Seat[] | null = null;
  for (const seat of seats) if (lacks(seat, update)) lacking = withOneMore(lacking, seat);
  return lacking ?? [];
}

/** As when two people type to each other: nearly always each is sent what the other wrote, as it came. */
function forwardsOfTwo(first: UpdateUnderWay, second: UpdateUnderWay, seats: Iterable<Seat>): Forward[] {
  let lackingFirst: Seat[] | null = null;
  let lackingSecond: Seat[] | null = null;
  let lackingBoth: Seat[] | null = null;
  for (const seat of seats) {
    const lacksFirst = lacks(seat, first);
    const lacksSecond = lacks(seat, second);
    if (lacksFirst && lacksSecond) lackingBoth = withOneMore(lackingBoth, seat);
    else if (lacksFirst) lackingFirst = withOneMore(lackingFirst, seat);
    else if (lacksSecond) lackingSecond = withOneMore(lackingSecond, seat);
  }
  const forwards = lackingFirst === null ? [] : [forwardOf(first.update, lackingFirst)];
  if (lackingSecond !== null) forwards.push(forwardOf(second.update, lackingSecond));
  if (lackingBoth === null) return forwards;
  const parts = [first, second].map(({ update }) => updateToPart(update));
  return [...forwards, ...framesOf(joinParts(parts), lackingBoth)];
}

/** A list to which something is added while it is empty is given room for seventeen, and nearly all of these have one. */
function withOneMore(seats: Seat[] | null, seat: Seat): Seat[] {
  if (seats === null) return [seat];
  seats.push(seat);
  return seats;
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
