/**
 * One person on this device: their store, outbox, catalogue and open documents, and whether the browser's cookie is still
 * theirs. It works without ever asking the server; asking only decides whether anything may be sent. Signing out, or
 * somebody else signing in, stops the sending and touches nothing that is stored.
 */
import { toBase64 } from 'lib0/buffer';
import type { Me } from '../../shared/api.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import { createCatalogue, type OpenCatalogue } from './catalogue.ts';
import type { OutboxEntry, PersonSession, SaveStatus } from './contract.ts';
import { type Access, type OpenDocument, openDocument } from './document-replica.ts';
import type { ReplicaEnvironment } from './environment.ts';
import type { HandIn } from './held-edits.ts';
import { openLink } from './link.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { openRoom } from './room-replica.ts';
import { deviceStatus } from './status.ts';
import { openTabChannel } from './tab-channel.ts';

export interface OpenSession extends PersonSession {
  /** Asks the server whose cookie this browser holds, and goes on accordingly. */
  checkAccess(): Promise<void>;
  /** Resolves when everything typed so far is in the device store, or could not be put there. */
  settled(): Promise<void>;
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

interface OpenEntry {
  readonly document: OpenDocument;
  uses: number;
  cancelClose: () => void;
}

/** A closed document may be opened again at once: StrictMode, going back. */
const LINGER_MS = 5_000;
const ASK_AGAIN_MS = 10_000;
/** How long a document that nobody has open is kept connected to deliver what waits in it. */
const DELIVERY_MS = 30_000;

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
  let isDelivering = false;
  let cancelAsk = () => {};
  /** Documents that nobody has open with edits that the relay has not acknowledged. */
  let closedWaiting = new Set<string>();
  const open = new Map<string, OpenEntry>();
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
  const status = observableOf<SaveStatus>({ kind: 'opening' });

  tabs.onMessage((message) => {
    if (message === 'outbox') void outbox.load();
  });
  const ends = [
    page.onOnline(() => {
      publish();
      void checkAccess();
    }),
    page.onOffline(publish),
    page.onVisible(() => void checkAccess()),
    outbox.entries.subscribe(publish),
    outbox.storeProblem.subscribe(publish),
  ];

  await Promise.all([outbox.load(), catalogue.load(), countClosed()]);
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
    const answer = await api.me();
    if (isClosed) return;
    isReachable = answer.kind !== 'unreachable' && answer.kind !== 'tooFast';
    if (answer.kind === 'ok' && answer.value.person.personId === personId) {
      me = answer.value;
      parts.onMe(me);
      const wasAway = standing === 'signedOut' || standing === 'otherPerson';
      // First the rooms: one that still says why it was stopped would be taken for the server's word of now.
      if (wasAway) for (const { document } of open.values()) document.resume();
      stand('confirmed');
      void goOn();
    } else if (answer.kind === 'ok') {
      stand('otherPerson');
    } else if (answer.kind === 'signedOut') {
      // The same answer when the cookie is another person's: ask again as nobody to tell the two apart.
      const anyone = await createApiClient(environment, null).me();
      if (!isClosed) stand(anyone.kind === 'ok' ? 'otherPerson' : 'signedOut');
    } else {
      cancelAsk = clock.after(ASK_AGAIN_MS, () => void checkAccess());
    }
    publish();
  }

  async function goOn(): Promise<void> {
    await outbox.drain();
    await catalogue.refresh();
    await deliverClosed();
  }

  /** Connects documents that nobody has open, one after the other, until the relay has what waits in them. */
  async function deliverClosed(): Promise<void> {
    if (isDelivering) return;
    isDelivering = true;
    await countClosed();
    for (const documentId of [...closedWaiting]) {
      if (isClosed || open.has(documentId) || !access.get().mayConnect) continue;
      const document = use(documentId);
      await new Promise<void>((resolve) => {
        const cancel = clock.after(DELIVERY_MS, done);
        const end = document.situations.subscribe(look);
        function look() {
          const isLoaded = document.situations.get().every(({ load }) => load.kind !== 'loading');
          if (isLoaded && !document.isUnacknowledged()) done();
        }
        function done() {
          cancel();
          end();
          resolve();
        }
        look();
      });
      document.release();
    }
    await countClosed();
    isDelivering = false;
  }

  async function countClosed(): Promise<void> {
    const rooms = await store.unacknowledgedRooms();
    if (!rooms.ok) return;
    closedWaiting = new Set(rooms.value.map(({ documentId }) => documentId).filter((id) => !open.has(id)));
    publish();
  }

  function waitingDocuments(): Set<string> {
    const waiting = new Set([...closedWaiting].filter((id) => !open.has(id)));
    for (const [documentId, { document }] of open) if (document.isUnacknowledged()) waiting.add(documentId);
    for (const { command } of waitingCommands()) {
      if (command.type === 'registerDocument') waiting.add(command.documentId);
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
        open: [...open.values()].map(({ document }) => document.status.get()),
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

  function openRooms(documentId: string): OpenDocument {
    const isMine = outbox.entries
      .get()
      .some(({ command }) => command.type === 'registerDocument' && command.documentId === documentId);
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
      onRelease: () => release(documentId, document),
    });
    const endStatus = document.status.subscribe(publish);
    const endSituations = document.situations.subscribe(() => noticeStops(document));
    document.replaced.subscribe(() => {
      // Whoever opens it from now on gets a fresh copy; those who hold this one let go of it by themselves.
      if (open.get(documentId)?.document === document) open.delete(documentId);
      endStatus();
      endSituations();
      void document.close();
      publish();
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

  function use(documentId: string): OpenDocument {
    const known = open.get(documentId);
    if (known !== undefined) {
      known.cancelClose();
      known.uses++;
      return known.document;
    }
    const document = openRooms(documentId);
    open.set(documentId, { document, uses: 1, cancelClose: () => {} });
    publish();
    return document;
  }

  function release(documentId: string, document: OpenDocument) {
    const entry = open.get(documentId);
    if (entry?.document !== document || --entry.uses > 0) return;
    closeLater(documentId, entry);
  }

  function closeLater(documentId: string, entry: OpenEntry) {
    entry.cancelClose = clock.after(LINGER_MS, async () => {
      await entry.document.settled();
      if (entry.uses > 0 || open.get(documentId) !== entry) return;
      // What the store could not take is nowhere but here: it stays, is tried again and is told of.
      if (entry.document.isUnstored()) {
        closeLater(documentId, entry);
        return;
      }
      open.delete(documentId);
      await entry.document.close();
      await countClosed();
    });
  }

  function askToPersist() {
    if (hasAskedToPersist) return;
    hasAskedToPersist = true;
    environment.askToPersist().then(
      (isGranted) => log('store.persist', { isGranted }),
      () => log('store.persist', { isGranted: false }),
    );
  }

  async function close() {
    if (isClosed) return;
    cancelAsk();
    for (const end of ends) end();
    outbox.close();
    catalogue.close();
    for (const { document, cancelClose } of open.values()) {
      cancelClose();
      await document.close();
    }
    isClosed = true;
    access.set(accessNow());
    open.clear();
    tabs.close();
    store.close();
  }

  return {
    get me() {
      return me;
    },
    catalogue,
    outbox: outbox.entries,
    submit: (command) => outbox.submit(command),
    dismiss: (commandId) => outbox.dismiss(commandId),
    openDocument: use,
    status,
    unsyncedCount: async () => {
      await countClosed();
      return waitingDocuments().size + waitingCommands().length;
    },
    signOut: async () => {
      await Promise.all([...open.values()].map(({ document }) => document.settled()));
      await parts.onSignOut();
    },
    checkAccess,
    settled: async () => {
      await Promise.all([...open.values()].map(({ document }) => document.settled()));
    },
    close,
  };
}
