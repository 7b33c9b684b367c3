/**
 * What a room hears from one session and answers, frame by frame: the sync protocol, barriers, presence, and after a backup
 * was put back what it is told of owners. One frame in, what it has to be answered out (sending.ts); when it is the end of
 * the session, that is returned. Knows no other session and nothing of loading, committing and unloading (core.ts).
 */
import { decodeMessage, encodeMessage, type Message } from '../../shared/wire/messages.ts';
import type { AppendsUnderWay } from './appends-under-way.ts';
import { type Attestation, knowsOwners } from './attestation.ts';
import type { RoomAwareness } from './awareness.ts';
import type { RoomEffect, RoomOptions } from './effects.ts';
import { type Ending, ending } from './ending.ts';
import { helloFor } from './hello.ts';
import type { UpdateIntake } from './intake.ts';
import type { LiveDocument } from './live-document.ts';
import type { Recovery } from './recovery.ts';
import { afterHole, barriersReleased, resyncAsked } from './resync.ts';
import { ratesOf, type Seat, takeAnswer } from './seat.ts';
import type { Sending } from './sending.ts';

export interface ConversationParts extends Pick<RoomOptions, 'generation' | 'limits' | 'now'> {
  readonly content: LiveDocument;
  readonly awareness: RoomAwareness;
  readonly appends: Pick<AppendsUnderWay, 'last'>;
  readonly attestation: Pick<Attestation, 'whole'>;
  readonly recovery: Recovery | null;
  readonly intake: UpdateIntake;
  readonly sending: Sending;
  readonly emit: (effect: Extract<RoomEffect, { type: 'note' }>) => void;
}

export class Conversation {
  readonly #parts: ConversationParts;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
  }

  /** The first words to a newcomer. */
  greet(seat: Seat): void {
    const { sending, generation, recovery } = this.#parts;
    sending.say(seat, helloFor(seat.session, generation, recovery !== null));
    this.ask(seat);
    this.#sendPresence(seat);
  }

  /** Asks for whatever the session has and the room does not. */
  ask(seat: Seat): void {
    const { content, appends, sending } = this.#parts;
    seat.step1Sent++;
    // The state vector tells the client to leave out what is here already, durable or not.
    seat.lastAppend = appends.last;
    sending.say(seat, { type: 'syncStep1', stateVector: content.stateVector() });
  }

  /** What waited for somebody else's words may have what it needs now. */
  askWaiting(): void {
    for (const seat of this.#parts.recovery?.takeDue() ?? []) this.ask(seat);
  }

  /** Hears a frame; null when the session goes on. */
  hear(seat: Seat, bytes: Uint8Array): Ending | null {
    const { limits, now } = this.#parts;
    if (bytes.length > limits.frameBytes) return ending('tooBig');
    const nowMs = now();
    if (!ratesOf(seat, limits, nowMs).frames.take(nowMs) || !seat.work.take(nowMs, bytes.length))
      return ending('tooFast');
    const decoded = decodeMessage(bytes);
    return decoded.ok ? this.#hearMessage(seat, decoded.message) : this.#malformed(seat, decoded.reason);
  }

  /** The session is gone. */
  leave(seat: Seat): void {
    const { recovery, awareness, sending } = this.#parts;
    const { sessionId } = seat.session;
    recovery?.isOver(seat);
    const update = awareness.leave(sessionId);
    if (update !== null) sending.sayToOthers(sessionId, { type: 'awareness', update });
  }

  #hearMessage(seat: Seat, message: Message): Ending | null {
    const { recovery, limits, now } = this.#parts;
    switch (message.type) {
      case 'syncStep1':
        return this.#answerSync(seat, message.stateVector);
      case 'syncStep2':
        seat.step2Received++;
        return this.#takeUpdate(seat, message.update, true);
      case 'update':
        return this.#takeUpdate(seat, message.update, false);
      case 'awareness':
        return this.#takePresence(seat, message.update);
      case 'queryAwareness':
        // The answer may be thousands of times the question.
        if (ratesOf(seat, limits, now()).presence.take(now())) this.#sendPresence(seat);
        return null;
      case 'barrier':
        return this.#takeBarrier(seat, message.number);
      case 'owners':
        if (seat.work.take(now(), limits.workPerStatement)) recovery?.show(seat, message.statement, message.signature);
        return null;
      case 'claim':
        recovery?.claim(seat.session.personId, message.clientIds);
        return null;
      // What only the relay says.
      default:
        return this.#malformed(seat, 'not-for-the-relay');
    }
  }

  #answerSync(seat: Seat, stateVector: Uint8Array): Ending | null {
    const { content, appends, attestation, sending, limits, now } = this.#parts;
    if (!ratesOf(seat, limits, now()).syncRequests.take(now())) return ending('tooFast');
    // From the second request on the relay asks back, so that one request repairs both directions.
    if (seat.answeredFrom !== null) this.ask(seat);
    // The answer under way and what is forwarded after it hold all that another answer would: one whole document waits, not thirty.
    if (seat.isAnswerDue || seat.line.isAnswering) return null;
    const isSane = stateVector.length <= limits.stateVectorBytes;
    const update = isSane ? content.diff(stateVector) : null;
    if (update === null) return this.#malformed(seat, 'state-vector');
    if (!takeAnswer(seat, update.length, now())) return ending('tooFast');
    const isFirst = seat.answeredFrom === null;
    seat.answeredFrom ??= appends.last;
    seat.isAnswerDue = true;
    sending.sayAfter(appends.last, seat, encodeMessage({ type: 'syncStep2', update }), 'syncAnswer');
    const owners = isFirst && knowsOwners(seat.session) ? attestation.whole(content.owners) : null;
    if (owners !== null) sending.sayAfter(appends.last, seat, owners);
    return null;
  }

  #takeUpdate(seat: Seat, update: Uint8Array, isStep2: boolean): Ending | null {
    const intake = this.#parts.intake.take(seat, update, isStep2);
    switch (intake.is) {
      case 'taken':
        if (!isStep2) return null;
        for (const number of barriersReleased(seat)) this.#echo(seat, number);
        this.askWaiting();
        return null;
      case 'waiting':
        this.askWaiting();
        return null;
      case 'hole':
        return this.#askResync(seat, isStep2);
      case 'end':
        return intake;
    }
  }

  #askResync(seat: Seat, isStep2: boolean): Ending | null {
    const next = afterHole(seat, isStep2, this.#parts.limits.unansweredResyncs);
    if (next === 'unfillable') return this.#malformed(seat, 'unfillable-hole');
    if (next === 'ask') {
      this.ask(seat);
      resyncAsked(seat);
    }
    return null;
  }

  #takeBarrier(seat: Seat, number: number): Ending | null {
    if (seat.resyncStep !== null && !seat.hasDropped) {
      seat.heldBarriers ??= [];
      return seat.heldBarriers.push(number) > this.#parts.limits.heldBarriers ? ending('tooFast') : null;
    }
    this.#echo(seat, number);
    return null;
  }

  #echo(seat: Seat, number: number): void {
    if (seat.hasDropped) return;
    this.#parts.sending.sayAfter(seat.lastAppend, seat, encodeMessage({ type: 'barrier', number }), 'barrier');
  }

  #sendPresence(seat: Seat): void {
    const { awareness, sending } = this.#parts;
    const states = awareness.statesFor(seat.session.sessionId);
    if (states !== null) sending.say(seat, { type: 'awareness', update: states });
  }

  #takePresence(seat: Seat, payload: Uint8Array): Ending | null {
    const { content, awareness, recovery, sending, limits, now } = this.#parts;
    if (!ratesOf(seat, limits, now()).presence.take(now()) || payload.length > limits.awarenessBytes) return null;
    const { session } = seat;
    const isForeign = (clientId: number) => content.isForeign(clientId, session.personId);
    const update = awareness.receive(session, payload, isForeign, now());
    if (update === 'malformed') return this.#malformed(seat, 'awareness');
    recovery?.hearPresence(seat, () => awareness.clientIdsOf(session.sessionId));
    if (update !== null) sending.sayToOthersAfter(seat.lastAppend, seat, { type: 'awareness', update });
    return null;
  }

  #malformed({ session }: Seat, detail: string): Ending {
    this.#parts.emit({ type: 'note', event: 'malformed', sessionId: session.sessionId, detail });
    return ending('malformed');
  }
}
