/**
 * Who still owes what it had when a freeze was announced. Every writer is told and asked; it has handed in once a
 * barrier that follows its answer is durable, or it has left. Keeps book on the seats; sends nothing.
 */
import type { Seat } from './seat.ts';

export class Freezing {
  #isUnderWay = false;

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  begin(): void {
    this.#isUnderWay = true;
  }

  /** The SyncStep1 just sent after `freezing`: its answer shows that the client has read that; the barrier after it counts. */
  asked(seat: Seat): void {
    seat.freezeStep = seat.step1Sent;
  }

  /** A barrier of this session is durable; true when that was the one that was waited for. */
  hasHandedIn(seat: Seat): boolean {
    if (seat.freezeStep === null || seat.step2Received < seat.freezeStep) return false;
    seat.freezeStep = null;
    return true;
  }

  /** True once: when nobody owes anything any more. */
  isFlushed(seats: Iterable<Seat>): boolean {
    if (!this.#isUnderWay) return false;
    for (const seat of seats) if (seat.freezeStep !== null) return false;
    this.#isUnderWay = false;
    return true;
  }
}
