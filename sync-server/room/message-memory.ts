/**
 * Memory for short messages, one behind the other: thousands are on their way to the disk at once, and one that has memory of its own
 * is three objects to be moved about meanwhile. A piece is kept as long as any message in it, so it is for what is kept for a moment;
 * whatever stays longer is copied (own-memory.ts).
 */
import { ownBytes } from './own-memory.ts';

/** As much as is taken at once. */
const PIECE_BYTES = 64 * 1024;

/** A piece in which nothing stands but messages as they came, each for good. */
class PieceOfMessages extends ArrayBuffer {}

export class MessageMemory {
  #piece = new PieceOfMessages(PIECE_BYTES);
  #used = 0;

  /** @param length at most `PIECE_BYTES` */
  take(length: number): Uint8Array {
    if (this.#used + length > PIECE_BYTES) {
      this.#piece = new PieceOfMessages(PIECE_BYTES);
      this.#used = 0;
    }
    const bytes = new Uint8Array(this.#piece, this.#used, length);
    this.#used += length;
    return bytes;
  }
}

/** The same bytes to be kept until they are durable: as they are where nothing else is kept with them but other messages. */
export function keptBytes(bytes: Uint8Array): Uint8Array {
  return bytes.buffer instanceof PieceOfMessages ? bytes : ownBytes(bytes);
}
