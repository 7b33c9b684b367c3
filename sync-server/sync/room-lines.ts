/**
 * The lines of one open room: the sockets of its sessions, what may pile up on each of them, and that none is read while too
 * much of the room is on its way to the disk. Bytes go out as they come; what they say is decided by the room.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import type { Limits } from '../limits.ts';
import type { SeatLine } from '../room/seat.ts';
import { pass } from '../steps.ts';

/** The socket of one session, as a room sees it. */
export interface Link extends SeatLine {
  send(bytes: Uint8Array, isAnswer?: boolean): void;
  /** Ends the connection with a row of the table. */
  close(row: CloseName): void;
  /** Bytes handed over and not sent yet. */
  readonly bufferedBytes: number;
  /** Does something that takes time, in this person's share of it; at once when left out. */
  takingTime?(act: () => void): void;
  /** Stops and resumes reading, for the room's sake. */
  pause(reason: 'room'): void;
  resume(reason: 'room'): void;
}

interface Line {
  readonly link: Link;
  /** The largest message since the line was last empty. */
  largestBytes: number;
}

export class RoomLines {
  readonly #limits: Pick<Limits, 'outboundBytes' | 'pendingAppends'>;
  readonly #lines = new Map<string, Line>();
  #isPaused = false;

  constructor(limits: Pick<Limits, 'outboundBytes' | 'pendingAppends'>) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#lines.size;
  }

  open(sessionId: string, link: Link): void {
    this.#lines.set(sessionId, { link, largestBytes: 0 });
    if (this.#isPaused) link.pause('room');
  }

  /** The room is done with it. */
  forget(sessionId: string): void {
    this.#lines.delete(sessionId);
  }

  close(sessionId: string, row: CloseName): void {
    this.#lines.get(sessionId)?.link.close(row);
  }

  /** Hands bytes over; false, and nothing is sent, when the reader is too slow for them. */
  send(sessionId: string, bytes: Uint8Array, isAnswer = false): boolean {
    const line = this.#lines.get(sessionId);
    if (line === undefined) return true;
    const { link } = line;
    // One large answer is fine, however slow the line (dropped in the middle of it, a reader would never get in);
    // a reader that lets answers pile up is not.
    const { bufferedBytes } = link;
    const { outboundBytes } = this.#limits;
    const largest = Math.max(bytes.length, bufferedBytes === 0 ? 0 : line.largestBytes);
    const mayWait = largest > outboundBytes ? outboundBytes + largest : outboundBytes;
    if (bufferedBytes > 0 && bufferedBytes + bytes.length > mayWait) return false;
    line.largestBytes = largest;
    pass('beforeSend', bytes);
    link.send(bytes, isAnswer);
    pass('afterSend', bytes);
    return true;
  }

  /** Reads no socket while more than so many appends wait for the disk, and all again once half of them are done. */
  holdBack(pendingAppends: number): void {
    const most = this.#limits.pendingAppends;
    if (!this.#isPaused && pendingAppends > most) {
      this.#isPaused = true;
      for (const { link } of this.#lines.values()) link.pause('room');
    } else if (this.#isPaused && pendingAppends < most / 2) {
      this.#isPaused = false;
      for (const { link } of this.#lines.values()) link.resume('room');
    }
  }
}
