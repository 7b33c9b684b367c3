/**
 * What a room needs while something goes on in it, joined: its document, what is on its way to the disk, and everybody who
 * works with these. All of it can be made anew from what is stored and from the seats, so a room in which nothing happens
 * does without (core.ts says when).
 */
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';
import { AppendsUnderWay } from './appends-under-way.ts';
import { Attestation } from './attestation.ts';
import type { RoomAwareness } from './awareness.ts';
import { Conversation } from './conversation.ts';
import type { RoomEffect, RoomHouse } from './effects.ts';
import { Freezing } from './freezing.ts';
import { UpdateIntake } from './intake.ts';
import { LiveDocument } from './live-document.ts';
import { LogTail } from './log-tail.ts';
import type { RatePerPerson } from './rate-per-person.ts';
import type { Recovery } from './recovery.ts';
import { isUnderWay, type Seat } from './seat.ts';
import { Sending } from './sending.ts';

export interface RoomAtWorkParts {
  readonly address: RoomAddress;
  readonly house: RoomHouse;
  /** Everybody in the room, by session. */
  readonly seats: ReadonlyMap<string, Seat>;
  readonly awareness: RoomAwareness;
  readonly recovery: Recovery | null;
  readonly newClientIds: RatePerPerson;
  readonly emit: (effect: RoomEffect) => void;
  /** The echo of a barrier has left. */
  readonly onBarrier: (seat: Seat) => void;
}

export class RoomAtWork {
  readonly #parts: RoomAtWorkParts;
  readonly content: LiveDocument;
  readonly attestation: Attestation;
  readonly appends = new AppendsUnderWay();
  readonly freezing = new Freezing();
  readonly sending: Sending;
  readonly conversation: Conversation;
  readonly tail: LogTail;
  /** When the document was last seen to be needed. */
  #neededAtMs = 0;

  constructor(parts: RoomAtWorkParts) {
    const { address, house, seats, awareness, recovery, newClientIds, emit, onBarrier } = parts;
    const { generation, key, observedRules, limits, now } = house;
    const { appends } = this;
    const content = new LiveDocument(address.room, observedRules);
    const attestation = new Attestation({ address, generation, key });
    this.#parts = parts;
    const sending = new Sending({ seats, appends, now, emit, onBarrier });
    const intake = new UpdateIntake({
      content,
      appends,
      attestation,
      recovery,
      newClientIds,
      limits,
      now,
      emit,
    });
    this.content = content;
    this.attestation = attestation;
    this.sending = sending;
    this.conversation = new Conversation({
      generation,
      limits,
      now,
      content,
      awareness,
      appends,
      attestation,
      recovery,
      intake,
      sending,
      emit,
    });
    this.tail = new LogTail(limits, roomKey(address));
  }

  /** Whether nobody has needed the document for a while and nothing would be lost with all this. Ask every few seconds. */
  isAtRest(nowMs: number): boolean {
    const { content } = this;
    const { parkMs, parkLargeMs, largeRoomBytes } = this.#parts.house.limits;
    if (content.wasAsked()) {
      this.#neededAtMs = nowMs;
      return false;
    }
    const restMs = content.bytes < largeRoomBytes ? parkMs : parkLargeMs;
    return nowMs - this.#neededAtMs >= restMs && this.#isOver();
  }

  /** Whether nothing was begun that is not over. */
  #isOver(): boolean {
    const { seats, awareness, recovery } = this.#parts;
    if (this.appends.pending > 0 || this.freezing.isUnderWay || recovery?.isWaitedFor) return false;
    for (const seat of seats.values()) if (isUnderWay(seat)) return false;
    // Whose clientIDs are whose is not known without this; what is shown goes on being passed on.
    return awareness.isOwn((clientId, personId) => this.content.isForeign(clientId, personId));
  }
}
