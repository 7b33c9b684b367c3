/**
 * The bytes of one short WebSocket message to a client (RFC 6455, 5.2: one binary frame, whole, not masked, not compressed).
 * What a room says to fifty people is framed once and written fifty times; the library would build it anew for each.
 */

/** Longer messages are sent by the library, which does not copy them. */
export const FRAMED_BYTES = 0xffff;

const FIN_BINARY = 0x82;
const LENGTH_IN_2_BYTES = 126;

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

function binaryFrame(bytes: Uint8Array): Buffer {
  const { length } = bytes;
  const headBytes = length < LENGTH_IN_2_BYTES ? 2 : 4;
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame[0] = FIN_BINARY;
  if (headBytes === 2) frame[1] = length;
  else {
    frame[1] = LENGTH_IN_2_BYTES;
    frame.writeUInt16BE(length, 2);
  }
  frame.set(bytes, headBytes);
  return frame;
}
