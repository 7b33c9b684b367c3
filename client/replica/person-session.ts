/**
 * One person on this device: their store, outbox, catalogue and open documents, and whether the browser's cookie is still
 * theirs. It works without ever asking the server; asking only decides whether anything may be sent. Signing out, or
 * somebody else signing in, stops the sending and touches nothing that is stored.
 */
import type { Me } from '../../shared/api.ts';
import { documentMadeBy } from '../../shared/commands.ts';
import { openActivityFeed } from './activity-feed.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { createBackgroundSync } from './background-sync.ts';
import { createCatalogue, type OpenCatalogue } from './catalogue.ts';
import type { OutboxEntry, PersonSession, SaveStatus, StoreNote } from './contract.ts';
import { createDocumentOpener } from './document-opener.ts';
import type { Access, OpenDocument } from './document-replica.ts';
import { createDrafts } from './drafts.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { createHeldEdits } from './held-reading.ts';
import { openKeeping } from './keeping.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import { createOpenDocuments } from './open-documents.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { readBodyCopy } from './read-copy.ts';
import { watchStanding } from './standing.ts';
import { deviceStatus } from './status.ts';
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
  const watch = watchStanding({
    environment,
    personId,
    api,
    onConfirmed: (newer, wasAway) => {
      me = newer;
      parts.onMe(me);
      // First the rooms: one that still says why it was stopped would be taken for the server's word of now.
      if (wasAway) for (const document of open.all.get().values()) document.resume();
    },
    goOn: () => void goOn(),
  });
  const access = observableOf<Access>(accessNow());
  const unsynced = observableOf(0);
  const storeNote = observableOf<StoreNote | null>(parts.lost === null ? null : { kind: 'evicted', lost: parts.lost });
  const storage = watchStorage(environment);
  const tabs = environment.openChannel(`${store.name}/session`);
  const mayAsk = () => watch.standing.get() === 'confirmed' && page.isOnline() && !isClosed;

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
  const status = observableOf<SaveStatus>({ kind: 'opening' });
  const drafts = createDrafts(store, log);
  const open = createOpenDocuments({
    clock,
    holdShared: environment.holdShared,
    lockOf,
    openRooms,
    onClosed: (documentId) => void afterClosing(documentId),
  });
  /** Documents that were in step with the relay since they were opened, and noted as whole. */
  const inStep = new Set<OpenDocument>();
  const waiting = createWaitingDocuments(store, open.all);
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
      await waiting.recount();
      return waiting.ids
        .get()
        .filter((documentId) => !open.has(documentId) && !isRegistering(documentId))
        .map((documentId) => ({ documentId, mark: keeping.markOf(documentId) }));
    },
    behind: () => keeping.due().filter(({ documentId }) => !open.has(documentId) && !isRegistering(documentId)),
    maySync: mayAsk,
    syncOne: async ({ documentId, mark }) => {
      const outcome = await open.bringInStep(documentId, access);
      if (outcome === 'inStep') await keeping.noteCopy(documentId, mark);
      return outcome !== 'later';
    },
    alone: (work) => environment.withLock(`${store.name}/background`, 'skip', work),
    onRound: async () => {
      await keeping.tidy();
      await waiting.recount();
      await storage.look();
    },
  });

  tabs.onMessage((message) => {
    if (message === 'outbox') void outbox.load();
    if (message === 'keeping') void keeping.load();
  });
  const shown = [watch.standing, watch.isReachable, open.all, waiting.ids, outbox.entries, outbox.storeProblem];
  const ends = [
    page.onOnline(publish),
    page.onOffline(publish),
    store.trouble.subscribe(publish),
    ...shown.map((each) => each.subscribe(publish)),
  ];
  const endUnsynced = unsynced.subscribe(() => parts.onWaiting(unsynced.get()));
  store.onReplaced(storeReplaced);

  await Promise.all([outbox.load(), catalogue.load(), waiting.recount()]);
  await keeping.load();
  publish();
  void watch.check();
  void storage.look();

  function accessNow(): Access {
    const standing = watch.standing.get();
    const isOtherPerson = standing === 'otherPerson';
    const isSignedOut = standing === 'signedOut';
    const isOnline = page.isOnline();
    return {
      isOnline,
      mayConnect: isOnline && !isSignedOut && !isOtherPerson && !isClosed,
      isOtherPerson,
      isSignedOut,
    };
  }

  /** The database was deleted under the page: all that is in memory is written into the new one, what was not is told of. */
  function storeReplaced() {
    log('store.replaced');
    const lost = waiting.forgetClosed();
    for (const document of open.all.get().values()) document.storeReplaced();
    inStep.clear();
    storeNote.set({ kind: 'deletedWhileOpen', lost });
    parts.onWaiting(unsynced.get());
    void Promise.all([outbox.rewrite(), catalogue.rewrite(), keeping.rewrite(), drafts.rewrite()]).then(() =>
      background.run(),
    );
  }

  async function goOn(): Promise<void> {
    for (const document of open.all.get().values()) document.lookAgain();
    await outbox.drain();
    await catalogue.refresh();
    await background.run();
  }

  function waitingDocuments(): Set<string> {
    const made = waitingCommands().flatMap(({ command }) => documentMadeBy(command) ?? []);
    return new Set([...waiting.ids.get(), ...made]);
  }

  function waitingCommands(): OutboxEntry[] {
    return outbox.entries.get().filter(({ state }) => state === 'waiting');
  }

  function publish() {
    if (isClosed) return;
    access.set(accessNow());
    unsynced.set(waitingDocuments().size + waitingCommands().length);
    status.set(
      deviceStatus({
        open: [...open.all.get().values()].map((document) => document.status.get()),
        waitingDocuments: waitingDocuments().size,
        outbox: outbox.entries.get(),
        isOnline: page.isOnline() && watch.isReachable.get(),
        isOtherPerson: access.get().isOtherPerson,
        isSignedOut: access.get().isSignedOut,
        storeProblem: store.trouble.get() ?? outbox.storeProblem.get(),
      }),
    );
  }

  function openRooms(documentId: string, onRelease: (document: OpenDocument) => void): OpenDocument {
    const document: OpenDocument = openRoomsOf(documentId, () => onRelease(document));
    const endStatus = document.status.subscribe(publish);
    const endSituations = document.situations.subscribe(() => {
      waiting.note(document);
      noticeStops(document);
      if (inStep.has(document) || !document.isInStep()) return;
      // Whole from now on, also when the network goes before it is closed.
      inStep.add(document);
      void keeping.noteCopy(documentId, null);
    });
    document.replaced.subscribe(() => {
      endStatus();
      endSituations();
      inStep.delete(document);
      // Whoever opens it from now on gets a fresh copy; those who hold this one let go of it by themselves.
      open.drop(documentId, document);
      void keeping.load();
    });
    return document;
  }

  /** What a socket learns of the cookie is true of the whole page. */
  function noticeStops(document: OpenDocument) {
    for (const { stopped } of document.situations.get()) {
      if (stopped === 'otherPerson') watch.learn('otherPerson');
      if (stopped === 'signIn') watch.learn('signedOut');
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
    await waiting.recount();
    const isDue =
      waiting.ids.get().includes(documentId) || keeping.due().some((each) => each.documentId === documentId);
    if (isDue) await background.run();
    // Without a network a copy that goes would not come back: it waits for the next round.
    else if (access.get().mayConnect) await keeping.tidy();
  }

  async function settled() {
    await open.settled();
    await drafts.settled();
  }

  async function close() {
    if (isClosed) return;
    for (const end of ends) end();
    watch.close();
    endUnsynced();
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
    held: createHeldEdits(api),
    outbox: outbox.entries,
    submit: (command) => outbox.submit(command),
    dismiss: (commandId) => outbox.dismiss(commandId),
    openDocument: open.show,
    readBodyCopy: (documentId) => readBodyCopy(store, documentId),
    drafts,
    keeping: { ...keeping, progress: background.progress },
    status,
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
    storage: storage.state,
    unsyncedCount: async () => {
      await waiting.recount();
      publish();
      return unsynced.get();
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
