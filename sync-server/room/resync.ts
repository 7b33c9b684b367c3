/**
 * One session's repair of a hole: an update built on something the room lacks is answered with a question, and while
 * that is open the session's barriers are held (R13). Decides and keeps book on the seat; sends nothing.
 */
import type { Seat } from './seat.ts';

/** What to do about an update with a hole: `ask` sends a SyncStep1 and then calls `resyncAsked`. */
type AfterHole = 'ask' | 'wait' | 'unfillable';

export function afterHole(seat: Seat, isStep2: boolean, unansweredResyncs: number): AfterHole {
  const isAnswer = isStep2 && seat.resyncStep !== null && seat.step2Received >= seat.resyncStep;
  if (seat.resyncStep !== null && !isAnswer) return 'wait';
  return isAnswer && ++seat.unansweredResyncs >= unansweredResyncs ? 'unfillable' : 'ask';
}

/** The SyncStep1 that was just sent is the question. */
export function resyncAsked(seat: Seat): void {
  seat.resyncStep = seat.step1Sent;
}

/** What it has waits for somebody else: the question that counts is one that is still to be asked. */
export function waitsForOthers(seat: Seat): void {
  seat.resyncStep = seat.step1Sent + 1;
}

/** A SyncStep2 without a hole came: if it answers the open question, the barriers that were held for it. */
export function barriersReleased(seat: Seat): readonly number[] {
  if (seat.resyncStep === null || seat.step2Received < seat.resyncStep) return [];
  seat.resyncStep = null;
  seat.unansweredResyncs = 0;
  const held = seat.heldBarriers ?? [];
  seat.heldBarriers = null;
  return held;
}
