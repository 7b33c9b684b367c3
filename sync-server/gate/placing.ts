/**
 * Where new items will stand among the held ones, by Yjs's own rule (`Item.integrate`) and in Yjs's own order, without applying
 * anything: the live document is read and never changed, and only the runs around the new ones are looked at. What it costs
 * depends on the update and on what stands at its places, not on the size of the room; `conflictWork` bounds it before, the
 * work meter counts it. Runs are cut beforehand wherever a new item names a neighbour, as Yjs cuts them one by one. Of what stands
 * under a key only that it does is known: nothing there has a right neighbour.
 */
import * as Y from 'yjs';
import { HeldLists, type Lists, type Run } from './lists.ts';
import type { NewStruct, ScannedStruct } from './scan.ts';
import { holding, isSameId, type StructId } from './struct-id.ts';
import type { WorkMeter } from './work.ts';

type NewItem = Extract<ScannedStruct, { kind: 'item' }>;

/** What cutting around and placing one struct costs, a microsecond, but for what it passes. */
const WORK_PER_STRUCT = 10;

/** A run of the lists as they will be, held or new. */
interface Piece extends Run {
  /** The held item that it is the last piece of. */
  readonly ends: Y.Item | null;
  /** What follows on it; not looked up yet when undefined. */
  next: Piece | null | undefined;
  /** Which step it was of all that looking for places has taken, when it was last passed. */
  passedAt: number;
}

/** What all pieces of a run have in common, and what the first of them stands behind. */
type Whole = Pick<Run, 'origin' | 'rightOrigin' | 'parent' | 'parentSub'>;

/** The lists as they will be with the new structs in them. A root that the room does not have yet goes by its name. */
export class PlacedLists implements Lists<Piece> {
  readonly #doc: Y.Doc;
  readonly #held: HeldLists;
  readonly #work: WorkMeter;
  /** The clocks of each client before which its runs are cut, in order. */
  readonly #cuts = new Map<number, number[]>();
  readonly #heldPieces = new Map<Y.Item, readonly Piece[]>();
  readonly #newPieces = new Map<number, Piece[]>();
  readonly #firsts = new Map<unknown, Piece>();
  /** How far each client of the new structs has come. */
  readonly #reach = new Map<number, number>();
  #steps = 0;

  /**
   * @param newStructs such as can all be placed, those of each client in the order of their clocks
   * @param work when it is over, the rest stays out
   */
  constructor(newStructs: readonly NewStruct[], doc: Y.Doc, work: WorkMeter) {
    this.#doc = doc;
    this.#held = new HeldLists(doc);
    this.#work = work;
    for (const { struct } of newStructs) {
      if (struct.kind !== 'item') continue;
      const { origin, rightOrigin } = struct;
      if (origin !== null) this.#cutBefore(origin.client, origin.clock + 1);
      if (rightOrigin !== null) this.#cutBefore(rightOrigin.client, rightOrigin.clock);
    }
    for (const cuts of this.#cuts.values()) cuts.sort((a, b) => a - b);
    this.#placeAll(newStructs);
  }

  at(id: StructId): Piece | null {
    if (id.clock >= Y.getState(this.#doc.store, id.client)) {
      return pieceAt(this.#newPieces.get(id.client) ?? [], id.clock);
    }
    const item = this.#held.at(id);
    return item === null ? null : pieceAt(this.#piecesOf(item), id.clock);
  }

  first(list: unknown): Piece | null {
    const known = this.#firsts.get(list);
    if (known !== undefined) return known;
    const item = this.#held.first(list);
    return item === null ? null : (this.#piecesOf(item)[0] ?? null);
  }

  next(piece: Piece): Piece | null {
    if (piece.next === undefined) {
      const item = piece.ends?.right ?? null;
      piece.next = item === null ? null : (this.#piecesOf(item)[0] ?? null);
    }
    return piece.next;
  }

  #cutBefore(client: number, clock: number): void {
    const cuts = this.#cuts.get(client);
    if (cuts === undefined) this.#cuts.set(client, [clock]);
    else cuts.push(clock);
  }

  /** One after the other as Yjs does: the highest client first, and before each struct what it names. */
  #placeAll(newStructs: readonly NewStruct[]): void {
    const queues = new Map<number, { readonly structs: NewStruct[]; next: number }>();
    for (const each of newStructs) {
      const queue = queues.get(each.client);
      if (queue === undefined) queues.set(each.client, { structs: [each], next: 0 });
      else queue.structs.push(each);
    }
    const take = (client: number) => {
      const queue = queues.get(client);
      return queue?.structs[queue.next++];
    };
    const waiting: NewStruct[] = [];
    for (const client of [...queues.keys()].sort((a, b) => b - a)) {
      for (let each = take(client); each !== undefined; each = waiting.pop() ?? take(client)) {
        if (!this.#work.spend(WORK_PER_STRUCT)) return;
        const missing = this.#missingClient(each);
        const named = missing === null ? undefined : take(missing);
        if (named === undefined) this.#place(each);
        else waiting.push(each, named);
      }
    }
  }

  /** The other client whose next struct this one has to wait for. */
  #missingClient({ client, struct }: NewStruct): number | null {
    if (struct.kind !== 'item') return null;
    for (const id of [struct.origin, struct.rightOrigin]) {
      if (id !== null && id.client !== client && id.clock >= this.#reachOf(id.client)) return id.client;
    }
    return null;
  }

  #reachOf(client: number): number {
    return this.#reach.get(client) ?? Y.getState(this.#doc.store, client);
  }

  #place({ client, struct }: NewStruct): void {
    const from = this.#reachOf(client);
    const end = struct.clock + struct.length;
    this.#reach.set(client, end);
    const whole = struct.kind === 'item' ? this.#wholeOf(client, struct, from) : null;
    if (whole === null) return;
    const pieces = this.#cut(client, from, end, whole, null);
    const own = this.#newPieces.get(client);
    if (own === undefined) this.#newPieces.set(client, pieces);
    else for (const piece of pieces) own.push(piece);
    const [head, last] = [pieces[0], pieces.at(-1)];
    if (whole.parentSub !== null || head === undefined || last === undefined) return;
    const left = this.#leftOf(head);
    if (left === null) {
      last.next = this.first(whole.parent);
      this.#firsts.set(whole.parent, head);
    } else {
      last.next = this.next(left);
      left.next = head;
    }
  }

  /** How an item, or what of it is new, hangs together with others; null where Yjs makes an emptied place of it. */
  #wholeOf(client: number, { clock, origin, rightOrigin, parent, parentSub }: NewItem, from: number): Whole | null {
    const left = origin === null ? null : this.at(origin);
    const right = rightOrigin === null ? null : this.at(rightOrigin);
    if ((origin !== null && left === null) || (rightOrigin !== null && right === null)) return null;
    const behind = clock < from ? { client, clock: from - 1 } : origin;
    if (parent !== null) {
      // The rules for content let no item stand in another.
      if (!('root' in parent)) return null;
      return { origin: behind, rightOrigin, parent: this.#doc.share.get(parent.root) ?? parent.root, parentSub };
    }
    const beside = left ?? right;
    return beside && { origin: behind, rightOrigin, parent: beside.parent, parentSub: beside.parentSub };
  }

  /** The rule of Yjs: the piece behind which a new one comes to stand, null for the beginning of its list. */
  #leftOf({ id, origin, rightOrigin, parent }: Piece): Piece | null {
    const right = rightOrigin === null ? null : this.at(rightOrigin);
    let left = origin === null ? null : this.at(origin);
    const start = this.#steps;
    // What was passed since then could still come to stand behind it.
    let settled = start;
    let other = left === null ? this.first(parent) : this.next(left);
    for (; other !== null && other !== right && this.#work.spend(); other = this.next(other)) {
      other.passedAt = ++this.#steps;
      if (isSameId(origin, other.origin)) {
        if (other.id.client < id.client) {
          left = other;
          settled = this.#steps;
        } else if (isSameId(rightOrigin, other.rightOrigin)) break;
      } else {
        const passedAt = other.origin === null ? 0 : this.#passedAt(other.origin);
        if (passedAt <= start) break;
        if (passedAt <= settled) {
          left = other;
          settled = this.#steps;
        }
      }
    }
    return left;
  }

  /** When the piece that holds this id was passed; 0 when it never was. */
  #passedAt(id: StructId): number {
    if (id.clock >= Y.getState(this.#doc.store, id.client)) return this.at(id)?.passedAt ?? 0;
    const item = this.#held.at(id);
    const pieces = item === null ? undefined : this.#heldPieces.get(item);
    return (pieces && pieceAt(pieces, id.clock)?.passedAt) ?? 0;
  }

  #piecesOf(item: Y.Item): readonly Piece[] {
    const known = this.#heldPieces.get(item);
    if (known !== undefined) return known;
    const { client, clock } = item.id;
    const pieces = this.#cut(client, clock, clock + item.length, item, item);
    this.#heldPieces.set(item, pieces);
    return pieces;
  }

  /** The pieces of a run, one behind the other. */
  #cut(client: number, from: number, end: number, whole: Whole, item: Y.Item | null): Piece[] {
    const { rightOrigin, parent, parentSub } = whole;
    const cuts = this.#cuts.get(client) ?? [];
    const pieces: Piece[] = [];
    let { origin } = whole;
    let at = firstPast(cuts, from);
    for (let clock = from; clock < end; ) {
      while ((cuts[at] ?? end) <= clock) at++;
      const next = Math.min(cuts[at] ?? end, end);
      const length = next - clock;
      const ends = next === end ? item : null;
      const piece: Piece = {
        id: { client, clock },
        length,
        origin,
        rightOrigin,
        parent,
        parentSub,
        ends,
        next: undefined,
        passedAt: 0,
      };
      const before = pieces.at(-1);
      if (before !== undefined) before.next = piece;
      pieces.push(piece);
      origin = { client, clock: next - 1 };
      clock = next;
    }
    return pieces;
  }
}

/** The piece among those of one client, in order, that holds this clock. */
function pieceAt(pieces: readonly Piece[], clock: number): Piece | null {
  return holding(
    pieces,
    clock,
    ({ id }) => id.clock,
    ({ length }) => length,
  );
}

/** Index of the first number past `clock`. */
function firstPast(cuts: readonly number[], clock: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
