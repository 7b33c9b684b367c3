/**
 * Puts one document of a person together: four rooms, each between its store, its tab channel and its connection. Only
 * composition; what a room does is room-replica.ts.
 */
import { toBase64 } from 'lib0/buffer';
import type { Access } from './access.ts';
import type { ApiClient } from './api-client.ts';
import type { Observable, OutboxEntry } from './contract.ts';
import { type OpenDocument, openDocument } from './document-replica.ts';
import type { ReplicaEnvironment } from './environment.ts';
import type { HandIn } from './held-edits.ts';
import { openLink } from './link.ts';
import type { LocalStore } from './local-store.ts';
import { openRoom } from './room-replica.ts';
import { openTabChannel } from './tab-channel.ts';

export interface DocumentOpenerParts {
  readonly environment: ReplicaEnvironment;
  readonly personId: string;
  readonly store: LocalStore;
  readonly api: ApiClient;
  readonly outbox: Observable<readonly OutboxEntry[]>;
  readonly access: Observable<Access>;
  /** Whether the document was made here and the relay has yet to hear of it: then its maker may write in it. */
  readonly isRegistering: (documentId: string) => boolean;
  readonly onFirstEdit: () => void;
  /** Edits that were refused are with the host now: the server tells of them with the document. */
  readonly onHandedIn: () => void;
}

/** @returns opens a document; `onRelease` is called when a use of it ends */
export function createDocumentOpener(parts: DocumentOpenerParts) {
  const { environment, personId, store, api, access } = parts;
  const { clock, random, log } = environment;

  const handIn: HandIn = async (address, held) => {
    if (access.get().isSignedOut || access.get().isOtherPerson) return 'later';
    const answer = await api.handIn(address.documentId, {
      heldId: held.heldId,
      room: address.room,
      reason: held.reason,
      update: toBase64(held.update),
    });
    if (answer.kind === 'ok') {
      parts.onHandedIn();
      return 'kept';
    }
    return answer.kind === 'refused' ? 'refused' : 'later';
  };

  return (documentId: string, onRelease: () => void): OpenDocument => {
    const isMine = parts.isRegistering(documentId);
    return openDocument({
      documentId,
      store,
      clock,
      outbox: parts.outbox,
      access,
      openRoom: (room) => {
        const address = { documentId, room };
        return openRoom({
          address,
          personId,
          store: store.room(address),
          channel: openTabChannel(environment, store.name, address),
          openLink: (doc, awareness, events) => openLink(environment, address, personId, { doc, awareness }, events),
          handIn,
          mayWriteUnheard: isMine && room !== 'record',
          onFirstEdit: parts.onFirstEdit,
          clock,
          random,
          log,
        });
      },
      onRelease,
    });
  };
}
