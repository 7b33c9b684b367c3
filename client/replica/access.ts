/**
 * Whether a person's documents may have connections and the server may be asked: what follows from the network and from whose
 * cookie the browser holds (standing.ts).
 */
import type { Observable } from './contract.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { observableOf } from './observable.ts';
import type { StandingWatch } from './standing.ts';

/** What the session says about every document: may it connect, and is the browser still this person's. */
export interface Access {
  /** Online, and the cookie is this person's as far as anybody knows. */
  readonly mayConnect: boolean;
  readonly isOnline: boolean;
  readonly isOtherPerson: boolean;
  readonly isSignedOut: boolean;
}

export interface AccessWatch {
  readonly access: Observable<Access>;
  /** Whether the server may be asked and told in this person's name: it has said itself that the cookie is theirs. */
  mayAsk(): boolean;
  /** Nothing may be sent any more. */
  close(): void;
}

export function watchAccess(
  standing: StandingWatch['standing'],
  page: Pick<ReplicaEnvironment['page'], 'isOnline' | 'onOnline' | 'onOffline'>,
): AccessWatch {
  let isClosed = false;
  const access = observableOf<Access>(accessNow());

  function accessNow(): Access {
    const isOtherPerson = standing.get() === 'otherPerson';
    const isSignedOut = standing.get() === 'signedOut';
    const isOnline = page.isOnline();
    return {
      isOnline,
      mayConnect: isOnline && !isSignedOut && !isOtherPerson && !isClosed,
      isOtherPerson,
      isSignedOut,
    };
  }

  const look = () => access.set(accessNow());
  const ends = [standing.subscribe(look), page.onOnline(look), page.onOffline(look)];

  return {
    access,
    mayAsk: () => standing.get() === 'confirmed' && page.isOnline() && !isClosed,
    close: () => {
      for (const end of ends) end();
      isClosed = true;
      look();
    },
  };
}
