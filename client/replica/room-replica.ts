/**
 * One room on this device: the Y.Doc between the device store, the other tabs and the relay. It does what sync-session.ts
 * decides, in order: store loaded → schema checked → ready → connected. All ways a change can come in are told apart by
 * origin; only what was made here goes to the relay and counts as unacknowledged. Knows no React and no socket (link.ts).
 */
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ORIGIN } from '../../shared/origins.ts';
import { typingClientId } from '../../shared/typing-runs.ts';
import { PROSE_SCHEMA_VERSION } from '../../shared/versions.ts';
import type { RoomLoad, RoomView } from './contract.ts';
import type { Randomness } from './environment.ts';
import { type HeldDoor, openHeldDoor } from './held-edits.ts';
import { observableOf } from './observable.ts';
import type { OpenRoom, RoomParts, RoomSituation } from './room-parts.ts';
import { isUnacknowledged, NO_FACTS, type RoomFacts, withAcknowledged, withGenerationForgotten } from './room-store.ts';
import { createStoreWriter } from './store-writer.ts';
import { startSync, stepSync } from './sync-session.ts';
import type { HeldChange, SyncEffect, SyncEvent, SyncState } from './sync-words.ts';

const HOLD_MS = 15_000;
const COMPACT_AT = 200;

export function openRoom(parts: RoomParts): OpenRoom {
  const { address, store, channel, clock, log, compactAt = COMPACT_AT } = parts;
  const doc = new Y.Doc();
  doc.clientID = randomClientId(parts.random);
  const awareness = new Awareness(doc);

  let facts: RoomFacts = NO_FACTS;
  let load: RoomLoad = { kind: 'loading' };
  let sync: SyncState = startSync({
    generation: null,
    mayWrite: false,
    documentState: 'draft',
    mergedMark: 0,
    localMark: 0,
    ackedMark: 0,
    stopped: null,
    isHandingIn: false,
  });
  let connection: RoomSituation['connection'] = 'connecting';
  let isConnectable = false;
  let isClosed = false;
  let hasEdited = false;
  let entriesSinceCompaction = 0;
  let cancelHold = () => {};
  /** What other tabs said while the store was loading. */
  let early: SyncEvent[] | null = [];

  const writer = createStoreWriter(store, clock, {
    stored: (update, isLocal, after) => {
      // Put there after the room was closed: the channel is no more, and whoever opens the room next reads it.
      if (isClosed) return;
      channel.post({ type: 'entry', mark: after.lastMark, isLocal, update });
      takeFacts(after);
      dispatchOrWait({ type: 'appended', mark: after.lastMark });
      if (++entriesSinceCompaction >= compactAt) void compact();
    },
    stateChanged: publish,
  });
  const held: HeldDoor = openHeldDoor({ ...parts, changed: publish });
  const link = parts.openLink(doc, awareness, {
    opened: () => dispatch({ type: 'opened' }),
    closed: (name) => {
      if (!isClosed) connection = 'offline';
      dispatch({ type: 'closed', name });
    },
    received: (message) => dispatch({ type: 'received', message }),
  });
  const view = observableOf<RoomView>(viewNow());
  const situation = observableOf<RoomSituation>(situationNow());
  const isDiscarded = observableOf(false);

  // Yjs would delete formatting that it takes for redundant in reaction to what it merges. A reader would write by that, and
  // what looks redundant here need not be where more has arrived: two replicas would show different formatting for good.
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === ORIGIN.store) return;
    if (origin === ORIGIN.connection) {
      writer.write(update, false);
      return;
    }
    if (!hasEdited) parts.onFirstEdit();
    hasEdited = true;
    writer.write(update, true);
    dispatch({ type: 'changed', update });
  });
  channel.onMessage((message) => {
    if (isClosed) return;
    if (message.type === 'discarded') {
      isDiscarded.set(true);
    } else if (message.type === 'facts') {
      void refreshFacts();
    } else {
      dispatchOrWait({ ...message, type: 'tabEntry' });
    }
  });
  void loadFromStore();

  async function loadFromStore() {
    const read = await store.read(0);
    if (isClosed) return;
    if (!read.ok) {
      load = { kind: 'failed', message: read.reason };
      log('room.load-failed', { room: address.room });
      publish();
      return;
    }
    try {
      doc.transact(() => {
        for (const { update } of read.value.updates) Y.applyUpdate(doc, update);
      }, ORIGIN.store);
    } catch (error) {
      load = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
      log('room.load-failed', { room: address.room });
      publish();
      return;
    }
    facts = read.value.facts;
    entriesSinceCompaction = read.value.updates.length;
    const isFromNewer = facts.schemaVersion > PROSE_SCHEMA_VERSION;
    sync = startSync({
      generation: facts.generation,
      mayWrite: (facts.mayWrite ?? parts.mayWriteUnheard) && !isFromNewer && read.value.held === null,
      documentState: facts.documentState,
      mergedMark: facts.lastMark,
      localMark: facts.lastLocalMark,
      ackedMark: facts.ackedMark,
      stopped: isFromNewer ? 'updateClient' : null,
      isHandingIn: read.value.held !== null,
    });
    load = { kind: 'ready' };
    const waiting = early ?? [];
    early = null;
    for (const event of waiting) dispatch(event);
    if (waiting.length > 0) void refreshFacts();
    if (read.value.held !== null) held.resume(read.value.held);
    else if (isConnectable) reconnect();
    publish();
    if (entriesSinceCompaction >= compactAt) void compact();
  }

  function dispatchOrWait(event: SyncEvent) {
    if (early === null) dispatch(event);
    else early.push(event);
  }

  function dispatch(event: SyncEvent) {
    if (isClosed) return;
    const [next, effects] = stepSync(sync, event);
    sync = next;
    if (sync.link === 'joined') connection = 'joined';
    for (const effect of effects) perform(effect);
    publish();
  }

  function perform(effect: SyncEffect) {
    switch (effect.type) {
      case 'send':
        link.send(effect.message);
        break;
      case 'answer':
        link.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc, effect.stateVector) });
        break;
      case 'merge':
        merge(effect.changes);
        break;
      case 'readStore':
        void readStore(effect.mark);
        break;
      case 'acknowledge':
        void changeFacts((before) => withAcknowledged(before, effect.mark, effect.generation));
        break;
      case 'remember':
        link.expectGeneration(effect.generation);
        void changeFacts((before) => {
          const { generation, mayWrite, documentState } = effect;
          const isSame =
            before.generation === generation && before.mayWrite === mayWrite && before.documentState === documentState;
          return isSame ? before : { ...before, generation, mayWrite, documentState };
        });
        break;
      case 'forgetGeneration':
        void changeFacts(withGenerationForgotten);
        break;
      case 'handIn':
        link.disconnect();
        void handIn(effect.reason, effect.stateVector);
        break;
      case 'reconnect':
        reconnect();
        break;
    }
  }

  /** All in one transaction, so that the editor takes a burst as one change. A mixture counts as the relay's: it is stored again. */
  function merge(changes: readonly HeldChange[]) {
    const isFromRelay = changes.some(({ from }) => from.kind === 'relay');
    doc.transact(
      () => {
        for (const { update } of changes) Y.applyUpdate(doc, update);
      },
      isFromRelay ? ORIGIN.connection : ORIGIN.store,
    );
    if (changes.some(({ from }) => from.kind === 'relay' && from.isStep2)) link.synced();
  }

  async function readStore(mark: number) {
    const read = await store.read(mark);
    if (!read.ok) {
      dispatch({ type: 'storeReadFailed' });
      return;
    }
    const { lastMark, lastLocalMark } = read.value.facts;
    dispatch({ type: 'storeRead', updates: read.value.updates, lastMark, lastLocalMark });
    await refreshFacts();
  }

  async function changeFacts(change: (before: RoomFacts) => RoomFacts) {
    const changed = await store.changeFacts(change);
    if (!changed.ok) {
      log('room.facts-failed', { room: address.room });
      return;
    }
    takeFacts(changed.value);
    // Stored after the room was closed: the channel is no more, and whoever opens the room next reads it.
    if (!isClosed) channel.post({ type: 'facts' });
  }

  /** Another tab changed them. */
  async function refreshFacts() {
    const read = await store.changeFacts((before) => before);
    if (read.ok) takeFacts(read.value);
  }

  /** Facts come from this tab's own transactions only, which end in the order in which they were begun. */
  function takeFacts(next: RoomFacts) {
    if (isClosed) return;
    facts = next;
    const { lastLocalMark, ackedMark, generation } = next;
    dispatchOrWait({ type: 'facts', lastLocalMark, ackedMark, generation });
  }

  async function handIn(reason: string, stateVector: Uint8Array | null) {
    await writer.settled();
    // With what other tabs left in the store and this document has not merged; what is unreadable there is not covered.
    const read = await store.read(0);
    const all = new Y.Doc();
    for (const { update } of read.ok ? read.value.updates : []) Y.applyUpdate(all, update);
    Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
    const update = stateVector ? Y.encodeStateAsUpdate(all, stateVector) : Y.encodeStateAsUpdate(all);
    all.destroy();
    await held.keep({ reason, update, mark: read.ok ? read.value.facts.lastLocalMark : sync.mergedMark });
  }

  async function compact() {
    entriesSinceCompaction = 0;
    const compacted = await store.compact(compactAt);
    if (!compacted.ok) log('room.compact-failed', { room: address.room });
  }

  function reconnect() {
    const isAllowed = isConnectable && load.kind === 'ready' && sync.stopped === null && !sync.isHandingIn && !isClosed;
    if (!isAllowed) return;
    link.expectGeneration(sync.generation);
    link.connect();
  }

  function viewNow(): RoomView {
    const isStopped = sync.stopped !== null && sync.stopped !== 'signIn';
    return {
      load,
      mayWrite: load.kind === 'ready' && sync.mayWrite && !isStopped && !sync.isHandingIn,
      documentState: sync.documentState,
      connected: sync.link === 'joined',
      synced: sync.isSynced,
      heldChanges: sync.held.length,
      isUnacknowledged: isWaiting(),
    };
  }

  function isWaiting(): boolean {
    const writing = writer.state();
    return isUnacknowledged(facts) || (writing.kind !== 'idle' && writing.localSinceMs !== null);
  }

  function situationNow(): RoomSituation {
    return {
      load,
      writer: writer.state(),
      isUnacknowledged: isWaiting(),
      connection,
      isSynced: sync.isSynced,
      stopped: sync.stopped,
      held: held.state(),
    };
  }

  function publish() {
    if (isClosed) return;
    view.set(viewNow());
    situation.set(situationNow());
  }

  function expireHold() {
    cancelHold = clock.after(HOLD_MS, expireHold);
    dispatch({ type: 'holdExpired' });
  }

  return {
    room: address.room,
    doc,
    awareness,
    view,
    situation,
    isDiscarded,
    holdRemoteChanges: () => {
      if (sync.holds === 0) cancelHold = clock.after(HOLD_MS, expireHold);
      dispatch({ type: 'held' });
      let isReleased = false;
      return () => {
        if (isReleased) return;
        isReleased = true;
        if (sync.holds === 1) cancelHold();
        dispatch({ type: 'released' });
      };
    },
    setConnectable: (next) => {
      if (next === isConnectable) return;
      isConnectable = next;
      if (next) {
        connection = connection === 'joined' ? connection : 'connecting';
        reconnect();
      } else {
        link.disconnect();
        connection = 'offline';
        dispatch({ type: 'closed', name: null });
      }
      publish();
    },
    resume: () => dispatch({ type: 'resumed' }),
    settled: async () => {
      writer.retry();
      await writer.settled();
    },
    discard: async (consent) => {
      await writer.settled();
      const discarded = await store.discard(consent);
      if (!discarded.ok) return discarded;
      channel.post({ type: 'discarded' });
      isDiscarded.set(true);
      return { ok: true };
    },
    close: async () => {
      if (isClosed) return;
      isConnectable = false;
      cancelHold();
      held.close();
      link.destroy();
      writer.retry();
      await writer.settled();
      isClosed = true;
      channel.close();
      awareness.destroy();
      doc.destroy();
    },
  };
}

/** 52 random bits: two replicas of one room never meet by accident. */
function randomClientId(random: Randomness): number {
  const bytes = new DataView(random.bytes(8).buffer);
  return typingClientId((bytes.getUint32(0) & 0x1fffff) * 0x1_0000_0000 + bytes.getUint32(4));
}
