/**
 * What a room replica is made of and what it shows to the document around it: its ports (store, tabs, connection, the
 * held-edits door) and its situation. Declarations only; room-replica.ts puts them together.
 */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { CloseName } from '../../shared/close-codes.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import type { Message } from '../../shared/wire/messages.ts';
import type { Observable, RoomLoad, RoomReplica } from './contract.ts';
import type { Clock, Log, Randomness } from './environment.ts';
import type { HandIn, HeldState } from './held-edits.ts';
import type { DiscardConsent, RoomStore } from './room-store.ts';
import type { WriterState } from './store-writer.ts';
import type { TabChannel } from './tab-channel.ts';

/** The connection of one room. On opening it says SyncStep1 and presence by itself, as the stock provider does. */
export interface Link {
  connect(): void;
  /** Which of the relay's stores to ask for from the next attempt on; null for whichever it is. */
  expectGeneration(generation: string | null): void;
  disconnect(): void;
  send(message: Message): void;
  /** The relay's content is merged: the connection works, whatever failed before. */
  synced(): void;
  destroy(): void;
}

export interface LinkEvents {
  opened(): void;
  /** Also for an attempt that never opened. `name` is null for a lost network. */
  closed(name: CloseName | null): void;
  received(message: Message): void;
}

/** What the status line needs to know of a room. */
export interface RoomSituation {
  readonly load: RoomLoad;
  readonly writer: WriterState;
  /** The store, or what is on its way there, holds edits that the relay has not acknowledged. */
  readonly isUnacknowledged: boolean;
  readonly connection: 'connecting' | 'joined' | 'offline';
  /** The relay's content has been merged since the room was opened. */
  readonly isSynced: boolean;
  /** The store is being read for entries of other tabs that nobody told of: what it holds is not known yet. */
  readonly isLooking: boolean;
  readonly stopped: CloseName | null;
  readonly held: HeldState | null;
}

export interface RoomParts {
  readonly address: RoomAddress;
  /** Whose replica it is. */
  readonly personId: string;
  readonly store: RoomStore;
  readonly channel: TabChannel;
  readonly openLink: (doc: Y.Doc, awareness: Awareness, events: LinkEvents) => Link;
  readonly handIn: HandIn;
  /** Whether the person may write where the relay has never said: in what they just made themselves. */
  readonly mayWriteUnheard: boolean;
  readonly onFirstEdit: () => void;
  /** Entries in the store that are worth making one of. */
  readonly compactAt?: number;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
}

/** A room as the document around it sees it; the rest of the client sees only `RoomReplica`. */
export interface OpenRoom extends RoomReplica {
  readonly situation: Observable<RoomSituation>;
  /** True when another tab threw the local copy away. */
  readonly isDiscarded: Observable<boolean>;
  /** Whether this room may have a connection now (signed in, registered, online). */
  setConnectable(isConnectable: boolean): void;
  /** Looks whether the store has something that nobody told of: another tab may have died in the middle of a word. */
  lookAgain(): void;
  /** clientIDs of changes that are about to be brought in from a file: they are this person's. */
  own(clientIds: readonly number[]): void;
  /** clientIDs that this person writes with here, as far as nobody has confirmed them. */
  unconfirmed(): readonly number[];
  /** Another, empty store is in the place of the one that was deleted: everything in memory is written again. */
  storeReplaced(): void;
  /** The person acts: a connection closed for good is tried again. */
  resume(): void;
  /** Resolves when everything made so far is in the device store, or could not be put there. */
  settled(): Promise<void>;
  /** Throws the local copy away (see RoomStore.discard); the replica is closed afterwards. */
  discard(consent: DiscardConsent): Promise<{ ok: true } | { ok: false; reason: string }>;
  close(): Promise<void>;
}
