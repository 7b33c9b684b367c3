/**
 * How much work Yjs could have with putting new items in their place. An item that goes between two neighbours is
 * compared with whatever came to stand between them since; two clients that each name the same place n times cost
 * every reader n² comparisons, however few bytes they are. This counts an upper bound that holds in any order of
 * arrival, without touching the document, and stops as soon as it is over the budget. What honest clients write costs
 * next to nothing: their neighbours are neighbours still, or a few others typed at the same place meanwhile.
 */
import * as Y from 'yjs';
import type { NewStruct, ScannedStruct } from './scan.ts';
import { holding, isNextId, isSameId, type StructId } from './struct-id.ts';

type Item = Extract<ScannedStruct, { kind: 'item' }>;
type Root = Y.AbstractType<unknown>;

/** A new item. `weight`: itself and every new item that was put behind it, or behind one of those. */
interface Arrival {
  readonly client: number;
  readonly item: Item;
  readonly origin: StructId | null;
  /** The new item its origin lies in. */
  behind: Arrival | null;
  weight: number;
  /** New items put directly behind it that are not counted in `weight` yet. */
  uncounted: number;
  /** Weight of what its own client put behind the same origin before it. */
  siblingsBefore: number;
  edge: Edge | null;
}

/** Where the gap of an item ends in what is held: before `id` in `right`, or at the end of the list that `place` names. */
interface Edge {
  readonly right: Y.Item | null;
  readonly id: StructId | null;
  readonly place: { readonly root: string; readonly key: string | null } | null;
}

/** New items with the same origin, by weight: in all, and of each client. */
interface Siblings {
  total: number;
  readonly byClient: Map<number, number>;
}

const NO_EDGE: Edge = { right: null, id: null, place: null };

/** Comparisons that placing the new items may take at most; more than `budget` as soon as it is over. */
export function conflictWork(newStructs: readonly NewStruct[], doc: Y.Doc, budget: number): number {
  return new ConflictCount(newStructs, doc).work(budget);
}

class ConflictCount {
  readonly #doc: Y.Doc;
  readonly #arrivals: Arrival[] = [];
  readonly #byClient = new Map<number, Arrival[]>();
  readonly #siblings = new Map<string, Siblings>();
  /** New items put behind a held item, by weight, and the pieces that right neighbours split it into. */
  readonly #behindHeld = new Map<Y.Item, number>();
  readonly #rootNames = new Map<unknown, string>();

  constructor(newStructs: readonly NewStruct[], doc: Y.Doc) {
    this.#doc = doc;
    for (const { client, struct } of newStructs) {
      if (struct.kind !== 'item') continue;
      const held = Y.getState(doc.store, client);
      const origin = struct.clock < held ? { client, clock: held - 1 } : struct.origin;
      const arrival: Arrival = {
        client,
        item: struct,
        origin,
        behind: null,
        weight: 1,
        uncounted: 0,
        siblingsBefore: 0,
        edge: null,
      };
      this.#arrivals.push(arrival);
      const own = this.#byClient.get(client);
      if (own === undefined) this.#byClient.set(client, [arrival]);
      else own.push(arrival);
    }
    this.#weigh();
    for (const arrival of this.#arrivals) this.#enter(arrival);
  }

  work(budget: number): number {
    let spent = 0;
    for (const arrival of this.#arrivals) {
      spent += this.#amongNew(arrival);
      if (spent <= budget) spent += this.#amongHeld(arrival, budget - spent);
      if (spent > budget) return spent;
    }
    return spent;
  }

  /** Adds every item's weight to the one it stands behind, the last ones first. */
  #weigh(): void {
    for (const arrival of this.#arrivals) {
      arrival.behind = this.#arrivalAt(arrival.origin);
      if (arrival.behind !== null) {
        arrival.behind.uncounted++;
        // What it goes into the middle of is one more to be passed, as with a right neighbour there.
        if (isBeforeEnd(arrival.origin, arrival.behind.item)) arrival.behind.weight++;
      }
      const right = this.#arrivalAt(arrival.item.rightOrigin);
      if (right !== null && isInside(arrival.item.rightOrigin, right.item.clock)) right.weight++;
    }
    const ready = this.#arrivals.filter(({ uncounted }) => uncounted === 0);
    for (let arrival = ready.pop(); arrival !== undefined; arrival = ready.pop()) {
      const { behind, weight } = arrival;
      if (behind === null) continue;
      behind.weight += weight;
      if (--behind.uncounted === 0) ready.push(behind);
    }
  }

  #enter(arrival: Arrival): void {
    const { client, weight, origin } = arrival;
    const key = this.#placeKey(arrival);
    const group = this.#siblings.get(key) ?? { total: 0, byClient: new Map<number, number>() };
    this.#siblings.set(key, group);
    group.total += weight;
    arrival.siblingsBefore = group.byClient.get(client) ?? 0;
    group.byClient.set(client, arrival.siblingsBefore + weight);
    const held = this.#heldAt(origin);
    if (held !== null) {
      const tail = isBeforeEnd(origin, { clock: held.id.clock, length: held.length }) ? 1 : 0;
      this.#behindHeld.set(held, (this.#behindHeld.get(held) ?? 0) + weight + tail);
    }
    // A right neighbour inside a run splits it: one more to be compared with.
    const right = this.#heldAt(arrival.item.rightOrigin);
    if (right !== null && isInside(arrival.item.rightOrigin, right.id.clock)) {
      this.#behindHeld.set(right, (this.#behindHeld.get(right) ?? 0) + 1);
    }
  }

  /** New items that may stand in the gap of this one. */
  #amongNew(arrival: Arrival): number {
    const { client, item, origin, behind, siblingsBefore } = arrival;
    const group = this.#siblings.get(this.#placeKey(arrival));
    // One's own come in the order of their clocks; others' may come before or after.
    let own = siblingsBefore;
    let others = group === undefined ? 0 : group.total - (group.byClient.get(client) ?? 0);
    const right = this.#arrivalAt(item.rightOrigin);
    if (right !== null && right !== arrival && isSameId(right.origin, origin)) {
      // It goes before its sibling `right`: what stands behind that one is out of the way, and where that one is its
      // own, so is everything that was put before it by the same client.
      if (right.client === client) own = 0;
      else others -= right.weight;
    }
    let work = own + others;
    // Inside a new run, up to somewhere past the next character: whatever stands behind the rest of the run.
    if (behind !== null && origin !== null && origin.clock < behind.item.clock + behind.item.length - 1) {
      if (!isNextId(origin, item.rightOrigin)) work += behind.weight;
    }
    return work;
  }

  /** Held items that may stand in the gap of this one, each with the new items behind it. */
  #amongHeld(arrival: Arrival, budget: number): number {
    const { origin } = arrival;
    const left = this.#heldAt(origin);
    if (origin !== null && left === null) return 0;
    const { right, id, place } = this.#edgeOf(arrival);
    // Between two characters that touch still: whatever comes between is new.
    if (left !== null && left === right && isNextId(origin, id)) return 0;
    // Before what it stands behind: no client of Yjs says so, and Yjs would pass everything behind it.
    if (left !== null && left === right && origin !== null && id !== null && origin.clock >= id.clock)
      return budget + 1;
    const passed = new Set<Y.Item>();
    let work = 0;
    let next: Y.Item | null;
    if (origin !== null && left !== null) {
      if (origin.clock < left.id.clock + left.length - 1) {
        passed.add(left);
        work += 1 + (this.#behindHeld.get(left) ?? 0);
        if (left === right) return work;
      }
      next = left.right;
    } else {
      const root = right === null ? this.#doc.share.get(place?.root ?? '') : (right.parent as Root | null);
      const key = right === null ? (place?.key ?? null) : right.parentSub;
      // At the beginning of a list, before what does not stand there: no client of Yjs says so.
      if (right === null && place === null) return budget + 1;
      next = root === undefined || root === null ? null : key === null ? root._start : (root._map.get(key) ?? null);
      // The first value of a key is found from its last.
      while (key !== null && next !== null && next.left !== null && work <= budget) {
        next = next.left;
        work++;
      }
    }
    for (; next !== null && next !== right && work <= budget; next = next.right) {
      work += 1 + (this.#behindHeld.get(next) ?? 0);
      const isSibling = isSameId(next.origin, origin);
      const before = isSibling ? null : this.#heldAt(next.origin);
      if (!isSibling && (before === null || !passed.has(before))) break;
      passed.add(next);
    }
    // Up to inside a held run: its pieces before that.
    if (next !== null && next === right && isInside(id, right.id.clock)) {
      work += 1 + (this.#behindHeld.get(right) ?? 0);
    }
    return work;
  }

  /**
   * Follows right neighbours that are new and have the same origin to the first that is held, each once. One with another
   * origin may stand anywhere: then nothing is known of where the gap ends.
   */
  #edgeOf(arrival: Arrival): Edge {
    const path: Arrival[] = [];
    let current = arrival;
    let edge = current.edge;
    while (edge === null) {
      path.push(current);
      const next = this.#arrivalAt(current.item.rightOrigin);
      if (next !== null && next !== current && isSameId(next.origin, current.origin)) {
        current = next;
        edge = current.edge;
      } else edge = this.#ownEdge(current);
    }
    for (const passed of path) passed.edge = edge;
    return edge;
  }

  #ownEdge({ item }: Arrival): Edge {
    const { parent, parentSub, rightOrigin } = item;
    const right = this.#heldAt(rightOrigin);
    if (right !== null) return { right, id: rightOrigin, place: null };
    return parent !== null && 'root' in parent
      ? { right: null, id: null, place: { root: parent.root, key: parentSub } }
      : NO_EDGE;
  }

  /** What siblings have in common: the same origin, or the beginning of the same list. */
  #placeKey(arrival: Arrival): string {
    const { origin } = arrival;
    if (origin !== null) return `${origin.client}:${origin.clock}`;
    const { right, place } = this.#edgeOf(arrival);
    if (right === null) return `/${place?.root ?? ''}/${place?.key ?? ''}`;
    return `/${this.#nameOf(right.parent)}/${right.parentSub ?? ''}`;
  }

  #nameOf(type: unknown): string {
    if (this.#rootNames.size === 0) for (const [name, root] of this.#doc.share) this.#rootNames.set(root, name);
    return this.#rootNames.get(type) ?? '';
  }

  #heldAt(id: StructId | null): Y.Item | null {
    if (id === null || id.clock >= Y.getState(this.#doc.store, id.client)) return null;
    const held: unknown = Y.getItem(this.#doc.store, Y.createID(id.client, id.clock));
    return held instanceof Y.Item ? held : null;
  }

  /** The new item that holds this id; null when it is held already, or nothing but an emptied place. */
  #arrivalAt(id: StructId | null): Arrival | null {
    const own = id === null ? undefined : this.#byClient.get(id.client);
    if (id === null || own === undefined || id.clock < Y.getState(this.#doc.store, id.client)) return null;
    return holding(
      own,
      id.clock,
      ({ item }) => item.clock,
      ({ item }) => item.length,
    );
  }
}

/** Whether the id lies before the last of a run: something behind it stands in the middle. */
function isBeforeEnd(id: StructId | null, run: { readonly clock: number; readonly length: number }): boolean {
  return id !== null && id.clock < run.clock + run.length - 1;
}

/** Whether the id lies past the first of a run that begins at `clock`. */
function isInside(id: StructId | null, clock: number): boolean {
  return id !== null && id.clock > clock;
}
