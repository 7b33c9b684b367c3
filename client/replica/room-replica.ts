/**
 * One room on this device: the Y.Doc between the device store, the other tabs and the relay. It does what sync-session.ts
 * decides, in order: store loaded → schema checked → ready → connected. All ways a change can come in are told apart by
 * origin; only what was made here goes to the relay and counts as unacknowledged. Knows no React and no socket (link.ts).
 * The store side is room-keeper.ts, a copy that cannot go on is local-copy.ts, what is shown is room-view.ts.
 */
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ORIGIN } from '../../shared/origins.ts';
import { PROSE_SCHEMA_VERSION } from '../../shared/versions.ts';
import { askingForOwn, watchForClash } from './clash-watch.ts';
import { randomTypingClientId } from './client-ids.ts';
import type { RoomLoad, RoomView } from './contract.ts';
import { type HeldDoor, openHeldDoor } from './held-edits.ts';
import { createIntroduction } from './introduction.ts';
import { createLocalCopy } from './local-copy.ts';
import { observableOf } from './observable.ts';
import { createRemoteHold } from './remote-hold.ts';
import { createRoomKeeper } from './room-keeper.ts';
import { createRoomOwnership } from './room-ownership.ts';
import type { OpenRoom, RoomParts, RoomSituation } from './room-parts.ts';
import { failureOf } from './room-store.ts';
import { type RoomKnowledge, situationOf, viewOf } from './room-view.ts';
import { startSync, stepSync } from './sync-session.ts';
import type { HeldChange, SyncEffect, SyncEvent, SyncState } from './sync-words.ts';
import type { TabMessage } from './tab-channel.ts';

const COMPACT_AT = 200;

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
  /** What other tabs said while the store was loading. */
  let early: (() => void)[] | null = [];

  const ownership = createRoomOwnership(parts.personId);
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
    logReplaced: storeReplaced,
    changed: publish,
  });
  const hold = createRemoteHold(clock, dispatch);
  const held: HeldDoor = openHeldDoor({ ...parts, changed: publish });
  const copy = createLocalCopy({ ...parts, doc, keeper, isClosed: () => isClosed });
  const clash = watchForClash(doc, parts.random, (clientId) => dispatch({ type: 'clashed', clientId }));
  const link = parts.openLink(doc, awareness, {
    opened: () => dispatch({ type: 'opened' }),
    closed: (name) => {
      // Put back from a backup, the relay is there and waits, as this page does, for whoever made the document.
      if (!isClosed) connection = name === 'recovering' ? 'connecting' : 'offline';
      dispatch({ type: 'closed', name });
    },
    received: (message) => dispatch({ type: 'received', message }),
  });
  const introduction = createIntroduction({ doc, ownership, keeper, send: link.send });
  const view = observableOf<RoomView>(viewOf(known()));
  const situation = observableOf<RoomSituation>(situationOf(known()));

  // Yjs would delete formatting that it takes for redundant in reaction to what it merges. A reader would write by that, and
  // what looks redundant here need not be where more has arrived: two replicas would show different formatting for good.
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === ORIGIN.store || clash.hasClashed()) return;
    if (origin === ORIGIN.connection) {
      keeper.write(update, false);
      return;
    }
    if (!hasEdited) parts.onFirstEdit();
    hasEdited = true;
    // What a file brings says whose it is beforehand.
    if (origin !== ORIGIN.file) ownership.wrote(update);
    if (sync.isRecovering) introduction.claim();
    keeper.write(update, true);
    dispatch({ type: 'changed', update });
  });
  channel.onMessage((message) => {
    if (isClosed) return;
    if (message.type === 'discarded') {
      copy.discardedElsewhere();
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
    if (event.type === 'opened') introduction.begin();
    if (event.type === 'facts' && sync.isRecovering && sync.link === 'joined') introduction.claim();
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
        answer(effect.stateVector);
        break;
      case 'introduce':
        introduction.introduce(sync.generation);
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
        // Only the relay writes the record: what another of its stores said there, a number given, is no record of this one.
        if (address.room === 'record') void copy.discard('handedIn');
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

  /** What the relay lacks. As long as it has not acknowledged everything, its word on what was written here is not relied on. */
  function answer(stateVector: Uint8Array) {
    const asked = keeper.isUnacknowledged() ? askingForOwn(stateVector, doc) : stateVector;
    link.send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc, asked) });
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

  async function renew(clientId: number) {
    if (!(await copy.renew(clientId))) dispatch({ type: 'renewalFailed' });
  }

  async function handIn(reason: string, stateVector: Uint8Array | null) {
    const { update, mark } = await copy.beyond(stateVector);
    await held.keep({ reason, update, mark: mark ?? sync.mergedMark });
  }

  function storeReplaced() {
    if (isClosed || load.kind !== 'ready') return;
    // What waits for an input method was in the old store at most: into the document, so that it is written again with it.
    dispatch({ type: 'holdExpired' });
    keeper.replaced(doc, sync.mustAnswer || sync.localMark > sync.ackedMark);
    held.rewrite();
  }

  function reconnect() {
    const isAllowed = isConnectable && load.kind === 'ready' && sync.stopped === null && !sync.isHandingIn && !isClosed;
    if (!isAllowed) return;
    link.expectGeneration(sync.generation);
    link.connect();
  }

  function known(): RoomKnowledge {
    return {
      load,
      sync,
      connection,
      writer: keeper.writer(),
      isUnacknowledged: keeper.isUnacknowledged(),
      held: held.state(),
    };
  }

  function publish() {
    if (isClosed) return;
    view.set(viewOf(known()));
    // Whoever heard of the view may have changed something.
    situation.set(situationOf(known()));
  }

  return {
    room: address.room,
    doc,
    awareness,
    view,
    situation,
    isDiscarded: copy.isDiscarded,
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
    storeReplaced,
    resume: () => dispatch({ type: 'resumed' }),
    settled: keeper.settled,
    discard: copy.discard,
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
