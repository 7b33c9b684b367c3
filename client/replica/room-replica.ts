/**
 * One room on this device: the Y.Doc between the device store, the other tabs and the relay. It does what sync-session.ts
 * decides, in order: store loaded → schema checked → ready → connected. All ways a change can come in are told apart by
 * origin; only what was made here goes to the relay and counts as unacknowledged. Knows no React and no socket (link.ts).
 */
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ORIGIN } from '../../shared/origins.ts';
import { clientIdsOf } from '../../shared/typing-runs.ts';
import { PROSE_SCHEMA_VERSION } from '../../shared/versions.ts';
import { freshClientId, randomTypingClientId, withClientId } from './client-ids.ts';
import type { RoomLoad, RoomView } from './contract.ts';
import { type HeldDoor, openHeldDoor } from './held-edits.ts';
import { observableOf } from './observable.ts';
import { createRemoteHold } from './remote-hold.ts';
import { createRoomKeeper } from './room-keeper.ts';
import { createRoomOwnership } from './room-ownership.ts';
import type { OpenRoom, RoomParts, RoomSituation } from './room-parts.ts';
import { failureOf } from './room-store.ts';
import { startSync, stepSync } from './sync-session.ts';
import type { HeldChange, SyncEffect, SyncEvent, SyncState } from './sync-words.ts';
import type { TabMessage } from './tab-channel.ts';

const COMPACT_AT = 200;
/** The relay reads no larger claims. */
const CLAIMED_AT_ONCE = 500;
/** Other tabs may write while the words are put under another clientID. */
const RENEWALS = 5;

export function openRoom(parts: RoomParts): OpenRoom {
  const { address, store, channel, clock, log, compactAt = COMPACT_AT } = parts;
  const doc = new Y.Doc();
  doc.clientID = randomTypingClientId(parts.random);
  const awareness = new Awareness(doc);

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
  /** A clientID of this page under which the relay told words of somebody else: nothing of this document is kept any more. */
  let forkedClientId: number | null = null;
  /** What other tabs said while the store was loading. */
  let early: (() => void)[] | null = [];

  const ownership = createRoomOwnership(parts.personId);
  /** What was claimed on this connection. */
  const claimed = new Set<number>();
  const keeper = createRoomKeeper({
    room: address.room,
    store,
    ownership,
    channel,
    clock,
    log,
    compactAt,
    isClosed: () => isClosed,
    tell: dispatchOrWait,
    changed: publish,
  });
  const hold = createRemoteHold(clock, dispatch);
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
    if (transaction.origin === ORIGIN.connection) lookForClash(transaction);
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === ORIGIN.store || forkedClientId !== null) return;
    if (origin === ORIGIN.connection) {
      keeper.write(update, false);
      return;
    }
    if (!hasEdited) parts.onFirstEdit();
    hasEdited = true;
    // What a file brings says whose it is beforehand.
    if (origin !== ORIGIN.file) ownership.wrote(update);
    if (sync.isRecovering) claim();
    keeper.write(update, true);
    dispatch({ type: 'changed', update });
  });
  channel.onMessage((message) => {
    if (isClosed) return;
    if (message.type === 'discarded') {
      isDiscarded.set(true);
    } else if (message.type === 'facts') {
      void keeper.refresh();
    } else {
      hearEntry(message);
      // It was written under another clientID of this person: the store knows which.
      if (sync.isRecovering && message.isLocal) void keeper.refresh();
    }
  });
  void loadFromStore();

  async function loadFromStore() {
    const read = await keeper.load();
    if (isClosed) return;
    if (!read.ok) {
      load = { kind: 'failed', why: read.why, message: read.reason };
      log('room.load-failed', { room: address.room });
      publish();
      return;
    }
    try {
      doc.transact(() => {
        for (const { update } of read.value.updates) Y.applyUpdate(doc, update);
      }, ORIGIN.store);
    } catch (error) {
      load = { kind: 'failed', ...failureOf(error) };
      log('room.load-failed', { room: address.room });
      publish();
      return;
    }
    const { facts } = read.value;
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
    for (const tell of waiting) tell();
    if (waiting.length > 0) void keeper.refresh();
    if (read.value.held !== null) held.resume(read.value.held);
    else if (isConnectable) reconnect();
    publish();
    keeper.compactIfLong();
  }

  /** Another tab put an entry into the store. Of a store that was lost, here or there, only the store itself can tell. */
  function hearEntry(entry: Extract<TabMessage, { type: 'entry' }>) {
    if (early !== null) {
      early.push(() => hearEntry(entry));
      return;
    }
    const { logId, ...told } = entry;
    if (logId === keeper.facts().logId) dispatch({ ...told, type: 'tabEntry' });
    else void keeper.lookAgain();
  }

  function dispatchOrWait(event: SyncEvent) {
    if (early === null) dispatch(event);
    else early.push(() => dispatch(event));
  }

  function dispatch(event: SyncEvent) {
    if (isClosed) return;
    const [next, effects] = stepSync(sync, event);
    sync = next;
    if (event.type === 'opened') claimed.clear();
    if (event.type === 'facts' && sync.isRecovering && sync.link === 'joined') claim();
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
        link.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc, askedFor(effect.stateVector)) });
        break;
      case 'introduce':
        for (const statement of ownership.former(sync.generation)) link.send(statement);
        claim();
        break;
      case 'keepOwners':
        keeper.hearOwners(effect.message);
        break;
      case 'merge':
        merge(effect.changes);
        break;
      case 'readStore':
        keeper.readAfter(effect.mark);
        break;
      case 'acknowledge':
        keeper.acknowledge(effect.mark, effect.generation);
        break;
      case 'remember':
        link.expectGeneration(effect.generation);
        keeper.remember(effect);
        break;
      case 'forgetGeneration':
        keeper.forgetGeneration();
        if (address.room === 'record') void startAnew();
        break;
      case 'renew':
        link.disconnect();
        void renew(effect.clientId);
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

  /** Says which clientIDs are one's own, as far as that was not said: before anything that is written under them. */
  function claim() {
    ownership.own(keeper.facts().own);
    if (sync.link === 'down') return;
    const news = new Set([...ownership.mine(), ...clientIdsOf(doc)].filter((id) => !claimed.has(id)));
    for (const clientId of news) claimed.add(clientId);
    const clientIds = [...news];
    for (let from = 0; from < clientIds.length; from += CLAIMED_AT_ONCE) {
      link.send({ type: 'claim', clientIds: clientIds.slice(from, from + CLAIMED_AT_ONCE) });
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

  /** Nobody but this page goes on under its clientIDs, unless somebody took the same. */
  function lookForClash({ beforeState, afterState }: Y.Transaction) {
    const taken = clientIdsOf(doc).find(
      (clientId) => (afterState.get(clientId) ?? 0) > (beforeState.get(clientId) ?? 0),
    );
    if (taken === undefined) return;
    // Not written under it yet: another one, and no harm is done.
    if (clientIdsOf(doc).every((clientId) => !beforeState.has(clientId))) {
      doc.clientID = randomTypingClientId(parts.random);
      return;
    }
    forkedClientId = taken;
    dispatch({ type: 'clashed', clientId: taken });
  }

  /**
   * What the relay lacks, and whatever was written in this page and is not acknowledged: under a clientID that somebody else
   * took too, the relay would take it for what it holds already, and it would count as saved.
   */
  function askedFor(stateVector: Uint8Array): Uint8Array {
    if (!keeper.isUnacknowledged()) return stateVector;
    const asked = Y.decodeStateVector(stateVector);
    for (const clientId of clientIdsOf(doc)) asked.delete(clientId);
    return Y.encodeStateVector(asked);
  }

  /** Goes on in a fresh copy, in which what was written here under a clientID of somebody else stands under another. */
  async function renew(clientId: number) {
    for (let attempt = 0; attempt < RENEWALS && !isClosed; attempt++) {
      await keeper.settled();
      const read = await store.read(0);
      // What is in no store yet would be written behind, under the clientID of somebody else.
      if (!read.ok || keeper.writer().kind === 'failed') break;
      const all = new Y.Doc();
      for (const { update } of read.value.updates) Y.applyUpdate(all, update);
      const fresh = freshClientId(clientId, parts.random);
      const update = withClientId(Y.encodeStateAsUpdate(all), clientId, fresh);
      all.destroy();
      const replaced = await store.replaceAll(update, read.value.facts.lastMark, fresh);
      if (!replaced.ok) break;
      if (!replaced.value) continue;
      log('room.renewed', { room: address.room });
      channel.post({ type: 'discarded' });
      isDiscarded.set(true);
      return;
    }
    dispatch({ type: 'renewalFailed' });
  }

  /** Only the relay writes the record: what another of its stores said there, a number given, is no record of this one. */
  async function startAnew() {
    await keeper.settled();
    const discarded = await store.discard('handedIn');
    if (!discarded.ok || isClosed) return;
    channel.post({ type: 'discarded' });
    isDiscarded.set(true);
  }

  async function handIn(reason: string, stateVector: Uint8Array | null) {
    await keeper.settled();
    // With what other tabs left in the store and this document has not merged; what is unreadable there is not covered.
    const read = await store.read(0);
    const all = new Y.Doc();
    for (const { update } of read.ok ? read.value.updates : []) Y.applyUpdate(all, update);
    Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
    const update = stateVector ? Y.encodeStateAsUpdate(all, stateVector) : Y.encodeStateAsUpdate(all);
    all.destroy();
    await held.keep({ reason, update, mark: read.ok ? read.value.facts.lastLocalMark : sync.mergedMark });
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
      isUnacknowledged: keeper.isUnacknowledged(),
    };
  }

  function situationNow(): RoomSituation {
    return {
      load,
      writer: keeper.writer(),
      isUnacknowledged: keeper.isUnacknowledged(),
      connection,
      isSynced: sync.isSynced,
      isLooking: sync.isReading,
      stopped: sync.stopped,
      held: held.state(),
    };
  }

  function publish() {
    if (isClosed) return;
    view.set(viewNow());
    situation.set(situationNow());
  }

  return {
    room: address.room,
    doc,
    awareness,
    view,
    situation,
    isDiscarded,
    holdRemoteChanges: hold.begin,
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
    own: ownership.own,
    unconfirmed: ownership.unconfirmed,
    lookAgain: () => {
      if (load.kind === 'ready') void keeper.lookAgain();
    },
    storeReplaced: () => {
      if (isClosed || load.kind !== 'ready') return;
      // What waits for an input method was in the old store at most: into the document, so that it is written again with it.
      dispatch({ type: 'holdExpired' });
      keeper.replaced(doc, sync.mustAnswer || sync.localMark > sync.ackedMark);
      held.rewrite();
    },
    resume: () => dispatch({ type: 'resumed' }),
    settled: keeper.settled,
    discard: async (consent) => {
      await keeper.settled();
      const discarded = await store.discard(consent);
      if (!discarded.ok) return discarded;
      channel.post({ type: 'discarded' });
      isDiscarded.set(true);
      return { ok: true };
    },
    close: async () => {
      if (isClosed) return;
      isConnectable = false;
      hold.close();
      held.close();
      link.destroy();
      await keeper.settled();
      isClosed = true;
      channel.close();
      awareness.destroy();
      doc.destroy();
    },
  };
}
