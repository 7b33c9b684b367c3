/**
 * Who may enter a room, decided from facts before any frame is read and before anything is loaded. Pure: one question,
 * one answer; the answer to the refused is a row of shared/close-codes.ts.
 */
import type { CloseName } from '../../shared/close-codes.ts';
import { type Capability, capability } from '../../shared/permissions.ts';
import type { RoomAddress } from '../../shared/rooms.ts';
import { OLDEST_WIRE_VERSION, WIRE_VERSION } from '../../shared/versions.ts';
import type { SyncQuery } from '../../shared/wire/address.ts';
import type { Limits } from '../limits.ts';
import type { DocumentStanding } from '../store/reader.ts';

/** The wire that first knew how to say whose words are whose after a backup was put back. */
const RECOVERY_WIRE_VERSION = 2;

export interface AdmissionQuestion {
  readonly isDraining: boolean;
  /** The Origin header is exactly the canonical origin. */
  readonly isOriginRight: boolean;
  /** Null when the path names no room. */
  readonly address: RoomAddress | null;
  /** Null when the query could not be read. */
  readonly query: SyncQuery | null;
  /** The person of the session cookie; null when there is no valid session. */
  readonly personId: string | null;
  /** Null when there is no such document. */
  readonly standing: DocumentStanding | null;
  readonly generation: string;
  /** A backup was put back into the store; null when none ever was. `mayCarry`: what it lacks may still come back. */
  readonly recovery: { readonly mayCarry: boolean } | null;
  /** Oldest prose schema that may still connect. */
  readonly minProseVersion: number;
  /** Sockets open now: in all, in this room, of this person; and the rooms of this person, this one included. */
  readonly counts: {
    readonly all: number;
    readonly room: number;
    readonly person: number;
    readonly personRooms: number;
  };
  readonly limits: Limits;
}

export type Admission =
  | {
      readonly type: 'admit';
      readonly capability: Exclude<Capability, 'none'>;
      readonly member: NonNullable<DocumentStanding['member']>;
      /** What the client said it speaks; null for one that said nothing. */
      readonly wireVersion: number | null;
    }
  | { readonly type: 'refuse'; readonly row: CloseName };

/** Answers in the order of who must act: the relay, the page, the person, the host of the case. */
export function admit(question: AdmissionQuestion): Admission {
  const { query, standing, address, counts, limits } = question;
  if (question.isDraining) return refuse('draining');
  if (!question.isOriginRight) return refuse('noAccess');
  if (address === null) return refuse('unknownRoom');
  if (query === null) return refuse('malformed');
  if (question.personId === null) return refuse('signIn');
  if (query.as !== undefined && query.as !== question.personId) return refuse('otherPerson');
  if (query.v !== undefined && !(query.v >= OLDEST_WIRE_VERSION && query.v <= WIRE_VERSION)) {
    return refuse('updateClient');
  }
  // It could not say which words are its own, and would be taken for the author of what it carries.
  if (question.recovery !== null && query.v !== undefined && query.v < RECOVERY_WIRE_VERSION)
    return refuse('updateClient');
  if (query.sv !== undefined && query.sv < question.minProseVersion) return refuse('updateClient');
  const isForgotten = question.recovery?.mayCarry === true && (standing === null || standing.member === null);
  if (isForgotten) return refuse('recovering');
  if (standing === null) return refuse('unknownRoom');
  const may = capabilityOf(standing, address);
  if (may === 'none' || standing.member === null) return refuse('noAccess');
  if (query.gen !== undefined && query.gen !== question.generation) return refuse('otherGeneration');
  if (
    counts.all >= limits.sockets ||
    counts.room >= limits.socketsPerRoom ||
    counts.person >= limits.socketsPerPerson ||
    counts.personRooms > limits.roomsPerPerson
  ) {
    return refuse('tooMany');
  }
  return { type: 'admit', capability: may, member: standing.member, wireVersion: query.v ?? null };
}

/** What somebody of this standing may do in a room. */
export function capabilityOf(standing: DocumentStanding, address: RoomAddress): Capability {
  const { member, audience, audienceAgencyId, state } = standing;
  if (member === null || member.isRemoved) return 'none';
  const { role, agencyId } = member;
  return capability({ role, actingAgencyId: agencyId, audience, audienceAgencyId, state, room: address.room });
}

function refuse(row: CloseName): Admission {
  return { type: 'refuse', row };
}
