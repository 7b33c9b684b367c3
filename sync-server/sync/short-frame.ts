/**
 * The frames in which clients send what is short (RFC 6455, 5.2: final, binary, masked, not compressed, its length in one byte):
 * where they end in what came, and what is in them. Anything else is read by the library.
 */
import type { MessageMemory } from '../room/message-memory.ts';

/** The first byte: nothing follows, and it is no text. */
const WHOLE_AND_BINARY = 0x82;
/** In the second byte, beside the length. */
const MASKED = 0x80;
const MOST_BYTES = 125;
const MASK_AT = 2;
const HEAD_BYTES = 6;

/** The longest of them. */
export const SHORT_FRAME_BYTES = HEAD_BYTES + MOST_BYTES;

/** Where the last of the short frames ends that stand whole and one after the other from there on; `from` when there is none. */
export function endOfShortFrames(bytes: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end + HEAD_BYTES <= to && isShort(bytes, end)) {
    const next = endOf(bytes, end);
    if (next > to) break;
    end = next;
  }
  return end;
}

/** Whether what stands from there on may be the beginning of one. */
export function beginsShortFrame(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from > 1 ? isShort(bytes, from) : bytes[from] === WHOLE_AND_BINARY;
}

/** The end of the short frame that begins there. */
export function endOf(bytes: Uint8Array, from: number): number {
  return from + HEAD_BYTES + (bytes[from + 1] ?? 0) - MASKED;
}

/** What is in the short frame that begins there, in memory of messages. */
export function shortMessage(bytes: Uint8Array, from: number, memory: MessageMemory): Uint8Array {
  const length = endOf(bytes, from) - from - HEAD_BYTES;
  const message = memory.take(length);
  const mask = from + MASK_AT;
  const first = from + HEAD_BYTES;
  for (let n = 0; n < length; n++) message[n] = (bytes[first + n] ?? 0) ^ (bytes[mask + (n & 3)] ?? 0);
  return message;
}

function isShort(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1] ?? 0;
  return bytes[at] === WHOLE_AND_BINARY && second >= MASKED && second <= MASKED + MOST_BYTES;
}
