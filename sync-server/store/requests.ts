/**
 * What the writer thread is asked and what it answers. Plain data (it crosses a thread); every request gets exactly one
 * reply, in order, after the transaction that holds it is durable.
 */
import type { AgencyInput } from '../../shared/api.ts';
import type { Command, CommandResult } from '../../shared/commands.ts';
import type { HeldInput } from '../../shared/held.ts';
import type { Role } from '../../shared/permissions.ts';
import type { HeadName } from './heads.ts';

/** An update written at once, as the next of its room; what rooms append while people write goes through the journal. */
export interface AppendRequest {
  readonly kind: 'append';
  /** `<documentId>/<room>` */
  readonly room: string;
  readonly update: Uint8Array;
  readonly author: string;
  /** Whose connection brought it: the author's own when left out. */
  readonly carrier?: string;
  readonly agencyId: string | null;
  readonly role: Role | null;
  readonly connection: string | null;
  readonly newClientIds: readonly number[];
}

export interface NewPerson {
  readonly personId: string;
  readonly name: string;
  /** Null keeps the one there is. */
  readonly passwordHash: string | null;
  readonly agencyIds: readonly string[];
  readonly isAdministrator: boolean;
}

export interface NewSnapshot {
  readonly room: string;
  /** The update it holds everything up to, which is the last of a row. */
  readonly seq: number;
  readonly state: Uint8Array;
  /** That of the state, when it is known. */
  readonly stateVector?: Uint8Array;
}

/** Blocks of the journal that are durable there, for the log. */
export interface FoldRequest {
  readonly kind: 'fold';
  readonly blocks: readonly Uint8Array[];
  /** Updates with which a row of their room is to end: a snapshot after them follows. */
  readonly ends: readonly { readonly room: string; readonly seq: number }[];
}

/** An entry of the journal that the log does not take. */
export interface LostUpdate {
  readonly room: string;
  readonly seq: number;
  readonly message: string;
}

export type WriteRequest =
  | AppendRequest
  | FoldRequest
  | ({ readonly kind: 'snapshot' } & NewSnapshot)
  | { readonly kind: 'command'; readonly personId: string; readonly command: Command }
  /** First half of freezing: checks the command and announces; `command` completes it. */
  | { readonly kind: 'beginFreeze'; readonly personId: string; readonly command: Command }
  /** The announced freeze did not happen: people write again. */
  | { readonly kind: 'callOffFreeze'; readonly documentId: string }
  | { readonly kind: 'project'; readonly documentId: string; readonly title: string | null }
  /** That a document changed, for lists: in its own time, with whatever else is written. */
  | { readonly kind: 'noteChange'; readonly documentId: string }
  | { readonly kind: 'putAgency'; readonly agencyId: string; readonly agency: AgencyInput }
  | { readonly kind: 'putPerson'; readonly person: NewPerson }
  | { readonly kind: 'setup'; readonly agencyId: string; readonly agency: AgencyInput; readonly person: NewPerson }
  | {
      readonly kind: 'openSession';
      readonly tokenHash: string;
      readonly personId: string;
      readonly expiresAtMs: number;
    }
  | { readonly kind: 'closeSession'; readonly tokenHash: string }
  | {
      readonly kind: 'hold';
      readonly documentId: string;
      readonly authorId: string;
      readonly held: Omit<HeldInput, 'update'>;
      readonly payload: Uint8Array;
    }
  /** Sign where all rooms stand, if anything has changed. */
  | { readonly kind: 'signHeads' }
  /** Nothing to write: its reply says that everything asked before is settled. */
  | { readonly kind: 'settle' };

/** A record event that a command wrote: what live record rooms must hear. */
export interface RecordEvent {
  readonly room: string;
  readonly seq: number;
  readonly update: Uint8Array;
}

export type WriteReply =
  | { readonly kind: 'appended'; readonly seq: number }
  /** All entries are in the log but these. */
  | { readonly kind: 'folded'; readonly lost: readonly LostUpdate[] }
  | { readonly kind: 'command'; readonly result: CommandResult; readonly events: readonly RecordEvent[] }
  | { readonly kind: 'freezing' }
  /** Null when there was nothing new to sign. */
  | { readonly kind: 'signed'; readonly head: HeadName | null }
  | { readonly kind: 'done' }
  /** An expected refusal: `code` is a machine word. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Nothing of the request is kept: the store failed, or this request alone did and the store is well. */
  | { readonly kind: 'failed'; readonly of: 'store' | 'request'; readonly message: string };

export interface Envelope {
  readonly id: number;
  /** The relay's clock, milliseconds since 1970. */
  readonly atMs: number;
  readonly request: WriteRequest;
}

export interface ReplyEnvelope {
  readonly id: number;
  readonly reply: WriteReply;
}

/** What the writer thread says first: the database is open, and the journal up to this lap is folded into it. */
export interface OpenReport {
  readonly journalKey: string;
  readonly journalLap: number;
}

/** What the writer thread says by itself: how moving what is committed to its place went (null: well). */
export interface CheckpointReport {
  readonly checkpointTrouble: string | null;
}
