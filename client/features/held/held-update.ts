/**
 * A held change taken apart without applying it: what it builds on may be missing, and putting in place what nobody has judged
 * may take for ever. Each thing it writes with the place it belongs to, what the document has already left out; and which
 * units it deletes. Reads any bytes. Pure.
 */
import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { UnitId } from '../../../shared/prose/unit-ids.ts';

/** Something it writes; also what it has deleted again, since other things stand behind that. */
export interface HeldItem extends UnitId {
  readonly length: number;
  readonly content: Y.Item['content'];
  /** The unit it stands behind; null at the beginning. */
  readonly origin: UnitId | null;
  /** Name of the root type it is in; null inside something nested, or where what it builds on is not known. */
  readonly root: string | null;
  /** With a map its key. */
  readonly key: string | null;
}

export interface HeldUpdate {
  readonly items: readonly HeldItem[];
  readonly deletes: DeletedUnits;
  /** Behind the last unit it brings of each clientID, deleted ones included. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Ranges of units by clientID, as an update lists what it deletes. */
export class DeletedUnits {
  readonly #ranges: ReadonlyMap<number, readonly { readonly from: number; readonly to: number }[]>;

  constructor(clients: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>) {
    this.#ranges = new Map(
      [...clients].map(([client, ranges]) => [
        client,
        ranges.map(({ clock, len }) => ({ from: clock, to: clock + len })).sort((a, b) => a.from - b.from),
      ]),
    );
  }

  *ranges(): Generator<{ readonly client: number; readonly from: number; readonly to: number }> {
    for (const [client, ranges] of this.#ranges) for (const range of ranges) yield { client, ...range };
  }

  /** The units [from, to) in pieces, each deleted or not as a whole. */
  pieces(client: number, from: number, to: number): { from: number; to: number; isDeleted: boolean }[] {
    const ranges = this.#ranges.get(client) ?? [];
    const pieces: { from: number; to: number; isDeleted: boolean }[] = [];
    let at = from;
    for (let i = firstBehind(ranges, from); at < to; i++) {
      const range = ranges[i];
      if (range === undefined || range.from >= to) break;
      if (range.from > at) pieces.push({ from: at, to: range.from, isDeleted: false });
      const start = Math.max(at, range.from);
      const end = Math.min(to, range.to);
      if (end > start) pieces.push({ from: start, to: end, isDeleted: true });
      at = Math.max(at, end);
    }
    if (at < to) pieces.push({ from: at, to, isDeleted: false });
    return pieces;
  }
}

/** Index of the first range that ends behind a clock. */
function firstBehind(ranges: readonly { readonly to: number }[], clock: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) > clock) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * @param doc what it is held against: says where things are, and what of them is there already; null when there is none
 * @param hasOwnIds false when it says other things under ids that the document has: then all of it is new
 * @returns null for bytes that are no update, as an older relay took them in without a look
 */
export function readHeldUpdate(updateBase64: string, doc: Y.Doc | null, hasOwnIds = true): HeldUpdate | null {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(fromBase64(updateBase64));
  } catch {
    return null;
  }
  const structs = decoded.structs.filter((struct) => struct instanceof Y.Item);
  const ends = new Map<number, number>();
  for (const { id, length } of decoded.structs) {
    ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length));
  }
  const placeOf = placesOf(structs, doc);
  const items = structs.flatMap((struct): HeldItem[] => {
    const { client, clock } = struct.id;
    const known = doc === null || !hasOwnIds ? 0 : Y.getState(doc.store, client) - clock;
    if (known >= struct.length) return [];
    const { content, length } = struct;
    const place = placeOf(struct);
    if (known <= 0) return [{ client, clock, length, content, origin: struct.origin, ...place }];
    const rest = content instanceof Y.ContentString ? new Y.ContentString(content.str.slice(known)) : content;
    const origin = { client, clock: clock + known - 1 };
    return [{ client, clock: clock + known, length: length - known, content: rest, origin, ...place }];
  });
  // Under a clientID that somebody else took too, they are not the units that the document calls so.
  const deleted = [...decoded.ds.clients].filter(([client]) => hasOwnIds || !ends.has(client));
  return { items, deletes: new DeletedUnits(new Map(deleted)), ends };
}

type Place = Pick<HeldItem, 'root' | 'key'>;
const NOWHERE: Place = { root: null, key: null };

/** Where items live: they say so themselves, or live where what they stand beside does. */
function placesOf(structs: readonly Y.Item[], doc: Y.Doc | null): (item: Y.Item) => Place {
  const byClient = new Map<number, { readonly item: Y.Item; readonly from: number; readonly to: number }[]>();
  for (const item of structs) {
    const { client, clock } = item.id;
    const own = byClient.get(client) ?? [];
    byClient.set(client, own);
    own.push({ item, from: clock, to: clock + item.length });
  }
  for (const own of byClient.values()) own.sort((a, b) => a.from - b.from);
  const rootNames = doc === null ? new Map() : rootNamesOf(doc);
  const known = new Map<Y.Item, Place>();

  const inUpdate = ({ client, clock }: UnitId): Y.Item | null => {
    const own = byClient.get(client) ?? [];
    const found = own[firstBehind(own, clock)];
    return found !== undefined && found.from <= clock ? found.item : null;
  };
  const inDocument = (id: UnitId): Place => {
    const item = doc === null ? null : itemAt(doc, id);
    return item === null ? NOWHERE : { root: rootNames.get(item.parent) ?? null, key: item.parentSub };
  };

  return (item) => {
    const onTheWay = new Set<Y.Item>();
    let place: Place | undefined;
    for (let at = item; place === undefined; ) {
      place = known.get(at);
      if (place !== undefined) break;
      // In a ring: made by nobody's editor.
      if (onTheWay.has(at)) place = NOWHERE;
      onTheWay.add(at);
      // As decoded: the name of a root, or the id of what it is nested in.
      const parent: unknown = at.parent;
      const beside = at.origin ?? at.rightOrigin;
      if (typeof parent === 'string') place = { root: parent, key: at.parentSub };
      else if (parent !== null || beside === null) place = NOWHERE;
      else {
        const next = inUpdate(beside);
        if (next === null) place = inDocument(beside);
        else at = next;
      }
    }
    for (const each of onTheWay) known.set(each, place);
    return place;
  };
}

/** The item of a document that holds a unit; null when it has none, or has cleared it away. */
function itemAt(doc: Y.Doc, { client, clock }: UnitId): Y.Item | null {
  if (Y.getState(doc.store, client) <= clock) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  return item instanceof Y.Item ? item : null;
}

/** The names of a document's root types. */
export function rootNamesOf(doc: Y.Doc): ReadonlyMap<unknown, string> {
  return new Map([...doc.share].map(([name, type]) => [type, name]));
}
