/**
 * One person on this device, put together: their store, outbox, catalogue and documents, open (here) and not
 * (closed-documents.ts). It works without ever asking the server; asking only decides whether anything may be sent
 * (standing.ts, access.ts). Signing out, or somebody else signing in, stops the sending and touches nothing that is stored.
 */
import type { Me } from '../../shared/api.ts';
import { documentMadeBy } from '../../shared/commands.ts';
import { watchAccess } from './access.ts';
import { openActivityFeed } from './activity-feed.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { createCatalogue, type OpenCatalogue } from './catalogue.ts';
import { createClosedDocuments } from './closed-documents.ts';
import type { PersonSession, StoreNote } from './contract.ts';
import { createDocumentOpener } from './document-opener.ts';
import type { OpenDocument } from './document-replica.ts';
import { createDrafts } from './drafts.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { createHeldEdits } from './held-reading.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import { createOpenDocuments } from './open-documents.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { openPutBackNote } from './put-back-note.ts';
import { readBodyCopy } from './read-copy.ts';
import { createSessionStatus } from './session-status.ts';
import { watchStanding } from './standing.ts';
import { watchStorage } from './storage-watch.ts';
import { bringIn, collectUnsynced, readUnsyncedFile } from './unsynced-file.ts';
import { createWaitingDocuments } from './waiting-documents.ts';

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
  /** How many changes wait for the server, whenever that changes: to be remembered outside of this store. */
  readonly onWaiting: (changes: number) => void;
  /** This device knew a store of the person that is no more: how many changes waited in it. */
  readonly lost: number | null;
}

export async function openSession(parts: SessionParts): Promise<OpenSession> {
  const { store, environment } = parts;
  const { clock, page, log } = environment;
  const personId = parts.me.person.personId;
  const api: ApiClient = createApiClient(environment, personId);
  let me = parts.me;
  let isClosed = false;
  const putBack = await openPutBackNote({ store, log, onSeen: () => tabs.post('seen') }, me.generation);
  const watch = watchStanding({
    environment,
    personId,
    api,
    onConfirmed: (newer, wasAway) => {
      me = newer;
      parts.onMe(me);
      putBack.hear(me.generation);
      // First the rooms: one that still says why it was stopped would be taken for the server's word of now.
      if (wasAway) for (const document of open.all.get().values()) document.resume();
    },
    goOn: () => void goOn(),
  });
  const { access, mayAsk, close: endAccess } = watchAccess(watch.standing, page);
  const storeNote = observableOf<StoreNote | null>(parts.lost === null ? null : { kind: 'evicted', lost: parts.lost });
  const storage = watchStorage(environment);
  const tabs = environment.openChannel(`${store.name}/session`);

  const outbox: Outbox = createOutbox({
    store,
    api,
    clock,
    log,
    withLock: environment.withLock,
    generation: () => me.generation,
    maySend: mayAsk,
    onDone: async (command) => {
      await catalogue.absorb(command);
      // What only the server knows: versions, numbers, states.
      void catalogue.refresh();
    },
    onSignedOut: () => watch.learn('signedOut'),
    onChange: () => tabs.post('outbox'),
  });
  const catalogue: OpenCatalogue = createCatalogue({
    me: () => me,
    store,
    api,
    clock,
    outbox: outbox.entries,
    mayFetch: mayAsk,
    onSignedOut: () => watch.learn('signedOut'),
  });
  const openRoomsOf = createDocumentOpener({
    environment,
    personId,
    store,
    api,
    outbox: outbox.entries,
    access,
    isRegistering,
    onFirstEdit: storage.askToPersist,
    onHandedIn: () => void catalogue.refresh(),
  });
  const activity = openActivityFeed({
    store,
    api,
    snapshot: catalogue.snapshot,
    mayFetch: mayAsk,
  });
  const drafts = createDrafts(store, log);
  const open = createOpenDocuments({
    environment,
    storeName: store.name,
    openRooms,
    onClosed: (documentId) => void closed.noteClosed(documentId),
  });
  /** Documents that were in step with the relay since they were opened, and noted as whole. */
  const inStep = new Set<OpenDocument>();
  const waiting = createWaitingDocuments(store, open.all);
  const closed = createClosedDocuments({
    environment,
    store,
    open,
    waiting,
    access,
    snapshot: catalogue.snapshot,
    outbox: outbox.entries,
    generation: () => me.generation,
    isRegistering,
    maySync: mayAsk,
    onChange: () => tabs.post('keeping'),
    onRound: storage.look,
  });
  const shown = createSessionStatus({
    access,
    isReachable: watch.isReachable,
    open: open.all,
    waiting: waiting.ids,
    outbox,
    trouble: store.trouble,
  });

  tabs.onMessage((message) => {
    if (message === 'outbox') void outbox.load();
    if (message === 'keeping') void closed.load();
    if (message === 'seen') void putBack.reload();
  });
  const endUnsynced = shown.unsynced.subscribe(() => parts.onWaiting(shown.unsynced.get()));
  store.onReplaced(storeReplaced);

  await Promise.all([outbox.load(), catalogue.load(), waiting.recount()]);
  await closed.load();
  shown.look();
  void watch.check();
  void storage.look();

  /** The database was deleted under the page: all that is in memory is written into the new one, what was not is told of. */
  function storeReplaced() {
    log('store.replaced');
    const lost = waiting.forgetClosed();
    for (const document of open.all.get().values()) document.storeReplaced();
    inStep.clear();
    storeNote.set({ kind: 'deletedWhileOpen', lost });
    parts.onWaiting(shown.unsynced.get());
    const kept = [outbox, catalogue, closed, drafts, putBack];
    void Promise.all(kept.map((part) => part.rewrite())).then(closed.goOn);
  }

  async function goOn(): Promise<void> {
    for (const document of open.all.get().values()) document.lookAgain();
    await outbox.drain();
    await catalogue.refresh();
    await closed.goOn();
  }

  function openRooms(documentId: string, onRelease: (document: OpenDocument) => void): OpenDocument {
    const document: OpenDocument = openRoomsOf(documentId, () => onRelease(document));
    const endStatus = document.status.subscribe(shown.look);
    const endSituations = document.situations.subscribe(() => {
      waiting.note(document);
      noticeStops(document);
      if (inStep.has(document) || !document.isInStep()) return;
      // Whole from now on, also when the network goes before it is closed.
      inStep.add(document);
      void closed.noteWhole(documentId);
    });
    document.replaced.subscribe(() => {
      endStatus();
      endSituations();
      inStep.delete(document);
      // Whoever opens it from now on gets a fresh copy; those who hold this one let go of it by themselves.
      open.drop(documentId, document);
      void closed.load();
    });
    return document;
  }

  /** What a socket learns of the cookie is true of the whole page. */
  function noticeStops(document: OpenDocument) {
    for (const { stopped } of document.situations.get()) {
      if (stopped === 'otherPerson') watch.learn('otherPerson');
      if (stopped === 'signIn') watch.learn('signedOut');
    }
    shown.look();
  }

  function isRegistering(documentId: string): boolean {
    return outbox.entries.get().some(({ command }) => documentMadeBy(command) === documentId);
  }

  async function settled() {
    await open.settled();
    await drafts.settled();
  }

  async function close() {
    if (isClosed) return;
    shown.close();
    watch.close();
    endUnsynced();
    outbox.close();
    catalogue.close();
    activity.close();
    closed.close();
    await open.close();
    await drafts.settled();
    isClosed = true;
    endAccess();
    tabs.close();
    store.close();
  }

  return {
    get me() {
      return me;
    },
    catalogue,
    activity,
    held: createHeldEdits(api),
    outbox: outbox.entries,
    submit: (command) => outbox.submit(command),
    dismiss: (commandId) => outbox.dismiss(commandId),
    openDocument: open.show,
    readBodyCopy: (documentId) => readBodyCopy(store, documentId),
    drafts,
    keeping: closed.keeping,
    status: shown.status,
    waitingDocuments: waiting.ids,
    exportUnsynced: async () => {
      await open.settled();
      const head = { personId, personName: me.person.name, generation: me.generation, madeAtMs: clock.nowMs() };
      const { file, unreadable } = await collectUnsynced({ store, open, outbox }, head);
      const blob = new Blob([JSON.stringify(file)], { type: 'application/json' });
      return { blob, documents: file.documents.length, commands: file.commands.length, unreadable };
    },
    importUnsynced: async (text) => {
      const read = readUnsyncedFile(text);
      if (!read.ok) return read;
      if (read.file.personId !== personId) return { ok: false, reason: 'otherPerson' };
      const outcome = await bringIn({ store, open, outbox }, read.file);
      await waiting.recount();
      void goOn();
      return outcome;
    },
    syncNow: async () => {
      await watch.check();
      await goOn();
    },
    storeNote,
    dismissStoreNote: () => storeNote.set(null),
    isPutBack: putBack.isPutBack,
    dismissPutBack: putBack.dismiss,
    storage: storage.state,
    unsyncedCount: async () => {
      await waiting.recount();
      shown.look();
      return shown.unsynced.get();
    },
    signOut: async () => {
      await settled();
      await parts.onSignOut();
    },
    checkAccess: watch.check,
    settled,
    isUnstored: () => [...open.all.get().values()].some((document) => document.isUnstored()),
    close,
  };
}
