/** Who is sent which of the updates that became durable together: one frame for everybody, others for who must not have all. */
import { encodeMessage } from '../../shared/wire/messages.ts';
import type { UpdateUnderWay } from './appends-under-way.ts';
import { joinParts, joinUpdates, updateToPart } from './joined-updates.ts';
import type { Seat } from './seat.ts';
import { UpdatesOfOthers } from './updates-of-others.ts';

/** Rooms of so many are most of all. */
const FEW_SEATS = 3;

/** Says one frame to these. */
type Say = (to: readonly Seat[], frame: Uint8Array) => void;

/** Says to each what it lacks of these, in the order of sending. */
export function forward(done: readonly UpdateUnderWay[], seatsBySession: ReadonlyMap<string, Seat>, say: Say): void {
  const [first] = done;
  if (first === undefined || isAlone(done, seatsBySession)) return;
  const seats = seatsBySession.values();
  if (done.length === 1) sayUpdate(first.update, seatsLacking(first, seats), say);
  else if (seatsBySession.size <= FEW_SEATS) forwardToFew(done, seats, say);
  else forwardMany(first, done, seats, say);
}

function forwardMany(first: UpdateUnderWay, done: readonly UpdateUnderWay[], seats: Iterable<Seat>, say: Say): void {
  const parts = done.map(({ appendId, by, update }) => ({
    appendId,
    sessionId: by?.sessionId ?? null,
    ...updateToPart(update),
  }));
  const senders = new Set<string | null>();
  for (const { sessionId } of parts) senders.add(sessionId);
  let ofOthers: UpdatesOfOthers | null = null;
  const everybody: Seat[] = [];
  for (const seat of seats) {
    const from = seat.answeredFrom;
    if (from === null) continue;
    const { sessionId } = seat.session;
    const isSender = senders.has(sessionId);
    if (first.appendId <= from || (isSender && senders.size === 2)) {
      // Not its own, and not what the answer to its SyncStep1 held.
      const news = parts.filter((part) => part.sessionId !== sessionId && part.appendId > from);
      sayAll(joinParts(news), [seat], say);
    } else if (!isSender) everybody.push(seat);
    else if (senders.size > 2) {
      ofOthers ??= new UpdatesOfOthers(parts);
      sayAll(ofOthers.without(sessionId), [seat], say);
    }
  }
  if (everybody.length > 0) sayAll(joinParts(parts), everybody, say);
}

/** Whether nobody is here but who sent all of it, as when somebody writes a note by themselves. */
function isAlone(done: readonly UpdateUnderWay[], seatsBySession: ReadonlyMap<string, Seat>): boolean {
  return seatsBySession.size === 1 && done.every(({ by }) => by !== null && seatsBySession.has(by.sessionId));
}

/** Who has not been sent an update that became durable alone, as nearly all do in a room of few. */
function seatsLacking(update: UpdateUnderWay, seats: Iterable<Seat>): Seat[] {
  const lacking: Seat[] = [];
  for (const seat of seats) if (lacks(seat, update)) lacking.push(seat);
  return lacking;
}

/** In a room of few everybody lacks something else, and what two lack is joined for each: cheaper than finding out. */
function forwardToFew(done: readonly UpdateUnderWay[], seats: Iterable<Seat>, say: Say): void {
  for (const seat of seats) {
    const lacking: Uint8Array[] = [];
    for (const update of done) if (lacks(seat, update)) lacking.push(update.update);
    sayAll(joinUpdates(lacking), [seat], say);
  }
}

function lacks({ answeredFrom, session }: Seat, { appendId, by }: UpdateUnderWay): boolean {
  return answeredFrom !== null && appendId > answeredFrom && session !== by;
}

function sayAll(updates: readonly Uint8Array[], to: readonly Seat[], say: Say): void {
  for (const update of updates) sayUpdate(update, to, say);
}

function sayUpdate(update: Uint8Array, to: readonly Seat[], say: Say): void {
  if (to.length > 0) say(to, encodeMessage({ type: 'update', update }));
}
