/**
 * How much of a room is in the log and not in its snapshot: what opening it anew would have to go through. Says when a
 * snapshot is worth its cost, which grows with the whole room; makes none.
 */
import type { Limits } from '../limits.ts';
import type { StoredRoom } from './effects.ts';

export class LogTail {
  readonly #limits: Pick<Limits, 'rowsPerSnapshot' | 'largeRoomBytes'>;
  #rows = 0;
  #bytes = 0;

  constructor(limits: Pick<Limits, 'rowsPerSnapshot' | 'largeRoomBytes'>) {
    this.#limits = limits;
  }

  begin({ updates, rowsSinceSnapshot }: StoredRoom): void {
    this.#rows = rowsSinceSnapshot;
    this.#bytes = 0;
    for (const update of updates.slice(Math.max(0, updates.length - rowsSinceSnapshot))) this.#bytes += update.length;
  }

  grow(bytes: number): void {
    this.#rows++;
    this.#bytes += bytes;
  }

  /** A snapshot that holds all of it has been asked for. */
  end(): void {
    this.#rows = 0;
    this.#bytes = 0;
  }

  /** @param roomBytes size of the whole room: a snapshot for every few hundred keystrokes would write it over and over */
  isLong(roomBytes: number): boolean {
    return this.#rows >= this.#limits.rowsPerSnapshot && (this.#bytes * 4 >= roomBytes || this.isOverdue);
  }

  /** It has grown so long that no better moment is waited for. */
  get isOverdue(): boolean {
    return this.#rows >= this.#limits.rowsPerSnapshot * 10;
  }

  /** Whether one is worth it now that the room is to be read again when somebody next writes. */
  get isWorthParking(): boolean {
    return this.#rows >= this.#limits.rowsPerSnapshot / 10;
  }

  /** Whether one is worth it now that nobody is in the room: a large one is to open from its snapshot alone. */
  isWorthEnding(roomBytes: number): boolean {
    return this.isWorthParking || (this.#rows > 0 && roomBytes >= this.#limits.largeRoomBytes);
  }
}
