/**
 * Where the last words of each clientID end in a document, and what stands behind them. Who types on there says nothing that
 * has to be looked up: it is the next clock, behind a held character, and before what stands there. Nothing but new
 * words behind that very character can change that, so it is known without the document, as long as whoever applies
 * something else says so here.
 */
import * as Y from 'yjs';
import type { Continuation } from './continuation.ts';
import { isPutBetween } from './touching.ts';

/** The end of the words of one clientID. */
export interface WordEnd {
  /** The next clock. */
  clock: number;
  readonly right: Y.Item | null;
  /** Whose they are; null before it was asked. */
  owner: string | null;
}

/** These words are taken: the next ones go on behind them. */
export function goOn(end: WordEnd, { clock, length }: Continuation): void {
  end.clock = clock + length;
}

/** More than type in one room at a time. */
const MOST_ENDS = 1_000;

export class WordEnds {
  readonly #ends = new Map<number, WordEnd>();
  readonly #ownerOf: (client: number) => string | undefined;

  /** @param ownerOf whose a clientID is, for good; undefined for nobody's yet */
  constructor(ownerOf: (client: number) => string | undefined) {
    this.#ownerOf = ownerOf;
  }

  /**
   * The end at which these words of this person go on, at once before what they say stands behind; null when they do not, or are
   * not theirs. Whoever takes them says so with `goOn`.
   */
  endFor({ client, clock, rightOrigin }: Continuation, personId: string): WordEnd | null {
    const end = this.#ends.get(client);
    if (end?.clock !== clock || !isPutBetween({ client, clock: clock - 1 }, end.right, rightOrigin)) return null;
    end.owner ??= this.#ownerOf(client) ?? null;
    return end.owner === personId ? end : null;
  }

  /**
   * Something was applied to the document.
   * @param heldBefore how far each clientID that came further by it had come
   */
  changed(doc: Y.Doc, heldBefore: ReadonlyMap<number, number>): void {
    if (this.#ends.size > MOST_ENDS) this.#ends.clear();
    for (const [client, held] of heldBefore) {
      const structs = doc.store.clients.get(client) ?? [];
      // Behind whose words something came to stand.
      for (let i = structs.length - 1; i >= 0; i--) {
        const struct = structs[i];
        if (struct === undefined || struct.id.clock + struct.length <= held) break;
        if (struct instanceof Y.Item && struct.left !== null) this.#isFollowed(struct.left.lastId);
      }
      const last = structs.at(-1);
      if (last instanceof Y.Item && last.parentSub === null) {
        this.#ends.set(client, { clock: last.id.clock + last.length, right: last.right, owner: null });
      } else this.#ends.delete(client);
    }
  }

  /** Anything may have changed. */
  forget(): void {
    this.#ends.clear();
  }

  #isFollowed({ client, clock }: Y.ID): void {
    if (this.#ends.get(client)?.clock === clock + 1) this.#ends.delete(client);
  }
}
