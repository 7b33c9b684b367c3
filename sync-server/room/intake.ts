/**
 * What a room takes of an update of one session: the gate's verdict, what may be brought at what speed and up to what size,
 * and what of it goes to the log under whose name. What comes of it for the session is said as data; nothing is sent here.
 */
import type { Message, RefusalReason } from '../../shared/wire/messages.ts';
import { WorkMeter } from '../gate/work.ts';
import type { AppendsUnderWay } from './appends-under-way.ts';
import type { Attestation } from './attestation.ts';
import type { RoomEffect, RoomOptions } from './effects.ts';
import { type Ending, ending } from './ending.ts';
import type { LiveDocument } from './live-document.ts';
import type { RatePerPerson } from './rate-per-person.ts';
import type { Recovery } from './recovery.ts';
import { waitsForOthers } from './resync.ts';
import type { Seat } from './seat.ts';

/** What came of an update. */
export type Intake =
  /** Everything in it is in the document now, or was, or is dropped for good. */
  | { readonly is: 'taken' }
  /** Part of it builds on words that somebody else is to bring back. */
  | { readonly is: 'waiting' }
  /** It builds on something that the room lacks. */
  | { readonly is: 'hole' }
  | Ending;

export interface UpdateIntakeParts extends Pick<RoomOptions, 'limits' | 'now'> {
  readonly content: LiveDocument;
  readonly appends: AppendsUnderWay;
  readonly attestation: Attestation;
  readonly recovery: Recovery | null;
  /** How fast each person may bring new clientIDs. */
  readonly newClientIds: RatePerPerson;
  readonly emit: (effect: Extract<RoomEffect, { type: 'append' | 'note' }>) => void;
}

export class UpdateIntake {
  readonly #parts: UpdateIntakeParts;
  readonly #work = new WorkMeter();

  constructor(parts: UpdateIntakeParts) {
    this.#parts = parts;
  }

  take(seat: Seat, update: Uint8Array, isStep2: boolean): Intake {
    const { content, recovery, now } = this.#parts;
    const work = this.#work;
    work.beginAnew(seat.work.left);
    const verdict = content.judge(update, seat.session, work, recovery?.knowledgeFor(seat, isStep2));
    seat.work.take(now(), Math.min(work.spent, seat.work.left));
    switch (verdict.type) {
      case 'malformed':
        this.#note(seat, 'malformed', 'update');
        return ending('malformed');
      case 'tooCostly':
        return ending('tooFast');
      case 'missing':
        return { is: 'hole' };
      case 'dropped':
        seat.hasDropped = true;
        return { is: 'taken' };
      case 'refused':
        return this.#refused(seat, verdict);
      case 'accepted':
        for (const rule of verdict.against) this.#note(seat, 'ruleObserved', rule);
        return this.#append(seat, update, verdict.newClientIds) ?? { is: 'taken' };
      case 'recovered':
        for (const { author, update, newClientIds } of verdict.parts) {
          const end = this.#append(seat, update, newClientIds, author);
          if (end !== null) return end;
        }
        if (verdict.isWhole) return { is: 'taken' };
        waitsForOthers(seat);
        recovery?.waits(seat);
        return { is: 'waiting' };
      case 'noEffect':
        // Somebody else's session (a second tab, the connection before this one) may have said it first, and its commit
        // may still be under way: a barrier after this waits for that one.
        this.#waitForLast(seat);
        return { is: 'taken' };
    }
  }

  /** Applies what the gate let through; null when the session goes on. */
  #append(
    seat: Seat,
    update: Uint8Array,
    newClientIds: readonly number[],
    author: string = seat.session.personId,
  ): Ending | null {
    const { content, appends, attestation, recovery, newClientIds: rate, limits, now, emit } = this.#parts;
    const { personId } = seat.session;
    // What others brought once may be brought back at any speed.
    const isOwn = author === personId;
    if (isOwn && !rate.take(personId, newClientIds.length, now())) return ending('tooFast');
    if (!content.hasRoomFor(update.length, limits.roomBytes)) return ending('tooBig');
    const effective = content.apply(update);
    if (effective === null) {
      // Nothing of it is stored: the next life of the room loads what is durable.
      this.#note(seat, 'unappliable', 'update');
      return ending('malformed', { isSpoilt: true });
    }
    if (effective.length === 0) {
      this.#waitForLast(seat);
      return null;
    }
    recovery?.taken();
    content.own(newClientIds, author);
    const append = appends.begin(effective, author, seat.session, newClientIds);
    attestation.begin(append.appendId, newClientIds, author);
    seat.lastAppend = append.appendId;
    emit({ type: 'append', append });
    return null;
  }

  #waitForLast(seat: Seat): void {
    seat.lastAppend = this.#parts.appends.last;
  }

  #refused(seat: Seat, verdict: { reason: RefusalReason; isTooLate: boolean; clashingId?: number }): Ending {
    const { reason, isTooLate, clashingId } = verdict;
    // Who has written here before and may not now lost the right on the way: an honest race.
    const hadRight = reason === 'may-not-write' && this.#parts.content.hasWritten(seat.session.personId);
    this.#note(seat, 'editRefused', reason);
    const clash: Message[] = clashingId === undefined ? [] : [{ type: 'clash', clientId: clashingId }];
    return ending(isTooLate || hadRight ? 'editTooLate' : 'editRefused', {
      says: [...clash, { type: 'refused', reason }],
    });
  }

  #note({ session }: Seat, event: string, detail: string): void {
    this.#parts.emit({ type: 'note', event, sessionId: session.sessionId, detail });
  }
}
