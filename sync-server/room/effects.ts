/**
 * The words between the pure room and the shell around it: who is in a room, what the room wants done, what the store
 * gives back. Data only.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import type { Capability, DocumentState, Role } from '../../shared/permissions.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import type { ObservableRule } from '../gate/content-rules.ts';
import type { Limits } from '../limits.ts';
import type { SigningKey } from '../store/signing-key.ts';
import type { TokenBucket } from './token-bucket.ts';

/** While what the store lacks may come back. */
export interface CarryingBack {
  /** Whether what others wrote may still be brought. */
  readonly mayCarry: () => boolean;
}

/** What all rooms of a store are made with. */
export interface RoomHouse {
  /** The store's generation, told to every session. */
  readonly generation: string;
  /** Signs whose clientIDs are whose. */
  readonly key: Pick<SigningKey, 'sign' | 'verify'>;
  /** In a store into which a backup was put back; null in any other. */
  readonly recovery?: CarryingBack | null;
  /** Rules of the gate that are watched and not enforced; none when left out. */
  readonly observedRules?: ReadonlySet<ObservableRule>;
  readonly limits: Limits;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/** What one room is made with. */
export interface RoomOptions extends RoomHouse {
  readonly address: RoomAddress;
}

/** An admitted connection: one socket of one person, with the rights it was admitted with. */
export interface RoomSession {
  readonly sessionId: string;
  readonly personId: string;
  readonly personName: string;
  /** The agency the person acts for in this case. */
  readonly agencyId: string;
  readonly agencyName: string;
  readonly role: Role;
  readonly capability: Exclude<Capability, 'none'>;
  readonly documentState: DocumentState;
  /** The wire that its client said it speaks; null for one that said nothing (the stock client). */
  readonly wireVersion: number | null;
}

/** What a room has to know of the line to a session; nothing is known of it where it is left out. */
export interface SeatLine {
  /** Shared by all seats of the person; the seat has one of its own when left out. */
  readonly work?: TokenBucket;
  /** A long answer was not handed over whole yet. */
  readonly isAnswering?: boolean;
}

/** Whom a room says something to: the session, and the line that it came with. */
export interface Addressee {
  readonly session: RoomSession;
  readonly line: SeatLine;
}

/** What the store holds of a room. */
export interface StoredRoom {
  /** Encoded updates (snapshot first, then the log after it), in order. */
  readonly updates: readonly Uint8Array[];
  /** Owner of every clientID that has written. */
  readonly ownersByClient: ReadonlyMap<number, string>;
  /** Number of the last update in the log; 0 for a room nobody has written in. */
  readonly lastSeq: number;
  /** That of the snapshot, when it is known; without it a document has to be made to know it. */
  readonly stateVector?: Uint8Array | null;
  /** How many updates are not in the snapshot. */
  readonly updatesSinceSnapshot: number;
}

/** An accepted update on its way to the store. */
export interface Append {
  /** Counts up from 1 within one life of the room; they become durable in this order. */
  readonly appendId: number;
  readonly update: Uint8Array;
  /** Whose it is: the person of the session, unless that brought back what somebody else wrote. */
  readonly author: string;
  /** Who sent it, as the log will say. */
  readonly by: RoomSession;
  /** clientIDs this update makes the author the owner of. */
  readonly newClientIds: readonly number[];
}

/** The whole content of a room as one update, and the state vector that goes with it. */
export interface WholeState {
  readonly state: Uint8Array;
  readonly stateVector: Uint8Array;
}

/** The last of the appends that are durable, and under which number in the log. */
export interface Commit {
  readonly appendId: number;
  readonly seq: number;
}

/** What the room wants done, in this order. */
export type RoomEffect =
  /** A parked room needs back what is stored of it: answer with `loaded` or `loadFailed`. */
  | { readonly type: 'load' }
  /** The same bytes to each of these. */
  | {
      readonly type: 'send';
      readonly to: readonly Addressee[];
      readonly bytes: Uint8Array;
      readonly isAnswer?: boolean;
    }
  | { readonly type: 'append'; readonly append: Append }
  /** The session is out of the room already; close its socket with this row. */
  | { readonly type: 'close'; readonly sessionId: string; readonly row: CloseName }
  /**
   * Everything up to update `seq`, the last one handed over, for the store to keep as the snapshot. It need not be durable yet: the
   * store takes both in their order, and no snapshot after what it lacks.
   */
  | ({ readonly type: 'snapshot'; readonly seq: number } & WholeState)
  /** The log has grown long: a snapshot of what is durable would be welcome, whenever there is time. */
  | { readonly type: 'compact' }
  /** After `announceFreeze`: every writer has handed in what it had (or left). */
  | { readonly type: 'flushed' }
  /** Forget the room: nobody is in it and nothing is pending, or it failed and must be loaded anew. */
  | { readonly type: 'unload' }
  /** For the log: something worth a line. Ids and words only, never content. */
  | { readonly type: 'note'; readonly event: string; readonly sessionId: string; readonly detail: string };
