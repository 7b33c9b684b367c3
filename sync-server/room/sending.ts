/**
 * What leaves a room for its sessions, as effects: at once, or as soon as an append is durable (R2). What becomes durable
 * together is told in one order: answers to a SyncStep1, which hold what the updates build on; the updates; whose new
 * clientIDs they brought, so that nobody keeps words without knowing whose they are; what else waited.
 */
import { encodeMessage, type Message } from '../../shared/wire/messages.ts';
import type { AppendsUnderWay, UpdateUnderWay } from './appends-under-way.ts';
import { hearsOfOwners } from './attestation.ts';
import { EMPTY_AWARENESS } from './awareness.ts';
import type { Deferred } from './deferred-sends.ts';
import type { RoomEffect } from './effects.ts';
import { forward } from './forwarding.ts';
import type { Seat } from './seat.ts';

export interface SendingParts {
  /** Everybody in the room, by session. */
  readonly seats: ReadonlyMap<string, Seat>;
  readonly appends: AppendsUnderWay;
  readonly now: () => number;
  readonly emit: (effect: RoomEffect) => void;
  /** The echo of a barrier has left. */
  readonly onBarrier: (seat: Seat) => void;
}

/** What became durable together. */
export interface Durable {
  readonly updates: readonly UpdateUnderWay[];
  /** A frame about the owners of new clientIDs; null for none. */
  readonly owners: Uint8Array | null;
  /** What waited for it. */
  readonly due: readonly Deferred[];
}

export class Sending {
  readonly #parts: SendingParts;
  // One for all: made for what is forwarded each time, it would be made for each keystroke.
  readonly #say = (seats: readonly Seat[], bytes: Uint8Array): void => this.#send(seats, bytes);

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** To one session, now. */
  say(seat: Seat, message: Message): void {
    this.#send([seat], encodeMessage(message));
  }

  /** To everybody but one session, now. */
  sayToOthers(sessionId: string, message: Message): void {
    this.#sendToOthers(sessionId, encodeMessage(message));
  }

  /** To one session, once append `after` is durable. */
  sayAfter(after: number, seat: Seat, frame: Uint8Array, is: Deferred['is'] = 'other'): void {
    this.#defer({ after, sessionId: seat.session.sessionId, to: 'self', bytes: frame, is });
  }

  /** To everybody but one session, once append `after` is durable. */
  sayToOthersAfter(after: number, { session: { sessionId } }: Seat, message: Message): void {
    this.#defer({ after, sessionId, to: 'others', bytes: encodeMessage(message), is: 'other' });
  }

  /** Tells of it in its order. */
  tellDurable({ updates, owners, due }: Durable): void {
    for (const deferred of due) if (deferred.is === 'syncAnswer') this.#deliver(deferred);
    this.forward(updates);
    if (owners !== null) this.#send([...this.#parts.seats.values()].filter(hearsOfOwners), owners);
    for (const deferred of due) if (deferred.is !== 'syncAnswer') this.#deliver(deferred);
  }

  /** Durable updates to everybody who lacks them. */
  forward(updates: readonly UpdateUnderWay[]): void {
    forward(updates, this.#parts.seats, this.#say);
  }

  /** Says something on lines that have been silent for so long. */
  keepAlive(silentMs: number): void {
    const nowMs = this.#parts.now();
    for (const seat of this.#parts.seats.values()) {
      if (nowMs - seat.lastSentMs >= silentMs) this.say(seat, { type: 'awareness', update: EMPTY_AWARENESS });
    }
  }

  #defer(deferred: Deferred): void {
    if (!this.#parts.appends.defer(deferred)) this.#deliver(deferred);
  }

  #deliver({ sessionId, to, bytes, is }: Deferred): void {
    const seat = this.#parts.seats.get(sessionId);
    // A session that left has nothing more to hear, and its presence was taken out already.
    if (seat === undefined) return;
    if (to === 'self') this.#send([seat], bytes, is === 'syncAnswer');
    else this.#sendToOthers(sessionId, bytes);
    if (is === 'syncAnswer') seat.isAnswerDue = false;
    if (is === 'barrier') this.#parts.onBarrier(seat);
  }

  #sendToOthers(sessionId: string, bytes: Uint8Array): void {
    this.#send(
      [...this.#parts.seats.values()].filter(({ session }) => session.sessionId !== sessionId),
      bytes,
    );
  }

  #send(to: readonly Seat[], bytes: Uint8Array, isAnswer = false): void {
    if (to.length === 0) return;
    const nowMs = this.#parts.now();
    for (const seat of to) seat.lastSentMs = nowMs;
    this.#parts.emit(isAnswer ? { type: 'send', to, bytes, isAnswer } : { type: 'send', to, bytes });
  }
}
