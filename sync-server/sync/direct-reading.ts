/**
 * Reads what nearly everybody sends, whole short messages, without what Node's stream and the library do for each piece of
 * anything that may come: memory of 64 KiB that is cut to size, views, a reader that remembers what has begun; that was a fifth of
 * what a keystroke costs the main thread. Whatever else comes goes on to the library as it always did. Node has the means (`onread`),
 * but for sockets that one makes oneself: where its fields are not as they were, and on encrypted connections, nothing is read here.
 */
import type { Duplex } from 'node:stream';
import { shortMessagesIn } from './binary-frame.ts';
import { type PieceReader, readerOf } from './heard-socket.ts';
import { inOwnMemory } from './own-memory.ts';

/** A reader of pieces that takes messages too. */
export interface DirectReader extends PieceReader {
  /** False while the library has the beginning of something. */
  readonly isBetweenMessages: boolean;
  message(data: Buffer, isBinary: boolean): void;
}

/** As much as a connection is asked for at once. */
const READ_BYTES = 64 * 1024;

/** One memory for all connections: what is read is handled, or copied, before anything else is read. */
export class DirectReading {
  readonly #bytes = Buffer.alloc(READ_BYTES);
  readonly #take: (this: Duplex, length: number) => boolean;

  constructor() {
    const bytes = this.#bytes;
    // One function for thousands of connections, which Node calls as theirs.
    this.#take = function (length) {
      take(this, bytes, length);
      return true;
    };
  }

  /** Reads this connection from now on; its pieces are told of already (`tellOfPieces`), to a `DirectReader`. */
  begin(stream: Duplex): void {
    const fields = fieldsOf(stream);
    if (fields === null) return;
    const { socket, handle, readInto, buffer, callback } = fields;
    socket[buffer] = this.#bytes;
    socket[callback] = this.#take;
    readInto.call(handle, this.#bytes);
  }
}

function take(stream: Duplex, bytes: Buffer, length: number): void {
  const reader = readerOf(stream) as DirectReader | undefined;
  const messages = reader?.isBetweenMessages ? shortMessagesIn(bytes, length) : null;
  if (reader === undefined || messages === null) {
    stream.emit('data', inOwnMemory(bytes.subarray(0, length)));
    return;
  }
  reader.pieceComes(length);
  for (const message of messages) reader.message(message, true);
  reader.pieceWasRead(length);
}

type Fields = Record<symbol, unknown>;

interface Handle {
  /** From now on what is read is in these bytes, and only how much is told. */
  useUserBuffer(bytes: Uint8Array): void;
}

function fieldsOf(stream: Duplex) {
  const socket = stream as unknown as Fields & { readonly _handle?: Partial<Handle>; readonly encrypted?: boolean };
  const { _handle: handle, encrypted } = socket;
  const readInto = handle?.useUserBuffer;
  if (encrypted === true || readInto === undefined) return null;
  const named = (name: string) => Object.getOwnPropertySymbols(socket).find(({ description }) => description === name);
  const buffer = named('kBuffer');
  const callback = named('kBufferCb');
  if (buffer === undefined || callback === undefined) return null;
  return { socket: socket as Fields, handle, readInto, buffer, callback };
}
