/**
 * Which life of a room has lost an append: whatever follows in that life builds on a hole and is refused. Lives of a room
 * follow each other, so the first append of the next one forgets the one before.
 */
export class FailedLives {
  readonly #failed = new Map<string, string>();

  get size(): number {
    return this.#failed.size;
  }

  /** An append of this life was not kept. */
  add({ room, life }: RoomLife): void {
    this.#failed.set(room, life);
  }

  /** Whether an append of this life may not be written; asked in the order of the appends. */
  has({ room, life }: RoomLife): boolean {
    const failed = this.#failed.get(room);
    if (failed !== undefined && failed !== life) this.#failed.delete(room);
    return failed === life;
  }
}

interface RoomLife {
  readonly room: string;
  readonly life: string;
}
