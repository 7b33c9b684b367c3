/**
 * How much of a room is in the log and not in its snapshot: what opening it anew would have to go through. Says when a
 * snapshot is worth its cost, which grows with the whole room; makes none.
 */
import type { Limits } from '../limits.ts';
import type { StoredRoom } from './effects.ts';

export class LogTail {
  readonly #limits: Pick<Limits, 'updatesPerSnapshot' | 'largeRoomBytes'>;
  #updates = 0;
  #bytes = 0;
  /** By so many updates its first snapshot comes sooner: rooms that all begin at once do not all want one at once. */
  #ahead: number;

  /** @param room its key, which no other room has */
  constructor(limits: Pick<Limits, 'updatesPerSnapshot' | 'largeRoomBytes'>, room: string) {
    this.#limits = limits;
    this.#ahead = Math.floor(shareOf(room) * limits.updatesPerSnapshot);
  }

  begin({ updates, updatesSinceSnapshot }: StoredRoom): void {
    this.#updates = updatesSinceSnapshot;
    this.#bytes = 0;
    for (const update of updates.slice(Math.max(0, updates.length - updatesSinceSnapshot)))
      this.#bytes += update.length;
  }

  grow(bytes: number): void {
    this.#updates++;
    this.#bytes += bytes;
  }

  /** A snapshot that holds all of it has been asked for. */
  end(): void {
    this.#updates = 0;
    this.#bytes = 0;
    this.#ahead = 0;
  }

  /** @param roomBytes size of the whole room: a snapshot for every few hundred keystrokes would write it over and over */
  isLong(roomBytes: number): boolean {
    const isOften = this.#updates + this.#ahead >= this.#limits.updatesPerSnapshot;
    return isOften && (this.#bytes * 4 >= roomBytes || this.isOverdue);
  }

  /** It has grown so long that no better moment is waited for. */
  get isOverdue(): boolean {
    return this.#updates >= this.#limits.updatesPerSnapshot * 10;
  }

  /** Whether one is worth it now that the room is to be read again when somebody next writes. */
  get isWorthParking(): boolean {
    return this.#updates >= this.#limits.updatesPerSnapshot / 10;
  }

  /** Whether one is worth it now that nobody is in the room: a large one is to open from its snapshot alone. */
  isWorthEnding(roomBytes: number): boolean {
    return this.isWorthParking || (this.#updates > 0 && roomBytes >= this.#limits.largeRoomBytes);
  }
}

/** A number of its own for each room, from 0 to 1, the same in every life (FNV-1a). */
function shareOf(room: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < room.length; at++) hash = Math.imul(hash ^ room.charCodeAt(at), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
