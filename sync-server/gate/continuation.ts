/**
 * What typing sends, key by key: one short run of text that says it goes on behind the last character of the same clientID. Read
 * here only in the one form in which Yjs writes it, and without building anything; whatever looks otherwise is none, and scan.ts
 * reads it. Whether it goes on from where those words end in a document is told by word-ends.ts.
 */
import { varUintBytes } from '../../shared/wire/var-uint.ts';
import { isSameId, type StructId } from './struct-id.ts';

export interface Continuation {
  readonly client: number;
  /** Clock of its first character, one after the one it goes on behind. */
  readonly clock: number;
  readonly length: number;
  readonly rightOrigin: StructId | null;
  /** Where the bytes of its text begin in the update, which end with it but for one byte. */
  readonly textFrom: number;
}

/** Whether these words come next behind the others, and before the same. */
export function goesOnWith(before: Continuation, { client, clock, rightOrigin }: Continuation): boolean {
  const end = before.clock + before.length;
  return client === before.client && clock === end && isSameId(rightOrigin, before.rightOrigin);
}

/** How many bytes their text takes in the update that they are. */
export function textBytesOf(update: Uint8Array, { textFrom }: Continuation): number {
  return update.length - 1 - textFrom;
}

/** A sentence, as input methods bring it at once. Longer runs are few, and cost more than looking at them. */
const MOST_BYTES = 160;
/** The head of a struct that is text behind an origin, and of one that is also put before something. */
export const TEXT_BEHIND = 0b10000100;
export const TEXT_BETWEEN = 0b11000100;

/** The words of an update that is nothing but such a run; null for any other. Never throws. */
export function readContinuation(update: Uint8Array): Continuation | null {
  // One section with one struct in it, and at the end no deletions.
  if (update.length > MOST_BYTES || update[0] !== 1 || update[1] !== 1 || update.at(-1) !== 0) return null;
  const client = numberAt(update, 2);
  const clockFrom = 2 + varUintBytes(client);
  const clock = numberAt(update, clockFrom);
  const headFrom = clockFrom + varUintBytes(clock);
  const head = update[headFrom];
  if (head !== TEXT_BEHIND && head !== TEXT_BETWEEN) return null;
  const originFrom = headFrom + 1 + varUintBytes(client);
  // What is no number is never equal to anything.
  if (numberAt(update, headFrom + 1) !== client || numberAt(update, originFrom) !== clock - 1) return null;
  let lengthFrom = originFrom + varUintBytes(clock - 1);
  let rightOrigin: StructId | null = null;
  if (head === TEXT_BETWEEN) {
    const right = numberAt(update, lengthFrom);
    const rightClockFrom = lengthFrom + varUintBytes(right);
    rightOrigin = { client: right, clock: numberAt(update, rightClockFrom) };
    lengthFrom = rightClockFrom + varUintBytes(rightOrigin.clock);
    if (Number.isNaN(right) || Number.isNaN(rightOrigin.clock)) return null;
  }
  const textBytes = numberAt(update, lengthFrom);
  const textFrom = lengthFrom + varUintBytes(textBytes);
  if (textFrom + textBytes !== update.length - 1) return null;
  const length = textLength(update, textFrom, update.length - 1);
  return length === 0 ? null : { client, clock, length, rightOrigin, textFrom };
}

/** The number that is written there in the fewest bytes; NaN where there is none: lib0 reads longer forms too. */
function numberAt(bytes: Uint8Array, from: number): number {
  let value = 0;
  let unit = 1;
  for (let at = from; value <= Number.MAX_SAFE_INTEGER; at++, unit *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * unit;
    if (byte < 128) return (byte === 0 && at > from) || value > Number.MAX_SAFE_INTEGER ? Number.NaN : value;
  }
  return Number.NaN;
}

/** How long the text in these bytes of UTF-8 is in JavaScript; 0 where that is not as simple as one unit for each character. */
function textLength(bytes: Uint8Array, from: number, end: number): number {
  let length = 0;
  for (let at = from; at < end; length++) {
    const first = bytes[at] ?? 0;
    const size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 0;
    if (size === 0 || at + size > end) return 0;
    for (let n = 1; n < size; n++) if (((bytes[at + n] ?? 0) & 0xc0) !== 0x80) return 0;
    const second = bytes[at + 1] ?? 0;
    // Written longer than need be, or half of a pair.
    if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
    at += size;
  }
  return length;
}
