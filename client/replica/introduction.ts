/**
 * What a relay into whose store a backup was put back is told before it is told any words: its own statements of before about
 * whose clientIDs are whose, and which ones are this person's. A clientID is claimed once on a connection, before anything
 * that is written under it. What is known of clientIDs is room-ownership.ts.
 */
import type * as Y from 'yjs';
import { clientIdsOf } from '../../shared/typing-runs.ts';
import type { Message } from '../../shared/wire/messages.ts';
import type { RoomKeeper } from './room-keeper.ts';
import type { RoomOwnership } from './room-ownership.ts';

/** The relay reads no larger claims. */
const CLAIMED_AT_ONCE = 500;

export interface Introduction {
  /** A new connection, on which nothing has been said. */
  begin(): void;
  /** Gives back what stores of the relay stated that are no more, and claims. */
  introduce(generation: string | null): void;
  /** Claims what was not claimed yet. */
  claim(): void;
}

export interface IntroductionParts {
  readonly doc: Y.Doc;
  readonly ownership: Pick<RoomOwnership, 'former' | 'mine' | 'own'>;
  readonly keeper: Pick<RoomKeeper, 'facts'>;
  readonly send: (message: Message) => void;
}

export function createIntroduction({ doc, ownership, keeper, send }: IntroductionParts): Introduction {
  const claimed = new Set<number>();

  function claim() {
    // Other tabs of the person may have written under further ones.
    ownership.own(keeper.facts().own);
    const news = new Set([...ownership.mine(), ...clientIdsOf(doc)].filter((clientId) => !claimed.has(clientId)));
    for (const clientId of news) claimed.add(clientId);
    const clientIds = [...news];
    for (let from = 0; from < clientIds.length; from += CLAIMED_AT_ONCE) {
      send({ type: 'claim', clientIds: clientIds.slice(from, from + CLAIMED_AT_ONCE) });
    }
  }

  return {
    begin: () => claimed.clear(),
    introduce: (generation) => {
      for (const statement of ownership.former(generation)) send(statement);
      claim();
    },
    claim,
  };
}
