/**
 * Reads the structure of a Yjs update (version 1) without building anything from it: every declared count is held
 * against the bytes that are left before anything is reserved, nesting is bounded, trailing bytes are refused. Seven
 * bytes can ask Yjs for ten million structs; they do not get past this. It judges form only, never rights.
 */
import * as decoding from 'lib0/decoding';
import type { StructId } from './struct-id.ts';

/** Where an item says it lives, when it says so itself (it has no neighbours to take it from). */
type DeclaredParent = { readonly root: string } | { readonly item: StructId };

/** What an item holds, as far as the gate cares. `json` is a plain JSON value set under a map key or in a list. */
type ContentKind = 'deleted' | 'json' | 'binary' | 'string' | 'embed' | 'format' | 'type' | 'notJson' | 'doc';

export type ScannedStruct =
  | { readonly kind: 'gc'; readonly clock: number; readonly length: number; readonly endByte: number }
  | { readonly kind: 'skip'; readonly clock: number; readonly length: number; readonly endByte: number }
  | {
      readonly kind: 'item';
      readonly clock: number;
      readonly length: number;
      readonly origin: StructId | null;
      readonly rightOrigin: StructId | null;
      readonly parent: DeclaredParent | null;
      readonly parentSub: string | null;
      readonly content: ContentKind;
      /** Size of the content as it came. */
      readonly bytes: number;
      /** Where in the update the next struct begins. */
      readonly endByte: number;
    };

export interface NewStruct {
  readonly client: number;
  readonly struct: Exclude<ScannedStruct, { kind: 'skip' }>;
}

/** The structs of one clientID, in clock order without a hole (a hole is a `skip`). */
export interface ScannedSection {
  readonly client: number;
  /** Clock of the first struct. */
  readonly clock: number;
  /** Where in the update the structs are written. */
  readonly startByte: number;
  readonly endByte: number;
  readonly structs: readonly ScannedStruct[];
}

export interface ScannedDelete {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export interface ScannedUpdate {
  readonly sections: readonly ScannedSection[];
  readonly deletes: readonly ScannedDelete[];
}

/** How deep a JSON value may nest; honest values nest three or four levels, and every reader recurses. */
const MAX_DEPTH = 32;

class Malformed extends Error {}

/** The structure of an update, or null when it is not a well-formed update of version 1. Never throws. */
export function scanUpdate(update: Uint8Array): ScannedUpdate | null {
  const decoder = decoding.createDecoder(update);
  try {
    const sections = readSections(decoder);
    const deletes = readDeletes(decoder);
    return decoding.hasContent(decoder) ? null : { sections, deletes };
  } catch {
    // lib0 throws on early ends, numbers over 2^53 and broken UTF-8; JSON.parse on broken JSON: all mean malformed.
    return null;
  }
}

/** A number that is one: from enough empty bytes lib0 reads NaN, of which every comparison is false. */
function readNumber(decoder: decoding.Decoder): number {
  const number = decoding.readVarUint(decoder);
  if (Number.isNaN(number)) throw new Malformed();
  return number;
}

/** Reads a count of things that take at least `minBytes` each. */
function readCount(decoder: decoding.Decoder, minBytes: number): number {
  const count = readNumber(decoder);
  if (count * minBytes > decoder.arr.length - decoder.pos) throw new Malformed();
  return count;
}

function readLength(decoder: decoding.Decoder): number {
  const length = readNumber(decoder);
  if (length === 0 || length > Number.MAX_SAFE_INTEGER) throw new Malformed();
  return length;
}

function readSections(decoder: decoding.Decoder): ScannedSection[] {
  const sections: ScannedSection[] = [];
  const seen = new Set<number>();
  const sectionCount = readCount(decoder, 3);
  for (let i = 0; i < sectionCount; i++) {
    const structCount = readCount(decoder, 2);
    const client = readNumber(decoder);
    const clock = readNumber(decoder);
    if (seen.has(client)) throw new Malformed();
    seen.add(client);
    const startByte = decoder.pos;
    const structs: ScannedStruct[] = [];
    let next = clock;
    for (let k = 0; k < structCount; k++) {
      const struct = readStruct(decoder, next);
      next += struct.length;
      if (!Number.isSafeInteger(next)) throw new Malformed();
      structs.push(struct);
    }
    sections.push({ client, clock, startByte, endByte: decoder.pos, structs });
  }
  return sections;
}

function readStruct(decoder: decoding.Decoder, clock: number): ScannedStruct {
  const info = decoding.readUint8(decoder);
  const reference = info & 0b11111;
  // Yjs writes no flags here, and its readers differ on what such a struct would be.
  if ((reference === 0 || reference === 10) && info !== reference) throw new Malformed();
  if (reference === 0 || reference === 10) {
    const length = readLength(decoder);
    return { kind: reference === 0 ? 'gc' : 'skip', clock, length, endByte: decoder.pos };
  }
  const origin = (info & 0b10000000) === 0 ? null : readId(decoder);
  const rightOrigin = (info & 0b01000000) === 0 ? null : readId(decoder);
  let parent: DeclaredParent | null = null;
  let parentSub: string | null = null;
  if (origin === null && rightOrigin === null) {
    const isRoot = readNumber(decoder) === 1;
    parent = isRoot ? { root: decoding.readVarString(decoder) } : { item: readId(decoder) };
    if ((info & 0b00100000) !== 0) parentSub = decoding.readVarString(decoder);
  }
  const start = decoder.pos;
  const { content, length } = readContent(decoder, reference);
  const endByte = decoder.pos;
  const bytes = endByte - start;
  return { kind: 'item', clock, length, origin, rightOrigin, parent, parentSub, content, bytes, endByte };
}

function readId(decoder: decoding.Decoder): StructId {
  return { client: readNumber(decoder), clock: readNumber(decoder) };
}

function readContent(decoder: decoding.Decoder, reference: number): { content: ContentKind; length: number } {
  switch (reference) {
    case 1:
      return { content: 'deleted', length: readLength(decoder) };
    case 2:
      return readOldJson(decoder);
    case 3:
      decoding.readVarUint8Array(decoder);
      return { content: 'binary', length: 1 };
    case 4: {
      const { length } = decoding.readVarString(decoder);
      if (length === 0) throw new Malformed();
      return { content: 'string', length };
    }
    case 5:
      checkJson(decoding.readVarString(decoder));
      return { content: 'embed', length: 1 };
    case 6:
      decoding.readVarString(decoder);
      checkJson(decoding.readVarString(decoder));
      return { content: 'format', length: 1 };
    case 7: {
      const typeReference = readNumber(decoder);
      if (typeReference > 6) throw new Malformed();
      if (typeReference === 3 || typeReference === 5) decoding.readVarString(decoder);
      return { content: 'type', length: 1 };
    }
    case 8: {
      const length = readCount(decoder, 1);
      if (length === 0) throw new Malformed();
      let isJson = true;
      for (let i = 0; i < length; i++) isJson = skipAny(decoder, 0) && isJson;
      return { content: isJson ? 'json' : 'notJson', length };
    }
    case 9:
      decoding.readVarString(decoder);
      skipAny(decoder, 0);
      return { content: 'doc', length: 1 };
    default:
      throw new Malformed();
  }
}

/** The list content of Yjs before version 13; still well-formed, never written by today's Yjs. */
function readOldJson(decoder: decoding.Decoder): { content: ContentKind; length: number } {
  const length = readCount(decoder, 1);
  if (length === 0) throw new Malformed();
  for (let i = 0; i < length; i++) {
    const text = decoding.readVarString(decoder);
    if (text !== 'undefined') checkJson(text);
  }
  return { content: 'notJson', length };
}

/** Refuses text that is no JSON or nests too deep. */
function checkJson(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > MAX_DEPTH) throw new Malformed();
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
  JSON.parse(text);
}

/** Steps over one lib0 "any" value; tells whether it is plain JSON (no undefined, bigint, bytes, NaN or infinity). */
function skipAny(decoder: decoding.Decoder, depth: number): boolean {
  if (depth > MAX_DEPTH) throw new Malformed();
  const tag = decoding.readUint8(decoder);
  switch (tag) {
    case 127: // undefined
      return false;
    case 126: // null
    case 121: // false
    case 120: // true
      return true;
    case 125:
      decoding.readVarInt(decoder);
      return true;
    case 124:
      return Number.isFinite(decoding.readFloat32(decoder));
    case 123:
      return Number.isFinite(decoding.readFloat64(decoder));
    case 122:
      decoding.readBigInt64(decoder);
      return false;
    case 119:
      decoding.readVarString(decoder);
      return true;
    case 118: {
      const size = readCount(decoder, 2);
      let isJson = true;
      for (let i = 0; i < size; i++) {
        // Readers assign keys to plain objects, where this one would set the prototype.
        if (decoding.readVarString(decoder) === '__proto__') throw new Malformed();
        isJson = skipAny(decoder, depth + 1) && isJson;
      }
      return isJson;
    }
    case 117: {
      const size = readCount(decoder, 1);
      let isJson = true;
      for (let i = 0; i < size; i++) isJson = skipAny(decoder, depth + 1) && isJson;
      return isJson;
    }
    case 116:
      decoding.readVarUint8Array(decoder);
      return false;
    default:
      throw new Malformed();
  }
}

function readDeletes(decoder: decoding.Decoder): ScannedDelete[] {
  const deletes: ScannedDelete[] = [];
  const clientCount = readCount(decoder, 2);
  for (let i = 0; i < clientCount; i++) {
    const client = readNumber(decoder);
    const rangeCount = readCount(decoder, 2);
    for (let k = 0; k < rangeCount; k++) {
      const clock = readNumber(decoder);
      const length = readNumber(decoder);
      // Yjs itself writes no empty range, and fails on one that lies past what it holds.
      if (length === 0 || !Number.isSafeInteger(clock + length)) throw new Malformed();
      deletes.push({ client, clock, length });
    }
  }
  refuseOverlap(deletes);
  return deletes;
}

/**
 * Yjs writes disjoint ranges. Ranges that overlap cost everybody who applies them their number times the size of the
 * room: a few kilobytes could stop the relay and every reader.
 */
function refuseOverlap(deletes: readonly ScannedDelete[]): void {
  const sorted = deletes.toSorted((a, b) => a.client - b.client || a.clock - b.clock);
  for (const [index, { client, clock }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined && before.client === client && before.clock + before.length > clock) throw new Malformed();
  }
}
