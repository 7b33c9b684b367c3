/**
 * The words of the sync session: what it knows, what can happen to it, what it wants done. Data only; the decisions are in
 * sync-session.ts.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import type { DocumentState } from '../../shared/permissions.ts';
import type { Message, RefusalReason } from '../../shared/wire/messages.ts';
import type { StoredUpdate } from './room-store.ts';

export interface SyncState {
  readonly link: 'down' | 'open' | 'joined';
  /** The relay's store as this replica last saw it; null before the first hello and after it was forgotten. */
  readonly generation: string | null;
  readonly mayWrite: boolean;
  readonly documentState: DocumentState;
  /** A backup was put back at the relay: it is told whose words are whose before it is told the words. */
  readonly isRecovering: boolean;
  /** The relay's content has been merged since the replica was opened. */
  readonly isSynced: boolean;
  /** Every store entry up to here is merged in the document (and, while joined, sent). */
  readonly mergedMark: number;
  /** The newest store entry that this replica has heard of, its own or another tab's. */
  readonly knownMark: number;
  /** A read of the store for missing entries is under way. */
  readonly isReading: boolean;
  readonly localMark: number;
  readonly ackedMark: number;
  /** Something may be here that no answer to the relay's SyncStep1 has carried yet. */
  readonly mustAnswer: boolean;
  readonly lastBarrier: number;
  /** The barrier under way and the mark it speaks of: one at a time. */
  readonly barrier: { readonly number: number; readonly mark: number } | null;
  /** Input methods composing right now. */
  readonly holds: number;
  readonly held: readonly HeldChange[];
  /** What the relay said it holds, as a state vector; null before its first SyncStep1. */
  readonly relayStateVector: Uint8Array | null;
  /** Why the relay refused an edit, told just before it closes. */
  readonly refusal: RefusalReason | null;
  /** A clientID of this device that somebody else has by accident, told just before the refusal. */
  readonly clash: number | null;
  /** What this page wrote is being put under another clientID; a fresh copy goes on. */
  readonly isRenewing: boolean;
  /** Closed for good until the person acts. */
  readonly stopped: CloseName | null;
  /** What the relay does not hold is on its way to the held-edits door. */
  readonly isHandingIn: boolean;
}

/** A change from outside the document, which may have to wait for the input method. */
export interface HeldChange {
  readonly update: Uint8Array;
  readonly from:
    | { readonly kind: 'relay'; readonly isStep2: boolean }
    /** One entry that another tab put into the store. */
    | { readonly kind: 'tab'; readonly mark: number; readonly isLocal: boolean }
    /** Part of a read of the store; with the last part everything up to `mark` is there. */
    | { readonly kind: 'store'; readonly mark: number };
}

export type SyncEvent =
  | { readonly type: 'opened' }
  /** `name` is null for a lost network. */
  | { readonly type: 'closed'; readonly name: CloseName | null }
  | { readonly type: 'received'; readonly message: Message }
  /** The document changed here (editor, model): `update` is what changed. */
  | { readonly type: 'changed'; readonly update: Uint8Array }
  /** Another tab put an entry into the store. */
  | { readonly type: 'tabEntry'; readonly update: Uint8Array; readonly mark: number; readonly isLocal: boolean }
  /** What this replica merged or wrote is in the store, as entry `mark`. */
  | { readonly type: 'appended'; readonly mark: number }
  /** The answer to `readStore`. */
  | {
      readonly type: 'storeRead';
      readonly updates: readonly StoredUpdate[];
      readonly lastMark: number;
      readonly lastLocalMark: number;
    }
  /** The read failed; it is tried again with the next entry. */
  | { readonly type: 'storeReadFailed' }
  /** The store's facts after a write of this or another tab. */
  | {
      readonly type: 'facts';
      readonly lastLocalMark: number;
      readonly ackedMark: number;
      readonly generation: string | null;
    }
  /** The store has entries up to `mark`, perhaps of a tab that died before it could say so. */
  | { readonly type: 'heard'; readonly mark: number }
  /** Another, empty store is in the place of the one that was deleted: no mark means anything any more. */
  | { readonly type: 'storeReplaced' }
  /** Somebody else goes on under a clientID of this page: they took the same, and what arrived was not kept. */
  | { readonly type: 'clashed'; readonly clientId: number }
  /** The words could not be put under another clientID: they are handed in as any that were refused. */
  | { readonly type: 'renewalFailed' }
  | { readonly type: 'held' }
  | { readonly type: 'released' }
  /** The hold has lasted too long: what waits is merged although somebody composes. */
  | { readonly type: 'holdExpired' }
  /** The person acts (signs in again, tries again): a stopped connection may be made anew. */
  | { readonly type: 'resumed' };

export type SyncEffect =
  | { readonly type: 'send'; readonly message: Message }
  /** A backup was put back: give back what the relay stated before, and say which clientIDs are one's own. */
  | { readonly type: 'introduce' }
  /** The relay stated whose clientIDs are whose. */
  | { readonly type: 'keepOwners'; readonly message: Extract<Message, { type: 'owners' }> }
  /** Send a SyncStep2 with everything the document has beyond `stateVector`. */
  | { readonly type: 'answer'; readonly stateVector: Uint8Array }
  /** Merge these into the document in one transaction, in this order. */
  | { readonly type: 'merge'; readonly changes: readonly HeldChange[] }
  /** Entries of the store are missing in the document: read everything after `mark` and merge it. */
  | { readonly type: 'readStore'; readonly mark: number }
  /** A fact for the store: everything up to `mark` is durable in the relay's store `generation`. */
  | { readonly type: 'acknowledge'; readonly mark: number; readonly generation: string | null }
  /** Facts for the store: the relay's last word on rights, and which store it speaks for. */
  | {
      readonly type: 'remember';
      readonly generation: string;
      readonly mayWrite: boolean;
      readonly documentState: DocumentState;
    }
  /** The relay's store is another one: nothing of this room counts as acknowledged any more. */
  | { readonly type: 'forgetGeneration' }
  /** Edits were refused: compute what the relay does not hold, keep it, hand it in. */
  | { readonly type: 'handIn'; readonly reason: string; readonly stateVector: Uint8Array | null }
  /** Put what this device wrote under `clientId` under a fresh one, in a fresh copy of the room. */
  | { readonly type: 'renew'; readonly clientId: number }
  | { readonly type: 'reconnect' };

export interface SyncStart {
  readonly generation: string | null;
  readonly mayWrite: boolean;
  readonly documentState: DocumentState;
  readonly mergedMark: number;
  readonly localMark: number;
  readonly ackedMark: number;
  /** Not to connect at all, for this reason: a newer schema wrote here. */
  readonly stopped: CloseName | null;
  /** Refused edits are kept from before. */
  readonly isHandingIn: boolean;
}
