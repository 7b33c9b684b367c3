/**
 * An honest Yjs update taken apart so that it can be put together wrongly: every struct with its head in the open and its
 * content as the bytes it came in. For what Yjs itself wrote only; nothing is checked.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { HandMadeSection, HandMadeStruct } from '../sync-server/gate/hand-made.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export type LooseStruct = Writable<HandMadeStruct>;
export type LooseSection = Writable<Omit<HandMadeSection, 'structs'>> & { structs: LooseStruct[] };
type LooseDelete = [client: number, clock: number, length: number];

export interface LooseUpdate {
  sections: LooseSection[];
  deletes: LooseDelete[];
}

/** Takes an update of Yjs apart. */
export function takeApart(update: Uint8Array): LooseUpdate {
  const decoder = decoding.createDecoder(update);
  const sections: LooseSection[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const count = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    sections.push({ client, clock, structs: Array.from({ length: count }, () => readStruct(decoder)) });
  }
  const deletes: LooseDelete[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--) {
      deletes.push([client, decoding.readVarUint(decoder), decoding.readVarUint(decoder)]);
    }
  }
  return { sections, deletes };
}

function readStruct(decoder: decoding.Decoder): LooseStruct {
  const info = decoding.readUint8(decoder);
  const struct: LooseStruct = { reference: info & 31, content: () => {} };
  if (struct.reference !== 0 && struct.reference !== 10) {
    if ((info & 128) !== 0) struct.origin = readId(decoder);
    if ((info & 64) !== 0) struct.rightOrigin = readId(decoder);
    if ((info & 192) === 0) {
      struct.parent = decoding.readVarUint(decoder) === 1 ? decoding.readVarString(decoder) : readId(decoder);
      if ((info & 32) !== 0) struct.parentSub = decoding.readVarString(decoder);
    }
  }
  const start = decoder.pos;
  skipContent(decoder, struct.reference);
  const bytes = decoder.arr.slice(start, decoder.pos);
  struct.content = (encoder) => encoding.writeUint8Array(encoder, bytes);
  return struct;
}

function readId(decoder: decoding.Decoder): [number, number] {
  return [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
}

function skipContent(decoder: decoding.Decoder, reference: number): void {
  switch (reference) {
    case 3:
    case 4:
    case 5:
      decoding.readVarUint8Array(decoder);
      return;
    case 6:
      decoding.readVarUint8Array(decoder);
      decoding.readVarUint8Array(decoder);
      return;
    case 8:
      for (let left = decoding.readVarUint(decoder); left > 0; left--) decoding.readAny(decoder);
      return;
    default:
      // An emptied place or a type: one number.
      decoding.readVarUint(decoder);
  }
}
