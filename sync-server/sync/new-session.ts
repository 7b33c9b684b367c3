/**
 * What is kept of an admitted session as long as its socket is open, in as little memory as it takes: thousands are open and say
 * nothing, and the tabs of one person are alike in almost all of it. Decides nothing.
 */
import type { DocumentState } from '../../shared/permissions.ts';
import type { SignedIn } from '../accounts/accounts.ts';
import type { RoomSession } from '../room/effects.ts';
import type { Admission } from './admission.ts';
import { inOnePiece } from './one-piece.ts';

interface Kept {
  readonly session: RoomSession;
  readonly signedIn: SignedIn;
}

export interface NewSession {
  readonly sessionId: string;
  readonly by: SignedIn;
  readonly personName: string;
  readonly documentState: DocumentState;
  readonly admission: Extract<Admission, { type: 'admit' }>;
}

/** @param like another of the same person: what it says in the same words is kept once */
export function newSession(
  { sessionId, by, personName, documentState, admission }: NewSession,
  like: Kept | undefined,
): Kept {
  const { member, capability, wireVersion } = admission;
  const isSame = like?.signedIn.tokenHash === by.tokenHash && like.signedIn.expiresAtMs === by.expiresAtMs;
  const signedIn = isSame ? like.signedIn : by;
  const session: RoomSession = {
    // A uuid just made is some twenty pieces.
    sessionId: inOnePiece(sessionId),
    personId: signedIn.personId,
    personName: kept(personName, like?.session.personName),
    agencyId: kept(member.agencyId, like?.session.agencyId),
    agencyName: kept(member.agencyName, like?.session.agencyName),
    role: kept(member.role, like?.session.role),
    capability,
    documentState: kept(documentState, like?.session.documentState),
    wireVersion,
  };
  return { session, signedIn };
}

/** The equal text that is kept already, or this one. */
function kept<Text extends string>(text: Text, other: Text | undefined): Text {
  return text === other ? other : text;
}
