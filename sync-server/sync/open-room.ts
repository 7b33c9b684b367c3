/**
 * One open room as the registry keeps it: its core, its name in the store, and what waits to be told. Thousands are open and idle:
 * what few of them need at a time is made when it is needed.
 */
import type { Room } from '../room/core.ts';
import type { Commit } from '../room/effects.ts';
import type { RoomOfLines } from './room-lines.ts';

export class OpenRoom implements RoomOfLines {
  readonly key: string;
  readonly room: Room;
  /** None of its sockets is read now. */
  isHeldBack = false;
  /** The last append that became durable and that the room has not been told of yet; null for none. */
  durable: Commit | null = null;
  /** Who waits until all writers have handed in what they had; null for nobody. */
  onFlushed: (() => void)[] | null = null;
  /** Counts the lives of all rooms. */
  readonly number: number;

  constructor(key: string, room: Room, number: number) {
    this.key = key;
    this.room = room;
    this.number = number;
  }

  get sessionIds(): Iterable<string> {
    return this.room.sessionIds;
  }
}
