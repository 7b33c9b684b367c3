/**
 * What a room needs while something goes on in it, joined: its document, what is on its way to the disk, and everybody who
 * works with these. All of it can be made anew from what is stored and from the seats, so a room in which nothing happens
 * does without (core.ts says when).
 */
import { AppendsUnderWay } from './appends-under-way.ts';
import { Attestation } from './attestation.ts';
import type { RoomAwareness } from './awareness.ts';
import { Conversation } from './conversation.ts';
import type { RoomEffect, RoomOptions } from './effects.ts';
import { Freezing } from './freezing.ts';
import { UpdateIntake } from './intake.ts';
import { LiveDocument } from './live-document.ts';
import { LogTail } from './log-tail.ts';
import type { RatePerPerson } from './rate-per-person.ts';
import type { Recovery } from './recovery.ts';
import type { Seat } from './seat.ts';
import { Sending } from './sending.ts';

export interface RoomAtWorkParts {
  readonly options: RoomOptions;
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
  readonly content: LiveDocument;
  readonly attestation: Attestation;
  readonly appends = new AppendsUnderWay();
  readonly freezing = new Freezing();
  readonly sending: Sending;
  readonly conversation: Conversation;
  readonly tail: LogTail;

  constructor({ options, seats, awareness, recovery, newClientIds, emit, onBarrier }: RoomAtWorkParts) {
    const { address, generation, observedRules, limits, now } = options;
    const { appends } = this;
    const content = new LiveDocument(address.room, observedRules);
    const attestation = new Attestation(options);
    const parts = { content, attestation, appends, recovery, limits, now, emit };
    const sending = new Sending({ seats, appends, now, emit, onBarrier });
    const intake = new UpdateIntake({ ...parts, newClientIds });
    this.content = content;
    this.attestation = attestation;
    this.sending = sending;
    this.conversation = new Conversation({ ...parts, generation, awareness, intake, sending });
    this.tail = new LogTail(limits);
  }
}
