/**
 * One person on this device: their store, outbox, catalogue and open documents, and whether the browser's cookie is still
 * theirs. It works without ever asking the server; asking only decides whether anything may be sent. Signing out, or
 * somebody else signing in, stops the sending and touches nothing that is stored.
 */
import { toBase64 } from 'lib0/buffer';
import type { Me } from '../../shared/api.ts';
import { documentMadeBy } from '../../shared/commands.ts';
import { openActivityFeed } from './activity-feed.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { createBackgroundSync } from './background-sync.ts';
import { createCatalogue, type OpenCatalogue } from './catalogue.ts';
import type { OutboxEntry, PersonSession, SaveStatus } from './contract.ts';
import { type Access, type OpenDocument, openDocument } from './document-replica.ts';
import { createDrafts } from './drafts.ts';
import type { ReplicaEnvironment } from './environment.ts';
import type { HandIn } from './held-edits.ts';
import { openKeeping } from './keeping.ts';
import { openLink } from './link.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import { createOpenDocuments } from './open-documents.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { openRoom } from './room-replica.ts';
import { deviceStatus } from './status.ts';
import { openTabChannel } from './tab-channel.ts';

export interface OpenSession extends PersonSession {
  /** Asks the server whose cookie this browser holds, and goes on accordingly. */
  checkAccess(): Promise<void>;
  /** Resolves when everything typed so far is in the device store, or could not be put there. */
  settled(): Promise<void>;
  /** Whether an open document holds edits that are not in the device store. */
  isUnstored(): boolean;
  close(): Promise<void>;
}

export interface SessionParts {
  readonly me: Me;
  readonly store: LocalStore;
  readonly environment: ReplicaEnvironment;
  /** The server's newer word about the person, to be remembered. */
  readonly onMe: (me: Me) => void;
  /** The person signs out; the device forgets them (not their store). */
  readonly onSignOut: () => Promise<void>;
}

/** `unknown`: the server has not answered yet. */
type Standing = 'unknown' | 'confirmed' | 'signedOut' | 'otherPerson';

const ASK_AGAIN_MS = 10_000;
/**
 * How often a page that is looked at asks the server what has changed in documents that are closed here. Asking is the
 * simplest way that cannot miss anything: no feed to keep, no socket more, and each answer is 304 while nothing has.
 */
const POLL_MS = 60_000;

export async function openSession(parts: SessionParts): Promise<OpenSession> {
  const { store, environment } = parts;
  const { clock, page, log } = environment;
  const personId = parts.me.person.personId;
  const api: ApiClient = createApiClient(environment, personId);
  let me = parts.me;
  let standing: Standing = 'unknown';
  let isReachable = true;
  let isClosed = false;
  let hasAskedToPersist = false;
  let cancelAsk = () => {};
  /** Documents with edits that the relay has not acknowledged: what the store said, and those open since. */
  let unacknowledged: ReadonlySet<string> = new Set();
  const access = observableOf<Access>(accessNow());
  const tabs = environment.openChannel(`${store.name}/session`);

  const outbox: Outbox = createOutbox({
    store,
    api,
    clock,
    log,
    withLock: environment.withLock,
    maySend: () => standing === 'confirmed' && page.isOnline() && !isClosed,
    onDone: async (command) => {
      await catalogue.absorb(command);
      // What only the server knows: versions, numbers, states.
      void catalogue.refresh();
    },
    onSignedOut: () => stand('signedOut'),
    onChange: () => tabs.post('outbox'),
  });
  const catalogue: OpenCatalogue = createCatalogue({
    me: () => me,
    store,
    api,
    clock,
    outbox: outbox.entries,
    mayFetch: () => standing === 'confirmed' && page.isOnline() && !isClosed,
    onSignedOut: () => stand('signedOut'),
  });
  const activity = openActivityFeed({
    store,
    api,
    snapshot: catalogue.snapshot,
    mayFetch: () => standing === 'confirmed' && page.isOnline() && !isClosed,
  });
  const status = observableOf<SaveStatus>({ kind: 'opening' });
  const drafts = createDrafts(store, log);
  const open = createOpenDocuments({
    clock,
    holdShared: environment.holdShared,
    lockOf,
    openRooms,
    onClosed: (documentId) => void afterClosing(documentId),
  });
  const keeping = openKeeping({
    store,
    clock,
    snapshot: catalogue.snapshot,
    outbox: outbox.entries,
    generation: () => me.generation,
    letGo,
    onDue: () => void background.run(),
    onChange: () => tabs.post('keeping'),
  });
  const background = createBackgroundSync({
    clock,
    log,
    unsent: async () => {
      await countWaiting();
      return [...unacknowledged]
        .filter((documentId) => !open.has(documentId) && !isRegistering(documentId))
        .map((documentId) => ({ documentId, mark: keeping.markOf(documentId) }));
    },
    behind: () => keeping.due().filter(({ documentId }) => !open.has(documentId) && !isRegistering(documentId)),
    maySync: () => standing === 'confirmed' && access.get().mayConnect,
    syncOne: async ({ documentId, mark }) => {
      const outcome = await open.bringInStep(documentId, access);
      if (outcome === 'inStep') await keeping.noteCopy(documentId, mark);
      return outcome !== 'later';
    },
    alone: (work) => environment.withLock(`${store.name}/background`, 'skip', work),
    onRound: async () => {
      await keeping.tidy();
      await countWaiting();
    },
  });

  tabs.onMessage((message) => {
    if (message === 'outbox') void outbox.load();
    if (message === 'keeping') void keeping.load();
  });
  const ends = [
    open.all.subscribe(publish),
    page.onOnline(() => {
      publish();
      void checkAccess();
    }),
    page.onOffline(publish),
    page.onVisible(() => void checkAccess()),
    outbox.entries.subscribe(publish),
    outbox.storeProblem.subscribe(publish),
  ];

  await Promise.all([outbox.load(), catalogue.load(), countWaiting()]);
  await keeping.load();
  publish();
  void checkAccess();

  function accessNow(): Access {
    return {
      isOnline: page.isOnline(),
      mayConnect: page.isOnline() && standing !== 'signedOut' && standing !== 'otherPerson' && !isClosed,
      isOtherPerson: standing === 'otherPerson',
      isSignedOut: standing === 'signedOut',
    };
  }

  function stand(next: Standing) {
    if (standing === next) return;
    standing = next;
    log('session.standing', { standing });
    publish();
  }

  async function checkAccess(): Promise<void> {
    cancelAsk();
    if (isClosed || !page.isOnline()) return;
    cancelAsk = clock.after(POLL_MS, poll);
    const answer = await api.me();
    if (isClosed) return;
    isReachable = answer.kind !== 'unreachable' && answer.kind !== 'tooFast';
    if (answer.kind === 'ok' && answer.value.person.personId === personId) {
      me = answer.value;
      parts.onMe(me);
      const wasAway = standing === 'signedOut' || standing === 'otherPerson';
      // First the rooms: one that still says why it was stopped would be taken for the server's word of now.
      if (wasAway) for (const document of open.all.get().values()) document.resume();
      stand('confirmed');
      void goOn();
    } else if (answer.kind === 'ok') {
      stand('otherPerson');
    } else if (answer.kind === 'signedOut') {
      // The same answer when the cookie is another person's: ask again as nobody to tell the two apart.
      const anyone = await createApiClient(environment, null).me();
      if (!isClosed) stand(anyone.kind === 'ok' ? 'otherPerson' : 'signedOut');
    } else {
      cancelAsk();
      cancelAsk = clock.after(ASK_AGAIN_MS, () => void checkAccess());
    }
    publish();
  }

  function poll() {
    // Nobody looks: the page asks as soon as somebody does.
    if (page.isVisible()) void checkAccess();
    else cancelAsk = clock.after(POLL_MS, poll);
  }

  async function goOn(): Promise<void> {
    await outbox.drain();
    await catalogue.refresh();
    await background.run();
  }

  async function countWaiting(): Promise<void> {
    const rooms = await store.unacknowledgedRooms();
    if (!rooms.ok) return;
    unacknowledged = new Set(rooms.value.map(({ documentId }) => documentId));
    for (const document of open.all.get().values()) noteWaiting(document);
    publish();
  }

  /** What an open document says itself is newer than what the store said; while it loads it does not know. */
  function noteWaiting(document: OpenDocument) {
    if (!document.isLoaded()) return;
    const { documentId } = document;
    const isWaiting = document.isUnacknowledged();
    if (isWaiting === unacknowledged.has(documentId)) return;
    const others = [...unacknowledged].filter((id) => id !== documentId);
    unacknowledged = new Set(isWaiting ? [...others, documentId] : others);
  }

  function waitingDocuments(): Set<string> {
    const waiting = new Set(unacknowledged);
    for (const { command } of waitingCommands()) {
      const made = documentMadeBy(command);
      if (made !== null) waiting.add(made);
    }
    return waiting;
  }

  function waitingCommands(): OutboxEntry[] {
    return outbox.entries.get().filter(({ state }) => state === 'waiting');
  }

  function publish() {
    if (isClosed) return;
    access.set(accessNow());
    status.set(
      deviceStatus({
        open: [...open.all.get().values()].map((document) => document.status.get()),
        waitingDocuments: waitingDocuments().size,
        outbox: outbox.entries.get(),
        isOnline: page.isOnline() && isReachable,
        isOtherPerson: standing === 'otherPerson',
        isSignedOut: standing === 'signedOut',
        storeProblem: outbox.storeProblem.get(),
      }),
    );
  }

  const handIn: HandIn = async (address, held) => {
    if (standing === 'signedOut' || standing === 'otherPerson') return 'later';
    const answer = await api.held(address.documentId, {
      heldId: held.heldId,
      room: address.room,
      reason: held.reason,
      update: toBase64(held.update),
    });
    if (answer.kind === 'ok') return 'kept';
    return answer.kind === 'refused' ? 'refused' : 'later';
  };

  function openRooms(documentId: string, onRelease: (document: OpenDocument) => void): OpenDocument {
    const isMine = isRegistering(documentId);
    const document = openDocument({
      documentId,
      store,
      clock,
      outbox: outbox.entries,
      access,
      openRoom: (room) => {
        const address = { documentId, room };
        return openRoom({
          address,
          store: store.room(address),
          channel: openTabChannel(environment, store.name, address),
          openLink: (doc, awareness, events) => openLink(environment, address, personId, { doc, awareness }, events),
          handIn,
          mayWriteUnheard: isMine && room !== 'record',
          onFirstEdit: askToPersist,
          clock,
          random: environment.random,
          log,
        });
      },
      onRelease: () => onRelease(document),
    });
    let isNoted = false;
    const endStatus = document.status.subscribe(publish);
    const endSituations = document.situations.subscribe(() => {
      noteWaiting(document);
      noticeStops(document);
      if (isNoted || !document.isInStep()) return;
      // Whole from now on, also when the network goes before it is closed.
      isNoted = true;
      void keeping.noteCopy(documentId, null);
    });
    document.replaced.subscribe(() => {
      endStatus();
      endSituations();
      // Whoever opens it from now on gets a fresh copy; those who hold this one let go of it by themselves.
      open.drop(documentId, document);
      void keeping.load();
    });
    return document;
  }

  /** What a socket learns of the cookie is true of the whole page. */
  function noticeStops(document: OpenDocument) {
    for (const { stopped } of document.situations.get()) {
      if (stopped === 'otherPerson') stand('otherPerson');
      if (stopped === 'signIn') stand('signedOut');
    }
    publish();
  }

  function isRegistering(documentId: string): boolean {
    return outbox.entries.get().some(({ command }) => documentMadeBy(command) === documentId);
  }

  function lockOf(documentId: string): string {
    return `${store.name}/open/${documentId}`;
  }

  async function letGo(documentId: string): Promise<'gone' | 'stays'> {
    if (open.has(documentId) || isRegistering(documentId)) return 'stays';
    let outcome: 'gone' | 'stays' = 'stays';
    await environment.withLock(lockOf(documentId), 'skip', async () => {
      const gone = await store.letGo(documentId);
      if (gone.ok) outcome = gone.value;
    });
    return outcome;
  }

  async function afterClosing(documentId: string): Promise<void> {
    await countWaiting();
    const isDue = unacknowledged.has(documentId) || keeping.due().some((each) => each.documentId === documentId);
    if (isDue) await background.run();
    // Without a network a copy that goes would not come back: it waits for the next round.
    else if (access.get().mayConnect) await keeping.tidy();
  }

  function askToPersist() {
    if (hasAskedToPersist) return;
    hasAskedToPersist = true;
    environment.askToPersist().then(
      (isGranted) => log('store.persist', { isGranted }),
      () => log('store.persist', { isGranted: false }),
    );
  }

  async function settled() {
    await open.settled();
    await drafts.settled();
  }

  async function close() {
    if (isClosed) return;
    cancelAsk();
    for (const end of ends) end();
    outbox.close();
    catalogue.close();
    activity.close();
    keeping.close();
    background.close();
    await open.close();
    await drafts.settled();
    isClosed = true;
    access.set(accessNow());
    tabs.close();
    store.close();
  }

  return {
    get me() {
      return me;
    },
    catalogue,
    activity,
    outbox: outbox.entries,
    submit: (command) => outbox.submit(command),
    dismiss: (commandId) => outbox.dismiss(commandId),
    openDocument: open.show,
    drafts,
    keeping: { ...keeping, progress: background.progress },
    status,
    unsyncedCount: async () => {
      await countWaiting();
      return waitingDocuments().size + waitingCommands().length;
    },
    signOut: async () => {
      await settled();
      await parts.onSignOut();
    },
    checkAccess,
    settled,
    isUnstored: () => [...open.all.get().values()].some((document) => document.isUnstored()),
    close,
  };
}
