/**
 * The documents of a person that are not open: brought in step with the relay when they hold unsent work or belong to a kept
 * case, and let go of when nobody wants them any more. Which are due is keeping.ts, in what order they are done is
 * background-sync.ts; here is how one is done, and when.
 */
import type { Access } from './access.ts';
import { type BackgroundParts, createBackgroundSync } from './background-sync.ts';
import type { Keeping, Observable } from './contract.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { type DueDocument, type KeepingParts, openKeeping } from './keeping.ts';
import type { LocalStore } from './local-store.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

export interface ClosedDocuments {
  readonly keeping: Keeping;
  /** Reads what the store has (at start, and when another tab changed it). */
  load(): Promise<void>;
  /** The store was lost: what is known is put into it again. */
  rewrite(): Promise<void>;
  /** Does what is due. */
  goOn(): Promise<void>;
  /** The device store has everything that the relay has of an open document. */
  noteWhole(documentId: string): Promise<void>;
  /** It was closed: everything made in it is in the store. */
  noteClosed(documentId: string): Promise<void>;
  close(): void;
}

export interface ClosedDocumentsParts extends Pick<KeepingParts, 'snapshot' | 'outbox' | 'generation' | 'onChange'> {
  readonly environment: Pick<ReplicaEnvironment, 'clock' | 'log' | 'withLock'>;
  readonly store: LocalStore;
  readonly open: OpenDocuments;
  readonly waiting: WaitingDocuments;
  readonly access: Observable<Access>;
  readonly maySync: BackgroundParts['maySync'];
  /** Whether the relay has yet to hear of the document. */
  readonly isRegistering: (documentId: string) => boolean;
  /** Everything due was looked at. */
  readonly onRound: () => Promise<void>;
}

export function createClosedDocuments(parts: ClosedDocumentsParts): ClosedDocuments {
  const { store, open, waiting, access, isRegistering } = parts;
  const { clock, log, withLock } = parts.environment;
  const keeping = openKeeping({ ...parts, clock, letGo, onDue: () => void background.run() });
  const background = createBackgroundSync({
    clock,
    log,
    unsent: async () => {
      await waiting.recount();
      return waiting.ids
        .get()
        .map((documentId) => ({ documentId, mark: keeping.markOf(documentId) }))
        .filter(isClosed);
    },
    behind: () => keeping.due().filter(isClosed),
    maySync: parts.maySync,
    syncOne: async ({ documentId, mark }) => {
      const outcome = await open.bringInStep(documentId, access);
      if (outcome === 'inStep') await keeping.noteCopy(documentId, mark);
      return outcome !== 'later';
    },
    alone: (work) => withLock(`${store.name}/background`, 'skip', work),
    onRound: async () => {
      await keeping.tidy();
      await waiting.recount();
      await parts.onRound();
    },
  });

  function isClosed({ documentId }: DueDocument): boolean {
    return !open.has(documentId) && !isRegistering(documentId);
  }

  async function letGo(documentId: string): Promise<'gone' | 'stays'> {
    let outcome: 'gone' | 'stays' = 'stays';
    if (isRegistering(documentId)) return outcome;
    await open.unlessOpen(documentId, async () => {
      const gone = await store.letGo(documentId, parts.generation());
      if (gone.ok) outcome = gone.value;
    });
    return outcome;
  }

  return {
    keeping: { ...keeping, progress: background.progress },
    load: keeping.load,
    rewrite: keeping.rewrite,
    goOn: background.run,
    noteWhole: (documentId) => keeping.noteCopy(documentId, null),
    noteClosed: async (documentId) => {
      await waiting.recount();
      const isDue =
        waiting.ids.get().includes(documentId) || keeping.due().some((each) => each.documentId === documentId);
      if (isDue) await background.run();
      // Without a network a copy that goes would not come back: it waits for the next round.
      else if (access.get().mayConnect) await keeping.tidy();
    },
    close: () => {
      keeping.close();
      background.close();
    },
  };
}
