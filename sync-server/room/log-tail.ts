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

  constructor(limits: Pick<Limits, 'updatesPerSnapshot' | 'largeRoomBytes'>) {
    this.#limits = limits;
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
  }

  /** @param roomBytes size of the whole room: a snapshot for every few hundred keystrokes would write it over and over */
  isLong(roomBytes: number): boolean {
    return this.#updates >= this.#limits.updatesPerSnapshot && (this.#bytes * 4 >= roomBytes || this.isOverdue);
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
