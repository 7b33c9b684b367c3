/**
 * Keeps the catalogue's title of a document (and of a case, whose own document it is) in step with the header of its body:
 * a while after a commit the title is read and written. Rebuildable at any time, so a lost run is no loss.
 */
import * as Y from 'yjs';
import { readTitle, titleOf } from '../../shared/kinds/title.ts';
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';
import { type Log, stackOf } from '../log.ts';
import type { StoreReader } from '../store/reader.ts';
import type { Writer } from '../store/writer.ts';

export interface TitleProjectionOptions {
  readonly writer: Pick<Writer, 'write'>;
  readonly reader: StoreReader;
  /** The header fields of an open room, by their keys; null when it is not open. */
  readonly header: (address: RoomAddress) => ReadonlyMap<string, unknown> | null;
  readonly waitMs: number;
  readonly log: Log;
}

export class TitleProjection {
  readonly #options: TitleProjectionOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(options: TitleProjectionOptions) {
    this.#options = options;
  }

  /** A room's content has changed; only bodies have titles. */
  changed({ documentId, room }: RoomAddress): void {
    if (room !== 'body' || this.#timers.has(documentId)) return;
    this.#timers.set(
      documentId,
      setTimeout(() => void this.#project(documentId), this.#options.waitMs),
    );
  }

  /** Projects what is waiting, at once. */
  async flush(): Promise<void> {
    await Promise.all([...this.#timers.keys()].map((documentId) => this.#project(documentId)));
  }

  async #project(documentId: string): Promise<void> {
    clearTimeout(this.#timers.get(documentId));
    this.#timers.delete(documentId);
    const address: RoomAddress = { documentId, room: 'body' };
    try {
      const header = this.#options.header(address);
      const title =
        header === null ? titleIn(this.#options.reader.loadRoom(roomKey(address)).updates) : titleOf(header);
      // A failed write is seen by the writer's own health; the next change projects again.
      await this.#options.writer.write({ kind: 'project', documentId, title: title?.slice(0, 200) ?? null });
    } catch (error) {
      // What somebody wrote into a header must not end the process; the title stays as it was.
      this.#options.log.error({ event: 'projectionFailed', room: roomKey(address), stack: stackOf(error) });
    }
  }
}

/** The title a closed body says, read from a copy made of its updates. */
function titleIn(updates: readonly Uint8Array[]): string | null {
  const copy = new Y.Doc();
  copy.transact(() => {
    for (const update of updates) Y.applyUpdate(copy, update);
  });
  const title = readTitle(copy);
  copy.destroy();
  return title;
}
