/**
 * Whether the browser's cookie is still this person's, as far as anybody knows: asked at once, when the network comes back,
 * when somebody looks at the page, and every minute while they do. Each good answer is also the moment to look for what has
 * changed in documents that are closed here: asking is the simplest way that cannot miss anything (no feed to keep, no
 * socket more; while nothing has changed each answer is a 304).
 */
import type { Me } from '../../shared/api.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import type { Observable } from './contract.ts';
import type { ReplicaEnvironment } from './environment.ts';
import { observableOf } from './observable.ts';

/** `unknown`: the server has not answered yet. */
type Standing = 'unknown' | 'confirmed' | 'signedOut' | 'otherPerson';

export interface StandingWatch {
  readonly standing: Observable<Standing>;
  /** False when the server did not answer the last time. */
  readonly isReachable: Observable<boolean>;
  /** Asks the server whose cookie this browser holds, and goes on accordingly. */
  check(): Promise<void>;
  /** What a socket or another answer tells of the cookie is true of the whole page. */
  learn(standing: 'signedOut' | 'otherPerson'): void;
  close(): void;
}

export interface StandingParts {
  readonly environment: ReplicaEnvironment;
  readonly personId: string;
  readonly api: ApiClient;
  /** The cookie is theirs; comes before the standing changes. */
  readonly onConfirmed: (me: Me, wasAway: boolean) => void;
  /** After each good answer: time to send and to fetch. */
  readonly goOn: () => void;
}

const ASK_AGAIN_MS = 10_000;
const POLL_MS = 60_000;

export function watchStanding(parts: StandingParts): StandingWatch {
  const { environment, personId, api } = parts;
  const { clock, page, log } = environment;
  const standing = observableOf<Standing>('unknown');
  const isReachable = observableOf(true);
  let isClosed = false;
  let cancelAsk = () => {};

  function stand(next: Standing) {
    if (standing.get() === next) return;
    log('session.standing', { standing: next });
    standing.set(next);
  }

  async function check(): Promise<void> {
    cancelAsk();
    if (isClosed || !page.isOnline()) return;
    cancelAsk = clock.after(POLL_MS, poll);
    const answer = await api.me();
    if (isClosed) return;
    isReachable.set(answer.kind !== 'unreachable' && answer.kind !== 'tooFast');
    if (answer.kind === 'ok' && answer.value.person.personId === personId) {
      const before = standing.get();
      parts.onConfirmed(answer.value, before === 'signedOut' || before === 'otherPerson');
      stand('confirmed');
      parts.goOn();
    } else if (answer.kind === 'ok') {
      stand('otherPerson');
    } else if (answer.kind === 'signedOut') {
      // The same answer when the cookie is another person's: ask again as nobody to tell the two apart.
      const anyone = await createApiClient(environment, null).me();
      if (!isClosed) stand(anyone.kind === 'ok' ? 'otherPerson' : 'signedOut');
    } else {
      cancelAsk();
      cancelAsk = clock.after(ASK_AGAIN_MS, () => void check());
    }
  }

  function poll() {
    // Nobody looks: the page asks as soon as somebody does.
    if (page.isVisible()) void check();
    else cancelAsk = clock.after(POLL_MS, poll);
  }

  const ends = [page.onOnline(() => void check()), page.onVisible(() => void check())];

  return {
    standing,
    isReachable,
    check,
    learn: stand,
    close: () => {
      isClosed = true;
      cancelAsk();
      for (const end of ends) end();
    },
  };
}
