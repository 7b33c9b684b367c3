/**
 * A text of the document with what a held change writes and deletes in it, from its beginning to its end, as if it had been
 * merged: each thing it writes stands behind the unit its author saw before it. Of concurrent writing at one place the order is
 * a guess; nothing is applied. Takes time in proportion to the text and the change, whatever is in them.
 */
import * as Y from 'yjs';
import type { DeletedUnits, HeldItem } from './held-update.ts';

export interface TextPiece {
  readonly content: Y.Item['content'];
  /** Which units of the content. */
  readonly from: number;
  readonly to: number;
  /** `kept`: in the document now and after it; `deleted`: in the document now only; `added`: after it only. */
  readonly fate: 'kept' | 'deleted' | 'added';
}

interface Span {
  readonly client: number;
  readonly clock: number;
  readonly content: Y.Item['content'];
  readonly from: number;
  readonly to: number;
  /** `gone`: deleted already; only what stands behind it counts. */
  readonly is: 'there' | 'gone' | 'added';
}

/** @param added what the change writes into this text */
export function* mergedPieces(
  start: Y.Item | null,
  added: readonly HeldItem[],
  deletes: DeletedUnits,
): Generator<TextPiece> {
  const followers = new Followers(added);
  const stack: Span[] = followers.atStart().map(spanOfAdded).reverse();
  let next = start;
  for (;;) {
    const span = stack.pop();
    if (span === undefined) {
      if (next === null) return;
      const { id, content, length, deleted } = next;
      stack.push({ ...id, content, from: 0, to: length, is: deleted ? 'gone' : 'there' });
      next = next.right;
      continue;
    }
    const cut = followers.takeWithin(span.client, span.clock + span.from, span.clock + span.to);
    if (cut === null) {
      for (const piece of piecesOf(span, deletes)) yield piece;
      continue;
    }
    const end = cut.clock + 1 - span.clock;
    if (end < span.to) stack.push({ ...span, from: end });
    for (const item of cut.items.reverse()) stack.push(spanOfAdded(item));
    for (const piece of piecesOf({ ...span, to: end }, deletes)) yield piece;
  }
}

function spanOfAdded({ client, clock, content, length }: HeldItem): Span {
  const is = content instanceof Y.ContentDeleted ? 'gone' : 'added';
  return { client, clock, content, from: 0, to: length, is };
}

/** An array and no generator: a long text has tens of thousands of spans, and nearly all are one piece. */
function piecesOf({ client, clock, content, from, to, is }: Span, deletes: DeletedUnits): TextPiece[] {
  if (is === 'gone') return [];
  if (is === 'added') return [{ content, from, to, fate: 'added' }];
  return deletes.pieces(client, clock + from, clock + to).map((piece) => ({
    content,
    from: piece.from - clock,
    to: piece.to - clock,
    fate: piece.isDeleted ? 'deleted' : 'kept',
  }));
}

/** What is written, by the unit it stands behind; each is taken once. */
class Followers {
  readonly #atStart: HeldItem[] = [];
  readonly #byClient = new Map<number, Map<number, HeldItem[]>>();
  readonly #clocks = new Map<number, readonly number[]>();

  constructor(items: readonly HeldItem[]) {
    for (const item of items) {
      const { origin } = item;
      if (origin === null) {
        this.#atStart.push(item);
        continue;
      }
      const ofClient = this.#byClient.get(origin.client) ?? new Map<number, HeldItem[]>();
      this.#byClient.set(origin.client, ofClient);
      const behind = ofClient.get(origin.clock) ?? [];
      ofClient.set(origin.clock, behind);
      behind.push(item);
    }
    for (const [client, byClock] of this.#byClient) {
      this.#clocks.set(
        client,
        [...byClock.keys()].sort((a, b) => a - b),
      );
    }
  }

  atStart(): HeldItem[] {
    return inOrder(this.#atStart);
  }

  /** Those behind the first unit in [from, to) that anything stands behind; null when there is none. */
  takeWithin(client: number, from: number, to: number): { clock: number; items: HeldItem[] } | null {
    const clocks = this.#clocks.get(client);
    const byClock = this.#byClient.get(client);
    if (clocks === undefined || byClock === undefined) return null;
    let low = 0;
    let high = clocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((clocks[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < clocks.length; i++) {
      const clock = clocks[i] ?? to;
      if (clock >= to) return null;
      const items = byClock.get(clock);
      if (items === undefined) continue;
      byClock.delete(clock);
      return { clock, items: inOrder(items) };
    }
    return null;
  }
}

/** Who writes twice at one place writes the second before the first. */
function inOrder(items: readonly HeldItem[]): HeldItem[] {
  return [...items].sort((a, b) => a.client - b.client || b.clock - a.clock);
}
