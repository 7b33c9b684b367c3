/**
 * What comes into a room while it loads (R1): frames of sessions and updates that the store took meanwhile, in their order and
 * within a bound for each session; and that a freeze was announced. Reads none of it.
 */

import { ownBytes } from './own-memory.ts';

/** What keeping a frame costs beside its bytes, so that empty frames are bounded too. */
const FRAME_BYTES = 64;

interface EarlyFrame {
  readonly sessionId: string;
  readonly bytes: Uint8Array;
}

/** An update that came from no session, and its number in the log. */
interface EarlyUpdate {
  readonly update: Uint8Array;
  readonly seq: number;
}

export class EarlyArrivals {
  #frames: EarlyFrame[] = [];
  #updates: EarlyUpdate[] = [];
  readonly #bytesBySession = new Map<string, number>();
  #isFreezeAnnounced = false;

  /** Keeps a frame; false when it is more than may wait for this session. */
  keepFrame(frame: EarlyFrame, maxBytes: number): boolean {
    const { sessionId, bytes } = frame;
    const waiting = (this.#bytesBySession.get(sessionId) ?? 0) + bytes.length + FRAME_BYTES;
    if (waiting > maxBytes) return false;
    this.#bytesBySession.set(sessionId, waiting);
    this.#frames.push({ sessionId, bytes: ownBytes(bytes) });
    return true;
  }

  keepUpdate(update: EarlyUpdate): void {
    this.#updates.push(update);
  }

  announceFreeze(): void {
    this.#isFreezeAnnounced = true;
  }

  /** The session is gone. */
  drop(sessionId: string): void {
    if (this.#bytesBySession.delete(sessionId)) {
      this.#frames = this.#frames.filter((frame) => frame.sessionId !== sessionId);
    }
  }

  /** Hands everything over, once. */
  take(): {
    readonly frames: readonly EarlyFrame[];
    readonly updates: readonly EarlyUpdate[];
    readonly isFreezeAnnounced: boolean;
  } {
    const taken = { frames: this.#frames, updates: this.#updates, isFreezeAnnounced: this.#isFreezeAnnounced };
    this.#isFreezeAnnounced = false;
    this.#frames = [];
    this.#updates = [];
    this.#bytesBySession.clear();
    return taken;
  }
}
