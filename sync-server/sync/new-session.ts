/**
 * What is kept of an admitted session as long as its socket is open, in as little memory as it takes: thousands are open and say
 * nothing, and the tabs of one person are alike in almost all of it. Decides nothing.
 */
import type { DocumentState, Role } from '../../shared/permissions.ts';
import type { SignedIn } from '../accounts/accounts.ts';
import type { RoomSession } from '../room/effects.ts';
import type { Admission } from './admission.ts';
import { inOnePiece } from './one-piece.ts';

interface Kept {
  readonly session: AdmittedSession;
  readonly signedIn: SignedIn;
}

export interface NewSession {
  readonly sessionId: string;
  readonly by: SignedIn;
  readonly personName: string;
  readonly documentState: DocumentState;
  readonly admission: Extract<Admission, { type: 'admit' }>;
}

/** On what terms somebody is in a room: mostly the tabs of one person are alike in all of them. */
type Terms = Omit<RoomSession, 'sessionId'>;

/** A session that has nothing of its own but its id. */
export class AdmittedSession implements RoomSession {
  readonly sessionId: string;
  readonly terms: Terms;

  constructor(sessionId: string, terms: Terms) {
    this.sessionId = sessionId;
    this.terms = terms;
  }

  get personId(): string {
    return this.terms.personId;
  }

  get personName(): string {
    return this.terms.personName;
  }

  get agencyId(): string {
    return this.terms.agencyId;
  }

  get agencyName(): string {
    return this.terms.agencyName;
  }

  get role(): Role {
    return this.terms.role;
  }

  get capability(): RoomSession['capability'] {
    return this.terms.capability;
  }

  get documentState(): DocumentState {
    return this.terms.documentState;
  }

  get wireVersion(): number | null {
    return this.terms.wireVersion;
  }
}

/** @param like another of the same person: where both say the same it is kept once */
export function newSession(
  { sessionId, by, personName, documentState, admission }: NewSession,
  like: Kept | undefined,
): Kept {
  const { member, capability, wireVersion } = admission;
  const isSame = like?.signedIn.tokenHash === by.tokenHash && like.signedIn.expiresAtMs === by.expiresAtMs;
  const signedIn = isSame ? like.signedIn : by;
  const { personId } = signedIn;
  const { agencyId, agencyName, role } = member;
  const terms = { personId, personName, agencyId, agencyName, role, capability, documentState, wireVersion };
  const other = like?.session.terms;
  // A uuid just made is some twenty pieces.
  const session = new AdmittedSession(
    inOnePiece(sessionId),
    other !== undefined && isAlike(terms, other) ? other : terms,
  );
  return { session, signedIn };
}

function isAlike(terms: Terms, other: Terms): boolean {
  // Whatever else a session may come to say counts too.
  return Object.entries(terms).every(([key, value]) => other[key as keyof Terms] === value);
}
