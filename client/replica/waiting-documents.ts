/**
 * Which documents hold edits that the relay has not acknowledged: what the device store says of those that are closed, and
 * what those say themselves that are open (a document that still loads does not know).
 */
import type { Observable } from './contract.ts';
import type { OpenDocument } from './document-replica.ts';
import type { LocalStore } from './local-store.ts';
import { observableOf } from './observable.ts';

export interface WaitingDocuments {
  readonly ids: Observable<readonly string[]>;
  /** Reads the store again. */
  recount(): Promise<void>;
  /** An open document may know better. */
  note(document: OpenDocument): void;
  /** The store is gone: those that are not open are gone with it. Returns how many. */
  forgetClosed(): number;
}

export function createWaitingDocuments(
  store: Pick<LocalStore, 'unacknowledgedRooms'>,
  open: Observable<ReadonlyMap<string, OpenDocument>>,
): WaitingDocuments {
  const ids = observableOf<readonly string[]>([]);

  function note(document: OpenDocument) {
    if (!document.isLoaded()) return;
    const { documentId } = document;
    const others = ids.get().filter((id) => id !== documentId);
    const isKnown = others.length < ids.get().length;
    if (document.isUnacknowledged() !== isKnown) ids.set(isKnown ? others : [...others, documentId]);
  }

  return {
    ids,
    note,
    recount: async () => {
      const rooms = await store.unacknowledgedRooms();
      if (!rooms.ok) return;
      ids.set([...new Set(rooms.value.map(({ documentId }) => documentId))]);
      for (const document of open.get().values()) note(document);
    },
    forgetClosed: () => {
      const kept = ids.get().filter((id) => open.get().has(id));
      const lost = ids.get().length - kept.length;
      ids.set(kept);
      return lost;
    },
  };
}
