/**
 * What an update says again about structs that the relay holds already. A replica that tells the same once more is
 * honest; one that says something else under the same id has forked (a copied device, a page that came back from a frozen
 * machine): its words would silently count as known and its author would be told "saved". Only looked at when an update
 * repeats something; what was deleted since cannot be compared and counts as the same.
 */
import { encodeAny } from 'lib0/buffer';
import type { AnyEncodable } from 'lib0/encoding';
import * as Y from 'yjs';
import type { WorkMeter } from './work.ts';

/** Stands for half an emoji where Yjs split one: it may differ between replicas that hold the same. */
const REPLACEMENT = '\uFFFD';

/** The clientID of a struct that says something else than the held struct of the same id; stops when `work` is over. */
export function contradictedClient(update: Uint8Array, doc: Y.Doc, work: WorkMeter): number | null {
  const told = Y.decodeUpdate(update).structs.find(
    (struct) => struct instanceof Y.Item && differsFromHeld(struct, doc, work),
  );
  return told?.id.client ?? null;
}

function differsFromHeld(told: Y.Item, doc: Y.Doc, work: WorkMeter): boolean {
  const { client, clock } = told.id;
  const structs = doc.store.clients.get(client);
  if (structs === undefined || clock >= Y.getState(doc.store, client)) return false;
  // Yjs looks up the neighbours of what it holds already, and fails where they are not.
  if (!namesOnlyHeld(told, doc)) return true;
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const held = structs[i];
    if (held === undefined || held.id.clock >= clock + told.length || !work.spend()) break;
    if (!(held instanceof Y.Item)) {
      // Nothing is known of an emptied place; but no item goes on from the middle of one, and Yjs fails on it.
      if (clock + told.length > Y.getState(doc.store, client)) return true;
      continue;
    }
    const from = Math.max(clock, held.id.clock);
    if (!isSamePlace(told, held, from, doc)) return true;
    if (held.deleted) continue;
    const to = Math.min(clock + told.length, held.id.clock + held.length);
    if (!isSame(told.content, from - clock, held.content, from - held.id.clock, to - from)) return true;
  }
  return false;
}

/** What a held struct builds on was there before it, and is held. A root that is not there holds nothing. */
function namesOnlyHeld({ id, origin, rightOrigin, parent }: Y.Item, doc: Y.Doc): boolean {
  // Fresh from its bytes the parent is the name of a root, an id, or not said.
  const declared: unknown = parent;
  if (typeof declared === 'string') return doc.share.has(declared);
  return [origin, rightOrigin, declared].every((named) => {
    if (!(named instanceof Y.ID)) return true;
    return named.clock < (named.client === id.client ? id.clock : Y.getState(doc.store, named.client));
  });
}

/** Whether both say that what stands at `clock` was put into the same place. */
function isSamePlace(told: Y.Item, held: Y.Item, clock: number, doc: Y.Doc): boolean {
  if (!Y.compareIDs(originAt(told, clock), originAt(held, clock))) return false;
  if (!Y.compareIDs(told.rightOrigin, held.rightOrigin)) return false;
  const declared: unknown = told.parent;
  if (clock > told.id.clock || typeof declared !== 'string') return true;
  return held.parent === doc.share.get(declared) && told.parentSub === held.parentSub;
}

/** The left neighbour of one character of a run: of all but the first, the one before it. */
function originAt({ id, origin }: Y.Item, clock: number): Y.ID | null {
  return clock > id.clock ? Y.createID(id.client, clock - 1) : origin;
}

/** Compares `count` clock units of two contents, each from its own offset. */
function isSame(told: Content, toldAt: number, held: Content, heldAt: number, count: number): boolean {
  if (told instanceof Y.ContentDeleted) return true;
  if (told instanceof Y.ContentString && held instanceof Y.ContentString) {
    return isSameText(told.str.slice(toldAt, toldAt + count), held.str.slice(heldAt, heldAt + count));
  }
  if (told.constructor !== held.constructor) return false;
  const a = encodeAny(valuesOf(told, toldAt, count));
  const b = encodeAny(valuesOf(held, heldAt, count));
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function isSameText(a: string, b: string): boolean {
  if (a === b) return true;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && a[i] !== REPLACEMENT && b[i] !== REPLACEMENT) return false;
  return true;
}

function valuesOf(content: Content, at: number, count: number): AnyEncodable {
  if (content instanceof Y.ContentFormat) return [content.key, content.value as AnyEncodable];
  return content.getContent().slice(at, at + count);
}

type Content = Y.Item['content'];
