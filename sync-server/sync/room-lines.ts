/**
 * The lines of all open rooms: the socket of each session, which room it is in, what may pile up on it, and that none of a room
 * is read while too much of that room is on its way to the disk. One table for the house: most rooms are small and many are idle.
 * Bytes go out as they come; what they say is decided by the room.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import type { Limits } from '../limits.ts';
import type { SeatLine } from '../room/effects.ts';
import { pass } from '../steps.ts';

/** The socket of one session, as a room sees it. */
export interface Link<Room> extends SeatLine {
  /** Kept here by the lines: the room it is in, null when it is in none; and the largest message since it was last empty. */
  room: Room | null;
  largestBytes: number;
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

/** A room as its lines see it. */
export interface RoomOfLines {
  readonly sessionIds: Iterable<string>;
  /** None of its sockets is read now. */
  isHeldBack: boolean;
}

/** Rooms are given nothing else for a line. */
function isLink<Room>(line: SeatLine): line is Link<Room> {
  return 'largestBytes' in line;
}

export class RoomLines<Room extends RoomOfLines> {
  readonly #limits: Pick<Limits, 'outboundBytes' | 'pendingAppends'>;
  readonly #bySession = new Map<string, Link<Room>>();

  constructor(limits: Pick<Limits, 'outboundBytes' | 'pendingAppends'>) {
    this.#limits = limits;
  }

  open(sessionId: string, room: Room, link: Link<Room>): void {
    link.room = room;
    this.#bySession.set(sessionId, link);
    if (room.isHeldBack) link.pause('room');
  }

  /** Where a session is; null when it is in no room any more. */
  roomOf(sessionId: string): Room | null {
    return this.#bySession.get(sessionId)?.room ?? null;
  }

  /** Its room is done with it. */
  forget(sessionId: string): void {
    const link = this.#bySession.get(sessionId);
    if (link !== undefined) link.room = null;
    this.#bySession.delete(sessionId);
  }

  close(sessionId: string, row: CloseName): void {
    this.#bySession.get(sessionId)?.close(row);
  }

  /**
   * Hands bytes over; false, and nothing is sent, when the reader is too slow for them.
   * @param link as the room knows it: the one that was opened, which is in no room any more once it was forgotten
   */
  send(link: SeatLine, bytes: Uint8Array, isAnswer = false): boolean {
    if (!isLink<Room>(link) || link.room === null) return true;
    // One large answer is fine, however slow the line (dropped in the middle of it, a reader would never get in);
    // a reader that lets answers pile up is not.
    const { bufferedBytes } = link;
    const { outboundBytes } = this.#limits;
    const largest = Math.max(bytes.length, bufferedBytes === 0 ? 0 : link.largestBytes);
    const mayWait = largest > outboundBytes ? outboundBytes + largest : outboundBytes;
    if (bufferedBytes > 0 && bufferedBytes + bytes.length > mayWait) return false;
    link.largestBytes = largest;
    pass('beforeSend', bytes);
    link.send(bytes, isAnswer);
    pass('afterSend', bytes);
    return true;
  }

  /** Reads no socket of a room while more than so many of its appends wait for the disk, and all again once half of them are done. */
  holdBack(room: Room, pendingAppends: number): void {
    const most = this.#limits.pendingAppends;
    if (!room.isHeldBack && pendingAppends > most) {
      room.isHeldBack = true;
      for (const link of this.#linksOf(room)) link.pause('room');
    } else if (room.isHeldBack && pendingAppends < most / 2) {
      room.isHeldBack = false;
      for (const link of this.#linksOf(room)) link.resume('room');
    }
  }

  #linksOf(room: Room): Link<Room>[] {
    return [...room.sessionIds].flatMap((sessionId) => this.#bySession.get(sessionId) ?? []);
  }
}
