/**
 * Where the last words of each clientID end in a document, and what stands behind them. Who types on there says nothing that
 * has to be looked up: it is the next clock, behind a held character, and before what stands there. Nothing but new
 * words behind that very character can change that, so it is known without the document, as long as whoever applies
 * something else says so here.
 */
import * as Y from 'yjs';
import type { Continuation } from './continuation.ts';
import { isPutBetween } from './touching.ts';

interface WordEnd {
  /** The next clock. */
  clock: number;
  readonly right: Y.Item | null;
}

/** More than type in one room at a time. */
const MOST_ENDS = 1_000;

export class WordEnds {
  readonly #ends = new Map<number, WordEnd>();

  /** Whether these words go on at the end of what their clientID wrote, and at once before what they say stands behind. */
  isAtEnd({ client, clock, rightOrigin }: Continuation): boolean {
    const end = this.#ends.get(client);
    return end?.clock === clock && isPutBetween({ client, clock: clock - 1 }, end.right, rightOrigin);
  }

  /** They are taken: the next ones go on behind them. */
  goOn({ client, clock, length }: Continuation): void {
    const end = this.#ends.get(client);
    if (end !== undefined) end.clock = clock + length;
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
        this.#ends.set(client, { clock: last.id.clock + last.length, right: last.right });
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
