/**
 * One person's device store in memory, as RoomStore: each operation waits until a test lets it happen, and a power cut
 * forgets those that did not. What is on the disk outlives the tab.
 */
import * as Y from 'yjs';
import type { StoredStatement } from '../../client/replica/room-ownership.ts';
import {
  type HeldRecord,
  NO_FACTS,
  type RoomFacts,
  type RoomStore,
  type Stored,
  type StoredUpdate,
  withConfirmed,
  withEntry,
} from '../../client/replica/room-store.ts';

export type DiskBug = 'compactionLosesAnEntry';

export class FakeDisk {
  entries: StoredUpdate[] = [];
  /** Marks of the entries that were made on this device. */
  readonly localMarks = new Set<number>();
  facts: RoomFacts = { ...NO_FACTS, logId: 'log-0' };
  readonly statements = new Map<string, StoredStatement>();
  #wipes = 0;
  held: HeldRecord | null = null;
  /** Told when the device believes more acknowledged than before. */
  onAcknowledged: (entries: readonly StoredUpdate[]) => void = () => {};
  #queue: { tab: object; run: () => void }[] = [];
  readonly #bug: DiskBug | null;

  constructor(bug: DiskBug | null = null) {
    this.#bug = bug;
  }

  get pending(): number {
    return this.#queue.length;
  }

  /** The next operation happens. */
  step(): void {
    this.#queue.shift()?.run();
  }

  /** A tab dies: what it asked for and did not get never happens. */
  kill(tab: object): void {
    this.#queue = this.#queue.filter((operation) => operation.tab !== tab);
  }

  /** Somebody deletes the database. What was under way has come to its end before, as IndexedDB promises. */
  wipe(): void {
    while (this.pending > 0) this.step();
    this.entries = [];
    this.localMarks.clear();
    this.statements.clear();
    this.facts = { ...NO_FACTS, logId: `log-${++this.#wipes}` };
    this.held = null;
  }

  /** The store as one tab sees it. */
  storeFor(tab: object): RoomStore {
    const later = <T>(work: () => T): Promise<Stored<T>> =>
      new Promise((resolve) => {
        this.#queue.push({ tab, run: () => resolve({ ok: true, value: work() }) });
      });
    return {
      read: (mark) =>
        later(() => ({
          updates: this.entries.filter((entry) => entry.mark > mark),
          facts: this.facts,
          held: this.held,
        })),
      append: (update, isLocal, own, logId = '') =>
        later(() => {
          if (logId !== '' && this.facts.logId !== logId) return null;
          this.facts = withEntry(this.facts, isLocal, 1, own);
          this.entries.push({ mark: this.facts.lastMark, update });
          if (isLocal) this.localMarks.add(this.facts.lastMark);
          return this.facts;
        }),
      readStatements: () => later(() => [...this.statements.values()]),
      changeStatements: ({ put, remove, confirmed }) =>
        later(() => {
          for (const key of remove) this.statements.delete(key);
          for (const statement of put) this.statements.set(statement.key, statement);
          this.facts = withConfirmed(this.facts, confirmed);
          return this.facts;
        }),
      changeFacts: (change) =>
        later(() => {
          const before = this.facts;
          this.facts = change(before);
          if (this.facts.ackedMark > before.ackedMark) {
            this.onAcknowledged(
              this.entries.filter(({ mark }) => mark <= this.facts.ackedMark && this.localMarks.has(mark)),
            );
          }
          return this.facts;
        }),
      compact: (minEntries) =>
        later(() => {
          const last = this.entries.at(-1);
          if (last === undefined || this.entries.length < minEntries) return 0;
          const kept = this.#bug === null ? this.entries : this.entries.filter((_, i) => i !== this.entries.length - 2);
          const removed = this.entries.length - 1;
          const doc = new Y.Doc();
          for (const { update } of kept) Y.applyUpdate(doc, update);
          const isLocal = this.entries.some(({ mark }) => this.localMarks.has(mark));
          if (isLocal) this.localMarks.add(last.mark);
          this.entries = [{ mark: last.mark, update: Y.encodeStateAsUpdate(doc) }];
          doc.destroy();
          return removed;
        }),
      replaceAll: (update, mark, own) =>
        later(() => {
          if (this.facts.lastMark !== mark) return false;
          this.facts = withEntry(this.facts, true, 1, [own]);
          this.entries = [{ mark: this.facts.lastMark, update }];
          this.localMarks.clear();
          this.localMarks.add(this.facts.lastMark);
          return true;
        }),
      keepHeld: (held) =>
        later(() => {
          this.held = held;
          return null;
        }),
      discard: () =>
        later(() => {
          this.entries = [];
          this.held = null;
          this.facts = { ...this.facts, lastLocalMark: 0, ackedMark: 0 };
          return null;
        }),
    };
  }
}
