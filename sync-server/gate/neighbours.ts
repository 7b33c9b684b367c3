/**
 * Whether the neighbours a new item names could ever have stood side by side where its author was. Yjs places an item by them
 * and by nothing else; made-up ones (in the wrong order, with something between that the author had seen) are placed
 * differently by replicas that hear of them in another order, and then people read different texts for good. An honest
 * author's neighbours touched: whatever stands between them came later or was unknown to the author.
 */
import * as Y from 'yjs';
import { HeldLists, type Lists, type Run } from './lists.ts';
import { PlacedLists } from './placing.ts';
import type { NewStruct, ScannedStruct } from './scan.ts';
import { holding, isNextId, isSameId, type StructId } from './struct-id.ts';
import type { WorkMeter } from './work.ts';

type Item = Extract<ScannedStruct, { kind: 'item' }>;

/** Between which neighbours something new says it was put, and its own id. */
interface Gap {
  readonly origin: StructId | null;
  readonly right: StructId;
  readonly author: StructId;
}

/** A gap: the neighbours are new themselves, and whether they touch is known only when they stand in their places. */
type Placing = 'sane' | 'impossible' | Gap;

/** Whether every new item can have come to be where it says. Stops when `work` is over. */
export function areNeighboursSane(newStructs: readonly NewStruct[], doc: Y.Doc, work: WorkMeter): boolean {
  const news = newsByClient(newStructs);
  const unsure: Gap[] = [];
  for (const { client, struct } of newStructs) {
    if (struct.kind !== 'item') continue;
    const placing = placingOf(client, struct, news, doc, work);
    if (placing === 'impossible') return false;
    if (placing !== 'sane') unsure.push(placing);
  }
  if (unsure.length === 0) return true;
  const placed = new PlacedLists(newStructs, doc, work);
  return unsure.every((gap) => isGap(gap, placed, work));
}

function placingOf(
  client: number,
  item: Item,
  news: ReadonlyMap<number, readonly Item[]>,
  doc: Y.Doc,
  work: WorkMeter,
): Placing {
  const { origin, rightOrigin: right, clock } = item;
  // At the end of a list nothing can be out of order; what goes on behind its own held part stands where that does.
  if (right === null || clock < Y.getState(doc.store, client)) return 'sane';
  const gap = { origin, right, author: { client, clock } };
  const isLeftHeld = origin === null || isHeld(origin, doc);
  if (isLeftHeld && isHeld(right, doc)) return isGap(gap, new HeldLists(doc), work) ? 'sane' : 'impossible';
  const left = origin === null || isLeftHeld ? null : newAt(news, origin);
  const after = isHeld(right, doc) ? null : newAt(news, right);
  // Inside a new run only the next character touches.
  if (left !== null && left === after) return isNextId(origin, right) ? 'sane' : 'impossible';
  // Put between a new item and what that one was put before, or between a new item and what that one was put behind.
  const isLeftsEnd = left !== null && origin?.clock === left.clock + left.length - 1;
  if (isLeftsEnd && isSameId(left.rightOrigin, right)) return 'sane';
  if (after !== null && right.clock === after.clock && isSameId(after.origin, origin)) return 'sane';
  return gap;
}

/** Whether `right` follows on `origin` (the beginning of the list when null) with nothing between that `author` had seen. */
export function isGap<R extends Run>({ origin, right, author }: Gap, lists: Lists<R>, work: WorkMeter): boolean {
  const after = lists.at(right);
  const before = origin === null ? null : lists.at(origin);
  // Only emptied places are no items: nothing can be read there.
  if (after === null || (origin !== null && before === null)) return true;
  // Keys have no right neighbours, and in a run the character before is the one that touches.
  if (after.parentSub !== null) return false;
  if (after === before) return isNextId(origin, right);
  if (right.clock !== after.id.clock) return false;
  const seen: StructId[] = [author, right];
  const named = [after.origin, after.rightOrigin];
  let next: R | null;
  if (before === null || origin === null) {
    next = lists.first(after.parent);
  } else {
    if (before.parent !== after.parent || before.parentSub !== null) return false;
    seen.push(origin);
    named.push(before.rightOrigin);
    // The rest of the run that `origin` lies in stands between.
    const rest = origin.clock + 1;
    if (rest < before.id.clock + before.length && isSeen(before, rest, seen, named)) return false;
    next = lists.next(before);
  }
  for (; next !== after; next = lists.next(next)) {
    if (next === null || isSeen(next, next.id.clock, seen, named)) return false;
    if (!work.spend()) return true;
  }
  return true;
}

/** Whether part of an item, from `clock` on, was known to who wrote one of `seen` (its clients' earlier words) or is `named`. */
function isSeen(
  { id, length }: Run,
  clock: number,
  seen: readonly StructId[],
  named: readonly (StructId | null)[],
): boolean {
  for (const by of seen) if (by.client === id.client && clock < by.clock) return true;
  for (const by of named) {
    if (by !== null && by.client === id.client && by.clock >= clock && by.clock < id.clock + length) return true;
  }
  return false;
}

/** The new items of each client, in the order of their clocks. */
export function newsByClient(newStructs: readonly NewStruct[]): ReadonlyMap<number, readonly Item[]> {
  const news = new Map<number, Item[]>();
  for (const { client, struct } of newStructs) {
    if (struct.kind !== 'item') continue;
    const own = news.get(client);
    if (own === undefined) news.set(client, [struct]);
    else own.push(struct);
  }
  return news;
}

/** The new item that holds this id. */
export function newAt(news: ReadonlyMap<number, readonly Item[]>, { client, clock }: StructId): Item | null {
  return holding(
    news.get(client) ?? [],
    clock,
    (item) => item.clock,
    ({ length }) => length,
  );
}

const isHeld = ({ client, clock }: StructId, doc: Y.Doc) => clock < Y.getState(doc.store, client);
