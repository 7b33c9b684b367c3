/**
 * Reads what nearly everybody sends, whole short messages, without what Node's stream and the library do for each piece of
 * anything that may come: memory of 64 KiB that is cut to size, views, a reader that remembers what has begun; that was an eighth of
 * what a keystroke costs the main thread. Whatever else comes goes on to the library as it always did. Node has the means (`onread`),
 * but for sockets that one makes oneself: where its fields are not as they were, and on encrypted connections, nothing is read here.
 */
import type { Duplex } from 'node:stream';
import { MessageMemory } from '../room/message-memory.ts';
import { ownBuffer } from '../room/own-memory.ts';
import { type PieceReader, readerOf } from './heard-socket.ts';
import { beginsShortFrame, endOf, endOfShortFrames, SHORT_FRAME_BYTES, shortMessage } from './short-frame.ts';

/** A reader of pieces that takes messages too. */
export interface DirectReader extends PieceReader {
  /** False while the library has the beginning of something. */
  readonly isBetweenMessages: boolean;
  /** The beginning of a short message; null for none. */
  begun: Buffer | null;
  message(data: Uint8Array, isBinary: boolean): void;
}

/** As much as a connection is asked for at once. */
const READ_BYTES = 64 * 1024;
/** Where it is read to: before it there is room for what had begun. */
const READ_AT = SHORT_FRAME_BYTES;

/** One memory for all connections: what is read is handled, or copied, before anything else is read. */
export class DirectReading {
  readonly #bytes = Buffer.alloc(READ_AT + READ_BYTES);
  readonly #take: (this: Duplex, length: number) => boolean;

  constructor() {
    const bytes = this.#bytes;
    const memory = new MessageMemory();
    // One function for thousands of connections, which Node calls as theirs.
    this.#take = function (length) {
      const reader = readerOf(this) as DirectReader | undefined;
      if (reader?.isBetweenMessages) take(this, reader, bytes, length, memory);
      else this.emit('data', ownBuffer(bytes.subarray(READ_AT, READ_AT + length)));
      return true;
    };
  }

  /** Reads this connection from now on; its pieces are told of already (`tellOfPieces`), to a `DirectReader`. */
  begin(stream: Duplex): void {
    const fields = fieldsOf(stream);
    if (fields === null) return;
    const { socket, handle, readInto, buffer, callback } = fields;
    const bytes = this.#bytes.subarray(READ_AT);
    socket[buffer] = bytes;
    socket[callback] = this.#take;
    readInto.call(handle, bytes);
  }
}

/** Takes the short messages that are whole, keeps the beginning of another one, and hands whatever else there is to the library. */
function take(stream: Duplex, reader: DirectReader, bytes: Buffer, length: number, memory: MessageMemory): void {
  const to = READ_AT + length;
  const { begun } = reader;
  const from = READ_AT - (begun?.length ?? 0);
  if (begun !== null) bytes.set(begun, from);
  const end = endOfShortFrames(bytes, from, to);
  const isAllShort = end === to || beginsShortFrame(bytes, end, to);
  reader.begun = isAllShort && end < to ? ownBuffer(bytes.subarray(end, to)) : null;
  const taken = isAllShort ? length : end - READ_AT;
  if (taken > 0) {
    reader.pieceComes(taken);
    for (let at = from; at < end; at = endOf(bytes, at)) reader.message(shortMessage(bytes, at, memory), true);
    reader.pieceWasRead(taken);
  }
  // Of what had begun this may be the first byte, counted when it came: a byte too many is nobody's loss.
  if (!isAllShort) stream.emit('data', ownBuffer(bytes.subarray(end, to)));
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
