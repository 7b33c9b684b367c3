/**
 * Keeps the catalogue's title of a document (and of a case, whose own document it is) in step with the header of its body:
 * a while after a commit the title is read, and written when it is another one. That it changed at all is noted now and then
 * only: in a house full of people it would be as many writes as keystrokes. Rebuildable at any time, so a lost run is no loss.
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
  /** How long the time of the last change may lag behind in a document whose title stays. */
  readonly noteMs: number;
  readonly now: () => number;
  readonly log: Log;
}

/** What the catalogue was last told of a document. */
interface Told {
  readonly title: string | null;
  readonly atMs: number;
}

/** More than are written in at once. */
const KEPT_IN_MIND = 10_000;

export class TitleProjection {
  readonly #options: TitleProjectionOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #told = new Map<string, Told>();

  constructor(options: TitleProjectionOptions) {
    this.#options = options;
  }

  /** A room's content has changed; only bodies have titles. */
  changed({ documentId, room }: RoomAddress, mayHaveNewTitle: boolean): void {
    if (room !== 'body') return;
    // Nearly always: somebody types on.
    const told = this.#told.get(documentId);
    if (!mayHaveNewTitle && told !== undefined && !this.#isLongAgo(told)) return;
    if (this.#timers.has(documentId)) return;
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
      const title = header === null ? await this.#storedTitle(address) : titleOf(header);
      const news = this.#newsOf(documentId, title);
      if (news === null) return;
      const reply = await this.#options.writer.write(
        news === 'title'
          ? { kind: 'project', documentId, title: title?.slice(0, 200) ?? null }
          : { kind: 'noteChange', documentId },
      );
      // A failed write is seen by the writer's own health; the next change projects again.
      if (reply.kind === 'failed') this.#told.delete(documentId);
    } catch (error) {
      // What somebody wrote into a header must not end the process; the title stays as it was.
      this.#options.log.error({ event: 'projectionFailed', room: roomKey(address), stack: stackOf(error) });
    }
  }

  /** @throws when the store cannot show all that was written */
  async #storedTitle(address: RoomAddress): Promise<string | null> {
    // Who wrote it may have left a moment ago.
    const settled = await this.#options.writer.write({ kind: 'settle' });
    if (settled.kind === 'failed') throw new Error(settled.message);
    return titleIn(this.#options.reader.loadRoom(roomKey(address)).updates);
  }

  #isLongAgo({ atMs }: Told): boolean {
    return this.#options.now() - atMs >= this.#options.noteMs;
  }

  /** Notes what is about to be told; null when it was told a moment ago. */
  #newsOf(documentId: string, title: string | null): 'title' | 'time' | null {
    const told = this.#told.get(documentId);
    const isSameTitle = told?.title === title;
    if (told !== undefined && isSameTitle && !this.#isLongAgo(told)) return null;
    if (this.#told.size >= KEPT_IN_MIND) this.#told.clear();
    this.#told.set(documentId, { title, atMs: this.#options.now() });
    return isSameTitle ? 'time' : 'title';
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
