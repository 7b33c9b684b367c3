/**
 * The documents this tab has open: each once, however many components show it, lingering a moment after the last one has
 * gone, and never closed while the device store has not taken its edits. Also how one that nobody shows is connected
 * quietly until it is in step with the relay.
 */
import type { Access } from './access.ts';
import type { Observable } from './contract.ts';
import type { OpenDocument } from './document-replica.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { isIdentical, observableOf } from './observable.ts';

export interface OpenDocuments {
  /** All of them; changes when one is opened or closed. */
  readonly all: Observable<ReadonlyMap<string, OpenDocument>>;
  has(documentId: string): boolean;
  /** Opens it, or uses the one that is open; ended by its `release`. */
  show(documentId: string): OpenDocument;
  /** Connects a document without appearing in it until it is in step with the relay, and closes it at once. */
  bringInStep(documentId: string, access: Observable<Access>): Promise<StepOutcome>;
  /** Does something with a document that has loaded, without appearing in it, and lets go of it afterwards. */
  during<T>(documentId: string, work: (document: OpenDocument) => Promise<T>): Promise<T>;
  /** Does something with its copy unless a tab has it open; then it does nothing. */
  unlessOpen(documentId: string, work: () => Promise<void>): Promise<void>;
  /** Throws away what is shown of it; those who show it open it anew. */
  drop(documentId: string, document: OpenDocument): void;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** `stopped`: it will not go on by itself, the document's page says why. `later`: no news for `STEP_MS`, or no network. */
type StepOutcome = 'inStep' | 'stopped' | 'later';

export interface OpenDocumentsParts {
  readonly environment: Pick<ReplicaEnvironment, 'clock' | 'holdShared' | 'withLock'>;
  /** The person's database name. */
  readonly storeName: string;
  readonly openRooms: (documentId: string, onRelease: (document: OpenDocument) => void) => OpenDocument;
  /** It is closed; everything made in it is in the store. */
  readonly onClosed: (documentId: string) => void;
}

/** A closed document may be opened again at once: StrictMode, going back. */
const LINGER_MS = 5_000;
/** How long a quiet connection may bring nothing new before it is given up for now. */
const STEP_MS = 30_000;

interface Entry {
  readonly document: OpenDocument;
  readonly endHold: () => void;
  uses: number;
  cancelClose: () => void;
}

export function createOpenDocuments(parts: OpenDocumentsParts): OpenDocuments {
  const { clock, holdShared, withLock } = parts.environment;
  /** Name of the lock that says that a document is open in some tab. */
  const lockOf = (documentId: string) => `${parts.storeName}/open/${documentId}`;
  const entries = new Map<string, Entry>();
  const all = observableOf<ReadonlyMap<string, OpenDocument>>(new Map(), isIdentical);

  function publish() {
    all.set(new Map([...entries].map(([documentId, { document }]) => [documentId, document])));
  }

  function use(documentId: string): Entry {
    const known = entries.get(documentId);
    if (known !== undefined) {
      known.cancelClose();
      known.uses++;
      return known;
    }
    const document = parts.openRooms(documentId, (released) => release(documentId, released));
    const endHold = holdShared(lockOf(documentId));
    const entry: Entry = { document, endHold, uses: 1, cancelClose: () => {} };
    entries.set(documentId, entry);
    publish();
    return entry;
  }

  function release(documentId: string, document: OpenDocument) {
    const entry = entries.get(documentId);
    if (entry?.document !== document || --entry.uses > 0) return;
    closeLater(documentId, entry);
  }

  function closeLater(documentId: string, entry: Entry) {
    entry.cancelClose = clock.after(LINGER_MS, () => void closeUnused(documentId, entry));
  }

  async function closeUnused(documentId: string, entry: Entry): Promise<void> {
    await entry.document.settled();
    if (entry.uses > 0 || entries.get(documentId) !== entry) return;
    // What the store could not take is nowhere but here: it stays, is tried again and is told of.
    if (entry.document.isUnstored()) {
      closeLater(documentId, entry);
      return;
    }
    entries.delete(documentId);
    publish();
    await entry.document.close();
    entry.endHold();
    parts.onClosed(documentId);
  }

  /** At once, not after a while: a hundred documents would leave hundreds of sockets behind. */
  async function letGo(documentId: string, entry: Entry): Promise<void> {
    if (entries.get(documentId) === entry && --entry.uses === 0) await closeUnused(documentId, entry);
  }

  async function step(documentId: string, access: Observable<Access>): Promise<StepOutcome | 'replaced'> {
    const entry = use(documentId);
    const { document } = entry;
    const outcome = await new Promise<StepOutcome | 'replaced'>((resolve) => {
      let cancel = () => {};
      const look = () => {
        cancel();
        if (document.isInStep()) end('inStep');
        else if (document.isStopped()) end('stopped');
        else if (document.replaced.get()) end('replaced');
        else if (!access.get().mayConnect) end('later');
        else cancel = clock.after(STEP_MS, () => end('later'));
      };
      const ends = [document.situations, document.replaced, access].map((each) => each.subscribe(look));
      function end(how: StepOutcome | 'replaced') {
        cancel();
        for (const unsubscribe of ends) unsubscribe();
        resolve(how);
      }
      look();
    });
    await letGo(documentId, entry);
    return outcome;
  }

  return {
    all,
    has: (documentId) => entries.has(documentId),
    show: (documentId) => {
      const { document } = use(documentId);
      document.appear();
      return document;
    },
    bringInStep: async (documentId, access) => {
      let outcome = await step(documentId, access);
      // It gave way to a fresh copy on the way (its record was of a store of the relay that is no more): that one, then.
      if (outcome === 'replaced') outcome = await step(documentId, access);
      return outcome === 'replaced' ? 'later' : outcome;
    },
    during: async (documentId, work) => {
      const entry = use(documentId);
      const { document } = entry;
      try {
        await loaded(document);
        return await work(document);
      } finally {
        await letGo(documentId, entry);
      }
    },
    unlessOpen: async (documentId, work) => {
      if (!entries.has(documentId)) await withLock(lockOf(documentId), 'skip', work);
    },
    drop: (documentId, document) => {
      const entry = entries.get(documentId);
      if (entry?.document !== document) return;
      entries.delete(documentId);
      entry.cancelClose();
      publish();
      void document.close().then(() => {
        entry.endHold();
        // Whether anybody opens it anew or not: what the store holds of it counts.
        parts.onClosed(documentId);
      });
    },
    settled: async () => {
      await Promise.all([...entries.values()].map(({ document }) => document.settled()));
    },
    close: async () => {
      for (const { document, endHold, cancelClose } of entries.values()) {
        cancelClose();
        await document.close();
        endHold();
      }
      entries.clear();
      publish();
    },
  };
}

function loaded(document: OpenDocument): Promise<void> {
  return new Promise((resolve) => {
    const end = document.situations.subscribe(look);
    function look() {
      if (!document.isLoaded()) return;
      end();
      resolve();
    }
    look();
  });
}
