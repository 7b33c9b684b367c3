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

/** Whether a struct of the update says something else than the held struct of the same id. Stops when `work` is over. */
export function contradictsHeld(update: Uint8Array, doc: Y.Doc, work: WorkMeter): boolean {
  return Y.decodeUpdate(update).structs.some(
    (struct) => struct instanceof Y.Item && differsFromHeld(struct, doc, work),
  );
}

function differsFromHeld(told: Y.Item, doc: Y.Doc, work: WorkMeter): boolean {
  const { client, clock } = told.id;
  const structs = doc.store.clients.get(client);
  if (structs === undefined || clock >= Y.getState(doc.store, client)) return false;
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const held = structs[i];
    if (held === undefined || held.id.clock >= clock + told.length || !work.spend()) break;
    if (!(held instanceof Y.Item) || held.deleted) continue;
    const from = Math.max(clock, held.id.clock);
    const to = Math.min(clock + told.length, held.id.clock + held.length);
    if (!isSame(told.content, from - clock, held.content, from - held.id.clock, to - from)) return true;
  }
  return false;
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
