/**
 * How large a frame may be by what it says it is: only what carries edits may be large. Looks at the first two bytes and
 * judges nothing else; shared/wire/messages.ts reads the rest.
 */
import type { Limits } from '../limits.ts';

/** First bytes of frames on the wire of y-protocols, as in shared/wire/messages.ts. */
const SYNC = 0;
const PRESENCE = 1;
const QUERY_PRESENCE = 3;
const OWNERS = 104;
const CLAIM = 105;
const STEP1 = 0;
/** What stands around a payload: its type, its kind, its length. */
const ENVELOPE_BYTES = 8;

/** Whether a frame only asks for something: who has gone needs no answer. */
export function isQuestion(frame: Uint8Array): boolean {
  return (frame[0] === SYNC && frame[1] === STEP1) || frame[0] === QUERY_PRESENCE;
}

/** Most bytes a frame that begins like this may have. */
export function mostBytes(frame: Uint8Array, limits: Limits): number {
  switch (frame[0]) {
    case SYNC:
      // Of edits that are too large the room says so itself: there a page has words to keep.
      return frame[1] === STEP1 ? limits.stateVectorBytes + ENVELOPE_BYTES : limits.socketPayloadBytes;
    case PRESENCE:
      return limits.awarenessBytes + ENVELOPE_BYTES;
    case OWNERS:
      return limits.ownersFrameBytes;
    case CLAIM:
      return limits.claimFrameBytes;
    default:
      return limits.controlFrameBytes;
  }
}
