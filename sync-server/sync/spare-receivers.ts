/**
 * What the library reads frames with, its receiver, is needed by a socket only while a piece of something is read or the rest of a
 * message is to come. Thousands of sockets say nothing: they have none, and whoever is sent something takes one for as long as that
 * takes. One that is in the middle of anything, has ended or failed is never handed on. Were the library built otherwise, each
 * socket would keep its own.
 */
import type { Writable } from 'node:stream';
import { Receiver, type WebSocket } from 'ws';

declare module 'ws' {
  /** Exported by the library; its types leave it out. What begins with `_` is its own. */
  class Receiver extends Writable {
    constructor(options: ReceiverOptions);
    /** 0: before the first byte of a frame. */
    readonly _state: number;
    /** Bytes of a frame that is not whole. */
    readonly _bufferedBytes: number;
    /** What a message is whose later fragments are to come; 0 for none. */
    readonly _fragmented: number;
    readonly _errored: boolean;
    [link: symbol]: unknown;
  }
}

export interface ReceiverOptions {
  readonly isServer: true;
  readonly maxPayload: number;
  readonly maxBufferedChunks: number;
  readonly maxFragments: number;
}

/** More are not kept: as many are in use at once only while as many messages come in pieces. */
const MOST_SPARE = 16;

/** How the library ties a receiver to its socket. */
interface Ties {
  readonly link: symbol;
  readonly listeners: readonly (readonly [string | symbol, (...args: unknown[]) => void])[];
}

/** The receivers of all sockets that were admitted. */
export class SpareReceivers {
  readonly #options: ReceiverOptions;
  readonly #spare: Receiver[] = [];
  #ties: Ties | null = null;

  /** @param options those of the server whose sockets these are */
  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  /** One that reads for this socket, which gave its own back. */
  take(socket: WebSocket): Receiver {
    if (this.#ties === null) throw new Error('nobody has given one back');
    const { link, listeners } = this.#ties;
    const receiver = this.#spare.pop() ?? newReceiver(this.#options, listeners);
    receiver[link] = socket;
    return receiver;
  }

  /** Takes it back from this socket if it is in the middle of nothing; false otherwise. */
  giveBack(receiver: Receiver, socket: WebSocket): boolean {
    if (!isAtRest(receiver)) return false;
    this.#ties ??= tiesOf(receiver, socket);
    if (this.#ties === null || receiver[this.#ties.link] !== socket) return false;
    receiver[this.#ties.link] = undefined;
    if (this.#spare.length < MOST_SPARE) this.#spare.push(receiver);
    return true;
  }
}

/** Whether what comes next is the first byte of a message, and all that was is done. */
function isAtRest(receiver: Receiver): boolean {
  return (
    receiver._state === 0 &&
    receiver._bufferedBytes === 0 &&
    receiver._fragmented === 0 &&
    receiver._errored === false &&
    receiver.writableLength === 0 &&
    // Reading goes on when it says so, and it says it to its socket.
    !receiver.writableNeedDrain &&
    !receiver.writableEnded &&
    !receiver.destroyed
  );
}

function newReceiver(options: ReceiverOptions, listeners: Ties['listeners']): Receiver {
  const receiver = new Receiver(options);
  for (const [event, listener] of listeners) receiver.on(event, listener);
  return receiver;
}

/** Null when they are not as they were in the library that this was written for. */
function tiesOf(receiver: Receiver, socket: WebSocket): Ties | null {
  const link = Object.getOwnPropertySymbols(receiver).find((symbol) => receiver[symbol] === socket);
  const listeners = receiver
    .eventNames()
    .flatMap((event) => receiver.listeners(event).map((listener) => [event, listener as () => void] as const));
  return link === undefined || listeners.length === 0 ? null : { link, listeners };
}
