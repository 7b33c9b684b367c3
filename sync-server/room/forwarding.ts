/** Who is sent which of the updates that became durable together: one frame for everybody, others for who must not have all. */
import { encodeMessage } from '../../shared/wire/messages.ts';
import type { UpdateUnderWay } from './appends-under-way.ts';
import { joinParts, type UpdatePart, updateToPart } from './joined-updates.ts';
import type { Seat } from './seat.ts';

interface Forward {
  readonly to: readonly Seat[];
  readonly frame: Uint8Array;
}

/** In the order of sending. */
export function forwardsOf(done: readonly UpdateUnderWay[], seats: Iterable<Seat>): Forward[] {
  const [first] = done;
  if (first === undefined) return [];
  const parts = done.map((one) => ({ ...one, ...updateToPart(one.update) }));
  const senders = new Set(done.map(({ sessionId }) => sessionId));
  const everybody: Seat[] = [];
  const forwards: Forward[] = [];
  for (const seat of seats) {
    const from = seat.answeredFrom;
    if (from === null) continue;
    const { sessionId } = seat.session;
    if (!senders.has(sessionId) && first.appendId > from) {
      everybody.push(seat);
      continue;
    }
    // Not its own, and not what the answer to its SyncStep1 held.
    const news = parts.filter((part) => part.sessionId !== sessionId && part.appendId > from);
    forwards.push(...framesOf(news, [seat]));
  }
  if (everybody.length > 0) forwards.push(...framesOf(parts, everybody));
  return forwards;
}

function framesOf(parts: readonly UpdatePart[], to: readonly Seat[]): Forward[] {
  return joinParts(parts).map((update) => ({ to, frame: encodeMessage({ type: 'update', update }) }));
}
