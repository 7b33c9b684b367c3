/** What a room keeps of one session in it: its rates, what it has been sent and asked, and what it waits for. */
import type { Limits } from '../limits.ts';
import type { Addressee, RoomSession, SeatLine } from './effects.ts';
import { TokenBucket } from './token-bucket.ts';

export interface Seat extends Addressee {
  readonly work: TokenBucket;
  /** Null while it may do as much as ever. */
  rates: SeatRates | null;
  /** An answer to its SyncStep1 is on its way: until it is sent, another question needs no answer of its own. */
  isAnswerDue: boolean;
  lastSentMs: number;
  /** The last append of this session: its barriers and presence wait for it. */
  lastAppend: number;
  /** Its first SyncStep1 was answered with everything up to this append; null while it has not asked. */
  answeredFrom: number | null;
  /** How many SyncStep1 it was sent and how many SyncStep2 came back. */
  step1Sent: number;
  step2Received: number;
  /** A resync is outstanding until SyncStep2 number `resyncStep` came without a hole. */
  resyncStep: number | null;
  unansweredResyncs: number;
  /** Null for none. */
  heldBarriers: number[] | null;
  /** An update of it was dropped: no barrier is echoed any more (R13). */
  hasDropped: boolean;
  /** Which SyncStep2 shows that it has read `freezing`; null when not asked or done. */
  freezeStep: number | null;
}

/** How fast one session may speak. */
export class SeatRates {
  readonly frames: TokenBucket;
  readonly syncRequests: TokenBucket;
  readonly presence: TokenBucket;

  constructor(limits: Limits, nowMs: number) {
    this.frames = new TokenBucket(limits.framesPerSecond, limits.frameBurst, nowMs);
    this.syncRequests = new TokenBucket(limits.syncRequestsPerSecond, limits.syncRequestBurst, nowMs);
    this.presence = new TokenBucket(limits.awarenessPerSecond, limits.awarenessBurst, nowMs);
  }

  isFull(nowMs: number): boolean {
    return this.frames.isFull(nowMs) && this.syncRequests.isFull(nowMs) && this.presence.isFull(nowMs);
  }
}

export function createSeat(session: RoomSession, limits: Limits, nowMs: number, line: SeatLine): Seat {
  return {
    session,
    line,
    work: line.work ?? new TokenBucket(limits.workPerSecond, limits.workBurst, nowMs),
    rates: null,
    isAnswerDue: false,
    lastSentMs: nowMs,
    lastAppend: 0,
    answeredFrom: null,
    step1Sent: 0,
    step2Received: 0,
    resyncStep: null,
    unansweredResyncs: 0,
    heldBarriers: null,
    hasDropped: false,
    freezeStep: null,
  };
}

export function ratesOf(seat: Seat, limits: Limits, nowMs: number): SeatRates {
  seat.rates ??= new SeatRates(limits, nowMs);
  return seat.rates;
}

/** Forgets what it has said lately, as far as it may say as much again. */
export function forgetRates(seat: Seat, nowMs: number): void {
  if (seat.rates?.isFull(nowMs)) seat.rates = null;
}

/** Whether something was begun with this session that is not over. */
export function isUnderWay({ isAnswerDue, resyncStep, heldBarriers, freezeStep }: Seat): boolean {
  return isAnswerDue || resyncStep !== null || heldBarriers !== null || freezeStep !== null;
}

/** Appends are numbered anew; everything it was told and waited for is durable. */
export function numberAnew(seat: Seat): void {
  seat.lastAppend = 0;
  if (seat.answeredFrom !== null) seat.answeredFrom = 0;
}

/** Encoding a byte of an answer costs about an eighth of judging one. */
const ANSWER_WORK = 1 / 8;

/** Charges a whole answer to a SyncStep1; false when the person's work is spent. */
export function takeAnswer(seat: Seat, bytes: number, nowMs: number): boolean {
  return seat.work.take(nowMs, bytes * ANSWER_WORK);
}
