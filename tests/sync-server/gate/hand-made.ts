/** Updates written byte by byte, as no Yjs would write them: for frames that only an attacker or a broken client makes. */
import * as encoding from 'lib0/encoding';

type Id = readonly [client: number, clock: number];

/** One struct, as its bytes say it. */
export interface HandMadeStruct {
  /** 0 GC, 1 deleted, 4 string, 5 embed, 6 format, 7 type, 8 any, 9 document, 10 skip. */
  readonly reference: number;
  readonly origin?: Id;
  readonly rightOrigin?: Id;
  /** A root name, or the id of an item. Written only when there is no origin. */
  readonly parent?: string | Id;
  readonly parentSub?: string;
  /** Writes what comes after the head. */
  readonly content: (encoder: encoding.Encoder) => void;
}

export interface HandMadeSection {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly HandMadeStruct[];
  /** Declares another count than there is. */
  readonly declaredStructs?: number;
}

export function handMade(
  sections: readonly HandMadeSection[],
  deletes: readonly (readonly [client: number, clock: number, length: number])[] = [],
): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, sections.length);
  for (const { client, clock, structs, declaredStructs } of sections) {
    encoding.writeVarUint(encoder, declaredStructs ?? structs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const struct of structs) writeStruct(encoder, struct);
  }
  encoding.writeVarUint(encoder, deletes.length);
  for (const [client, clock, length] of deletes) {
    for (const number of [client, 1, clock, length]) encoding.writeVarUint(encoder, number);
  }
  return encoding.toUint8Array(encoder);
}

function writeStruct(encoder: encoding.Encoder, struct: HandMadeStruct): void {
  const { reference, origin, rightOrigin, parent, parentSub, content } = struct;
  const flags = (origin ? 128 : 0) | (rightOrigin ? 64 : 0) | (parentSub === undefined ? 0 : 32);
  encoding.writeUint8(encoder, reference | flags);
  if (reference !== 0 && reference !== 10) {
    for (const id of [origin, rightOrigin]) if (id) writeId(encoder, id);
    if (!origin && !rightOrigin) {
      if (typeof parent === 'object') {
        encoding.writeVarUint(encoder, 0);
        writeId(encoder, parent);
      } else {
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarString(encoder, parent ?? 'prose');
      }
      if (parentSub !== undefined) encoding.writeVarString(encoder, parentSub);
    }
  }
  content(encoder);
}

function writeId(encoder: encoding.Encoder, [client, clock]: Id): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

export const text = (words: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, words);
export const length = (count: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, count);
export const any =
  (...values: encoding.AnyEncodable[]) =>
  (encoder: encoding.Encoder) => {
    encoding.writeVarUint(encoder, values.length);
    for (const value of values) encoding.writeAny(encoder, value);
  };
export const bytes =
  (...values: number[]) =>
  (encoder: encoding.Encoder) =>
    encoding.writeUint8Array(encoder, Uint8Array.from(values));
