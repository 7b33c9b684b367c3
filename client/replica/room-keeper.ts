/**
 * The side of a room replica that faces the device store: what is written, read, acknowledged and compacted there, and the
 * facts that follow from it. It tells the other tabs, and tells the replica as events of sync-session.ts. When another
 * store is in the place of one that was deleted, it writes everything again, and no mark of the old one counts any more.
 */
import * as Y from 'yjs';
import type { Clock, Log } from './environment.ts';
import type { OwnersMessage, RoomOwnership, StatementChange } from './room-ownership.ts';
import type { HeldRecord, RoomFacts, RoomStore, Stored } from './room-store.ts';
import { isUnacknowledged, NO_FACTS, withAcknowledged, withGenerationForgotten } from './room-store.ts';
import { createStoreWriter, type WriterState } from './store-writer.ts';
import type { SyncEffect, SyncEvent } from './sync-words.ts';
import type { TabChannel } from './tab-channel.ts';

type Remembered = Extract<SyncEffect, { type: 'remember' }>;

export interface RoomKeeper {
  /** Reads everything; the facts found count from then on. */
  load(): Promise<
    Stored<{ updates: { mark: number; update: Uint8Array }[]; facts: RoomFacts; held: HeldRecord | null }>
  >;
  facts(): RoomFacts;
  writer(): WriterState;
  /** Whether the store, or what is on its way there, holds edits that the relay has not acknowledged. */
  isUnacknowledged(): boolean;
  write(update: Uint8Array, isLocal: boolean): void;
  acknowledge(mark: number, generation: string | null): void;
  /** The relay stated whose clientIDs are whose. */
  hearOwners(message: OwnersMessage): void;
  remember(word: Remembered): void;
  forgetGeneration(): void;
  /** Reads what the store has after `mark`; the answer comes as an event. */
  readAfter(mark: number): void;
  /** Facts changed in another tab. */
  refresh(): Promise<void>;
  /** Looks whether the store has entries that nobody told of. */
  lookAgain(): Promise<void>;
  /**
   * The store was deleted, another is in its place.
   * @param doc everything that is in memory
   * @param isWaiting the relay may not have all of it
   */
  replaced(doc: Y.Doc, isWaiting: boolean): void;
  compactIfLong(): void;
  /** Tries a failed write now; resolves when everything written so far is in the store or has failed. */
  settled(): Promise<void>;
}

export interface RoomKeeperParts {
  readonly room: string;
  readonly store: RoomStore;
  readonly ownership: RoomOwnership;
  readonly channel: TabChannel;
  readonly clock: Clock;
  readonly log: Log;
  readonly compactAt: number;
  readonly isClosed: () => boolean;
  readonly tell: (event: SyncEvent) => void;
  /** A write found another log in the place of the one so far: `replaced` is due. */
  readonly logReplaced: () => void;
  readonly changed: () => void;
}

export function createRoomKeeper(parts: RoomKeeperParts): RoomKeeper {
  const { room, store, ownership, channel, clock, log, isClosed, tell } = parts;
  let facts: RoomFacts = NO_FACTS;
  /** How many stores there have been in this place. */
  let storeCount = 0;
  let entriesSinceCompaction = 0;

  // What is written under is noted in the same transaction as what is written, and goes on with the log that is known here
  // or not at all: the words before it would be missing for good if the page ended now.
  const append = (update: Uint8Array, isLocal: boolean) =>
    store.append(update, isLocal, isLocal ? ownership.unconfirmed() : [], facts.logId);
  const writer = createStoreWriter({ append }, clock, {
    stored: (update, isLocal, after) => {
      // Put there after the room was closed: the channel is no more, and whoever opens the room next reads it.
      if (isClosed()) return;
      channel.post({ type: 'entry', logId: after.logId, mark: after.lastMark, isLocal, update });
      takeFacts(after);
      tell({ type: 'appended', mark: after.lastMark });
      entriesSinceCompaction++;
      compactIfLong();
    },
    logReplaced: parts.logReplaced,
    stateChanged: parts.changed,
  });

  /** Facts come from this tab's own transactions only, which end in the order in which they were begun. */
  function takeFacts(next: RoomFacts) {
    if (isClosed()) return;
    facts = next;
    const { lastLocalMark, ackedMark, generation } = next;
    tell({ type: 'facts', lastLocalMark, ackedMark, generation });
  }

  async function change(how: (before: RoomFacts) => RoomFacts) {
    await changed(store.changeFacts(how));
  }

  async function changeStatements(change: StatementChange | null) {
    if (change !== null) await changed(store.changeStatements(change));
  }

  async function changed(changing: Promise<Stored<RoomFacts>>) {
    const spokenOf = storeCount;
    const changed = await changing;
    if (!changed.ok) {
      log('room.facts-failed', { room });
      return;
    }
    if (spokenOf !== storeCount) return;
    takeFacts(changed.value);
    // Stored after the room was closed: the channel is no more, and whoever opens the room next reads it.
    if (!isClosed()) channel.post({ type: 'facts' });
  }

  async function refresh(): Promise<RoomFacts | null> {
    const spokenOf = storeCount;
    const read = await store.changeFacts((before) => before);
    if (!read.ok || spokenOf !== storeCount) return null;
    takeFacts(read.value);
    return read.value;
  }

  async function readAfter(mark: number) {
    const spokenOf = storeCount;
    const read = await store.read(mark);
    // The facts first: what is not acknowledged is known before the reading counts as done.
    if (read.ok) await refresh();
    // What was read in a store that was deleted meanwhile says nothing; the one in its place is being read already.
    if (spokenOf !== storeCount) return;
    if (!read.ok) {
      tell({ type: 'storeReadFailed' });
      return;
    }
    const { lastMark, lastLocalMark } = read.value.facts;
    tell({ type: 'storeRead', updates: read.value.updates, lastMark, lastLocalMark });
  }

  function compactIfLong() {
    if (entriesSinceCompaction < parts.compactAt) return;
    entriesSinceCompaction = 0;
    void store.compact(parts.compactAt).then((compacted) => {
      if (!compacted.ok) log('room.compact-failed', { room });
    });
  }

  function isUnacknowledgedNow(): boolean {
    const writing = writer.state();
    return isUnacknowledged(facts) || (writing.kind !== 'idle' && writing.localSinceMs !== null);
  }

  return {
    load: async () => {
      const [read, statements] = await Promise.all([store.read(0), store.readStatements()]);
      if (!read.ok) return read;
      if (statements.ok) ownership.load(statements.value);
      else log('room.statements-failed', { room });
      facts = read.value.facts;
      ownership.own(facts.own);
      entriesSinceCompaction = read.value.updates.length;
      return read;
    },
    facts: () => facts,
    writer: writer.state,
    isUnacknowledged: isUnacknowledgedNow,
    write: writer.write,
    acknowledge: (mark, generation) => {
      const spokenOf = storeCount;
      // Of a store that was deleted meanwhile, the mark says nothing about the one that is there now.
      void change((before) => (spokenOf === storeCount ? withAcknowledged(before, mark, generation) : before)).then(
        () => {
          // Everything is in the relay's store of now: what an earlier one stated is not needed any more.
          const isSettled = generation !== null && facts.generation === generation && !isUnacknowledgedNow();
          if (isSettled) void changeStatements(ownership.settled(generation));
        },
      );
    },
    hearOwners: (message) => void changeStatements(ownership.hear(message)),
    remember: ({ generation, mayWrite, documentState }) => {
      void change((before) => {
        const isSame =
          before.generation === generation && before.mayWrite === mayWrite && before.documentState === documentState;
        return isSame ? before : { ...before, generation, mayWrite, documentState };
      });
    },
    forgetGeneration: () => void change(withGenerationForgotten),
    readAfter: (mark) => void readAfter(mark),
    refresh: async () => {
      await refresh();
    },
    lookAgain: async () => {
      const found = await refresh();
      if (found !== null) tell({ type: 'heard', mark: found.lastMark });
    },
    replaced: (doc, isWaiting) => {
      const isLocal = isWaiting || isUnacknowledgedNow();
      const { generation, mayWrite, documentState, schemaVersion } = facts;
      storeCount++;
      facts = NO_FACTS;
      writer.startOver();
      tell({ type: 'storeReplaced' });
      void change((before) => ({
        ...before,
        generation,
        mayWrite,
        documentState,
        schemaVersion: Math.max(before.schemaVersion, schemaVersion),
        own: [...new Set([...before.own, ...ownership.unconfirmed()])],
      }));
      void changeStatements(ownership.all());
      // All of it, as one entry. Where the relay had everything, it counts as the relay's; else all of it waits again.
      if (doc.store.clients.size > 0) writer.write(Y.encodeStateAsUpdate(doc), isLocal);
    },
    compactIfLong,
    settled: async () => {
      writer.retry();
      await writer.settled();
    },
  };
}
