/**
 * The bytes of WebSocket frames to a client (RFC 6455, 5.2: binary, not masked, not compressed). What a room says to fifty
 * people is framed once and written fifty times; the library would build it anew for each. What is long goes in fragments,
 * each a frame of its own (sliced-send.ts decides when).
 */

/** Longer messages go in fragments, none longer than this. */
export const FRAMED_BYTES = 0xffff;

const FIN = 0x80;
const BINARY = 0x02;
const CONTINUED = 0x00;
const LENGTH_IN_2_BYTES = 126;
const MOST_HEAD_BYTES = 4;

/** Frames what is said to many one after another, once. */
export class BinaryFrames {
  #bytes: Uint8Array | null = null;
  #frame: Buffer = Buffer.alloc(0);

  /** @param bytes at most `FRAMED_BYTES`; the same bytes again are the same frame, so they must not change meanwhile */
  of(bytes: Uint8Array): Buffer {
    if (bytes !== this.#bytes) {
      this.#frame = binaryFrame(bytes);
      this.#bytes = bytes;
    }
    return this.#frame;
  }
}

/** What stands before one fragment of `length` bytes, at most `FRAMED_BYTES`. */
export function fragmentHead(length: number, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): Buffer {
  const head = Buffer.allocUnsafe(MOST_HEAD_BYTES);
  return head.subarray(0, writeHead(head, (isFirst ? BINARY : CONTINUED) | (isLast ? FIN : 0), length));
}

function binaryFrame(bytes: Uint8Array): Buffer {
  const { length } = bytes;
  const frame = Buffer.allocUnsafe((length < LENGTH_IN_2_BYTES ? 2 : MOST_HEAD_BYTES) + length);
  frame.set(bytes, writeHead(frame, FIN | BINARY, length));
  return frame;
}

/** @returns how many bytes it has */
function writeHead(target: Buffer, first: number, length: number): number {
  target[0] = first;
  if (length < LENGTH_IN_2_BYTES) {
    target[1] = length;
    return 2;
  }
  target[1] = LENGTH_IN_2_BYTES;
  target.writeUInt16BE(length, 2);
  return MOST_HEAD_BYTES;
}
