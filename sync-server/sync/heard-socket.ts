/**
 * The library's socket with one hearer instead of a listener for each thing that may happen: thousands of sockets are open, and
 * five functions and the table they are found in would be kept with each. What it reads and writes frames with it has only while
 * there is something to be read or written. Whoever is only refused has no hearer beyond what goes wrong.
 */
import type { Duplex } from 'node:stream';
import { type RawData, type Receiver, Sender, WebSocket } from 'ws';
import type { SpareReceivers } from './spare-receivers.ts';

declare module 'ws' {
  /** Exported by the library; its types leave it out. Writes frames, at once where nothing is compressed. */
  class Sender {
    constructor(stream: Duplex, extensions: object);
  }
}

export interface Hearer {
  /** A whole message. */
  message(data: RawData, isBinary: boolean): void;
  ping(payload: Buffer): void;
  pong(payload: Buffer): void;
  /** It is gone, and nothing more comes. */
  closed(): void;
}

/** None of what the protocol may be extended with is offered: one for all sockets, where each had its own. */
const NOTHING_AGREED = Object.freeze({});

export class HeardSocket extends WebSocket {
  /** Node's own table of listeners: it makes one with the first of them. Were it kept elsewhere, this would change nothing. */
  _events: object | undefined = undefined;
  /** The library's: what was agreed on beside the protocol. */
  _extensions: object = NOTHING_AGREED;
  hearer: Hearer | null = null;
  /** Where it takes from what it reads with; null while that is its own for good. */
  receivers: SpareReceivers | null = null;
  /** Null while it reads nothing. */
  declare _reading: Receiver | null;
  /** Null where nothing is compressed: what writes then has nothing to remember. */
  declare _writing: Sender | null;
  /** The library's: the connection under it. */
  declare readonly _socket: Duplex;
  /** What the library finds wrong with what came; it closes the socket itself. Not heard, it would end the process. */
  failed: ((error: Error) => void) | null = null;

  /** The library's field: whoever asks for what this reads with has it. */
  get _receiver(): Receiver | null {
    if (this._reading === null && this.receivers !== null) this._reading = this.receivers.take(this);
    return this._reading;
  }

  set _receiver(receiver: Receiver | null) {
    this._reading = receiver;
  }

  /** The library's field: pings, pongs and closes are rare, and nothing is kept between two of them. */
  get _sender(): Sender {
    return this._writing ?? new Sender(this._socket, NOTHING_AGREED);
  }

  set _sender(sender: Sender | null) {
    this._writing = this._extensions === NOTHING_AGREED ? null : sender;
  }

  /** A piece was read: unless the rest of something is to come, nothing to read with is needed until the next. */
  rest(): void {
    if (this._reading !== null && this.receivers?.giveBack(this._reading, this)) this._reading = null;
  }

  override resume(): void {
    super.resume();
    this.rest();
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    const { hearer } = this;
    switch (event) {
      case 'message':
        hearer?.message(args[0] as RawData, args[1] as boolean);
        return true;
      case 'ping':
        hearer?.ping(args[0] as Buffer);
        return true;
      case 'pong':
        hearer?.pong(args[0] as Buffer);
        return true;
      case 'error':
        this.failed?.(args[0] as Error);
        return true;
      case 'close':
        hearer?.closed();
    }
    return super.emit(event, ...args);
  }
}

/** Who wants to know of each piece that comes on a connection, before and after the library reads it. */
export interface PieceReader {
  pieceComes(bytes: number): void;
  pieceWasRead(bytes: number): void;
}

const READER = Symbol('reader');

interface ReadStream extends Duplex {
  [READER]?: PieceReader;
  /** Node's own table of listeners. */
  readonly _events?: { data?: unknown };
}

/** Tells a reader of the pieces on a connection whose socket is there already. */
export function tellOfPieces(stream: ReadStream, reader: PieceReader): void {
  stream[READER] = reader;
  stream.prependListener('data', pieceComes);
  stream.on('data', pieceWasRead);
  // With the third Node makes room for twenty, in each of thousands of sockets.
  const { _events: table } = stream;
  if (Array.isArray(table?.data)) table.data = table.data.slice();
}

/** Who is told of the pieces on a connection; undefined for nobody. */
export function readerOf(stream: ReadStream): PieceReader | undefined {
  return stream[READER];
}

function pieceComes(this: ReadStream, chunk: Buffer): void {
  this[READER]?.pieceComes(chunk.length);
}

function pieceWasRead(this: ReadStream, chunk: Buffer): void {
  this[READER]?.pieceWasRead(chunk.length);
}
