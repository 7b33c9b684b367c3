/**
 * A document on this device: its four rooms under one status, one export and one way to start afresh. Who opens and closes
 * it, and whether it may connect, is decided by the person's session.
 */
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { documentMadeBy } from '../../shared/commands.ts';
import { ORIGIN } from '../../shared/origins.ts';
import { ROOM_KINDS, type RoomKind } from '../../shared/rooms.ts';
import type { Access } from './access.ts';
import type { DocumentReplica, Observable, OutboxEntry, SaveStatus } from './contract.ts';
import type { Clock } from './environment.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import type { OpenRoom, RoomSituation } from './room-parts.ts';
import { documentStatus, SAVING_AFTER_MS, savingSinceMs } from './status.ts';

export interface OpenDocument extends DocumentReplica {
  /** Whether all rooms know what the device store has of them, or that it cannot be read. */
  isLoaded(): boolean;
  /** Whether any room holds edits that the relay has not acknowledged. */
  isUnacknowledged(): boolean;
  /** Whether any room holds edits made here that are not in the device store yet. */
  isUnstored(): boolean;
  readonly situations: Observable<readonly RoomSituation[]>;
  /** Whether the device store has everything the relay has, and the relay everything that is here. */
  isInStep(): boolean;
  /** Whether some room will not go on by itself: closed for good, or its copy cannot be read. */
  isStopped(): boolean;
  /** From now on the person is seen by others in this document. Before, it is only connected. */
  appear(): void;
  /** Rooms that hold edits which the relay has not acknowledged. */
  unacknowledgedRooms(): RoomKind[];
  /** clientIDs that this person writes with in a room, as far as nobody has confirmed them. */
  unconfirmed(room: RoomKind): readonly number[];
  /** Merges updates from a file as edits made here, under these clientIDs; whether anything in them was new. */
  bringIn(room: RoomKind, updates: readonly Uint8Array[], own: readonly number[]): boolean;
  /** Looks for what other tabs put into the store without a word. */
  lookAgain(): void;
  /** Another, empty store is in the place of the one that was deleted. */
  storeReplaced(): void;
  /** Connections closed for good are tried again. */
  resume(): void;
  close(): Promise<void>;
}

export interface DocumentParts {
  readonly documentId: string;
  readonly store: LocalStore;
  readonly clock: Clock;
  readonly outbox: Observable<readonly OutboxEntry[]>;
  readonly access: Observable<Access>;
  readonly openRoom: (room: RoomKind) => OpenRoom;
  readonly onRelease: () => void;
}

export function openDocument(parts: DocumentParts): OpenDocument {
  const { documentId, clock } = parts;
  const rooms = Object.fromEntries(ROOM_KINDS.map((room) => [room, parts.openRoom(room)])) as Record<
    RoomKind,
    OpenRoom
  >;
  const all = ROOM_KINDS.map((room) => rooms[room]);
  for (const { awareness } of all) awareness.setLocalState(null);
  const situations = observableOf<readonly RoomSituation[]>(all.map((room) => room.situation.get()));
  const status = observableOf<SaveStatus>({ kind: 'opening' });
  const replaced = observableOf(false);
  /** The newest entry of each room that an export taken here holds. */
  let exportedMarks: ReadonlyMap<RoomKind, number> = new Map();
  let cancelTick = () => {};

  function myCommands(): OutboxEntry[] {
    return parts.outbox
      .get()
      .filter(
        ({ command }) =>
          documentMadeBy(command) === documentId || ('documentId' in command && command.documentId === documentId),
      );
  }

  /** Before the relay has registered the document it would only say that it does not know it. */
  function isRegistering(): boolean {
    return myCommands().some(({ command }) => documentMadeBy(command) === documentId);
  }

  function update() {
    const { mayConnect, isOnline, isOtherPerson, isSignedOut } = parts.access.get();
    for (const room of all) room.setConnectable(mayConnect && !isRegistering());
    situations.set(all.map((room) => room.situation.get()));
    const nowMs = clock.nowMs();
    status.set(
      documentStatus({ nowMs, rooms: situations.get(), commands: myCommands(), isOnline, isOtherPerson, isSignedOut }),
    );
    cancelTick();
    const writingSinceMs = situations
      .get()
      .flatMap((room) => savingSinceMs(room) ?? [])
      .filter((sinceMs) => nowMs - sinceMs < SAVING_AFTER_MS);
    if (writingSinceMs.length > 0) {
      cancelTick = clock.after(Math.min(...writingSinceMs) + SAVING_AFTER_MS - nowMs, update);
    }
  }

  const ends = [
    parts.access.subscribe(update),
    parts.outbox.subscribe(update),
    ...all.map((room) => room.situation.subscribe(update)),
    ...all.map((room) => room.isDiscarded.subscribe(() => replaced.set(true))),
  ];
  update();

  return {
    documentId,
    rooms,
    status,
    replaced,
    situations,
    isInStep: () =>
      situations
        .get()
        .every(
          ({ load, connection, isSynced, isLooking, writer, isUnacknowledged }) =>
            load.kind === 'ready' &&
            connection === 'joined' &&
            isSynced &&
            !isLooking &&
            writer.kind === 'idle' &&
            !isUnacknowledged,
        ),
    isStopped: () =>
      situations
        .get()
        .some(({ load, stopped, held }) =>
          held === null ? stopped !== null || load.kind === 'failed' : held.handedIn,
        ),
    appear: () => {
      for (const { awareness } of all) if (awareness.getLocalState() === null) awareness.setLocalState({});
    },
    isLoaded: () => situations.get().every(({ load }) => load.kind !== 'loading'),
    isUnacknowledged: () => all.some((room) => room.situation.get().isUnacknowledged),
    isUnstored: () =>
      all.some((room) => {
        const { writer } = room.situation.get();
        return writer.kind !== 'idle' && writer.localSinceMs !== null;
      }),
    startFresh: async () => {
      const refused = all.filter((room) => {
        const { held, load } = room.situation.get();
        return held !== null || load.kind === 'failed';
      });
      for (const room of refused) {
        const exportedMark = exportedMarks.get(room.room);
        const discarded = await room.discard(exportedMark === undefined ? 'handedIn' : { exportedMark });
        if (!discarded.ok) throw new Error(discarded.reason);
      }
    },
    exportLocal: async () => {
      await Promise.all(all.map((room) => room.settled()));
      const stored = await parts.store.exportDocument(documentId);
      const inMemory = all.map((room) => ({ room: room.room, update: toBase64(Y.encodeStateAsUpdate(room.doc)) }));
      // A store that could not be read is not in the file: nothing of it may go on that account.
      if (stored.ok) {
        exportedMarks = new Map(
          stored.value.rooms.map(({ room, updates }) => [room, Math.max(0, ...updates.map(({ mark }) => mark))]),
        );
      }
      return new Blob([JSON.stringify({ stored: stored.ok ? stored.value : stored.reason, inMemory }, null, 1)], {
        type: 'application/json',
      });
    },
    release: parts.onRelease,
    unacknowledgedRooms: () => ROOM_KINDS.filter((room) => rooms[room].situation.get().isUnacknowledged),
    unconfirmed: (room) => rooms[room].unconfirmed(),
    bringIn: (room, updates, own) => {
      const { doc } = rooms[room];
      rooms[room].own(own);
      let isNew = false;
      const note = () => {
        isNew = true;
      };
      doc.on('update', note);
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update);
      }, ORIGIN.file);
      doc.off('update', note);
      return isNew;
    },
    lookAgain: () => {
      for (const room of all) room.lookAgain();
    },
    storeReplaced: () => {
      for (const room of all) room.storeReplaced();
    },
    resume: () => {
      for (const room of all) room.resume();
    },
    settled: async () => {
      await Promise.all(all.map((room) => room.settled()));
    },
    close: async () => {
      for (const end of ends) end();
      cancelTick();
      await Promise.all(all.map((room) => room.close()));
    },
  };
}
