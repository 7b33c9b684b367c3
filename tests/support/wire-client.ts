/**
 * A small client of the relay for tests: one Y.Doc on one socket, speaking shared/wire. It shows everything it was told
 * and can be made to say anything, also what no honest client says.
 */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';
import { decodeMessage, encodeMessage, type Message } from '../../shared/wire/messages.ts';

export interface WireClientOptions {
  readonly origin: string;
  readonly address: RoomAddress;
  readonly cookie?: string;
  /** The Origin header; the relay's own when left out, none when null. */
  readonly pageOrigin?: string | null;
  readonly query?: string;
  /** A new one when left out. */
  readonly doc?: Y.Doc;
}

export interface WireClient {
  readonly doc: Y.Doc;
  readonly received: Message[];
  /** How the socket ended; null while it is open. */
  readonly closed: { readonly code: number; readonly reason: string } | null;
  /** Resolves when the condition holds; it is looked at after every message and at the end. */
  until(condition: () => boolean): Promise<void>;
  send(message: Message): void;
  sendBytes(bytes: Uint8Array): void;
  /** Resolves when the relay has answered the first sync. */
  synced(): Promise<void>;
  /** Resolves when everything sent so far is durable. */
  saved(): Promise<void>;
  /** Ends the socket without a word. */
  cut(): void;
}

/** Connects and keeps its document in step. */
export function connectWire(options: WireClientOptions): WireClient {
  const { origin, address, cookie, pageOrigin = origin, query = '', doc = new Y.Doc() } = options;
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/sync/${roomKey(address)}${query}`, {
    headers: cookie === undefined ? {} : { cookie },
    ...(pageOrigin === null ? {} : { origin: pageOrigin }),
    perMessageDeflate: false,
  });
  socket.binaryType = 'nodebuffer';
  const received: Message[] = [];
  let closed: WireClient['closed'] = null;
  let barriers = 0;
  const waiters = new Set<() => void>();
  const look = () => {
    for (const waiter of [...waiters]) waiter();
  };
  const sendBytes = (bytes: Uint8Array) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
  };
  const send = (message: Message) => sendBytes(encodeMessage(message));
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const waiter = () => {
        if (!condition()) return;
        waiters.delete(waiter);
        resolve();
      };
      waiters.add(waiter);
      waiter();
    });

  socket.on('open', () => send({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) }));
  socket.on('message', (data) => {
    const decoded = decodeMessage(new Uint8Array(data as Buffer));
    if (!decoded.ok) throw new Error(`the relay sent what cannot be read: ${decoded.reason}`);
    const { message } = decoded;
    received.push(message);
    if (message.type === 'syncStep1') {
      send({ type: 'syncStep2', update: Y.encodeStateAsUpdate(doc, message.stateVector) });
    } else if (message.type === 'syncStep2' || message.type === 'update') {
      Y.applyUpdate(doc, message.update, 'relay');
    }
    look();
  });
  doc.on('update', (update: Uint8Array, from: unknown) => {
    if (from !== 'relay') send({ type: 'update', update });
  });
  socket.on('close', (code, reason) => {
    closed = { code, reason: reason.toString() };
    look();
  });
  socket.on('error', () => look());

  return {
    doc,
    received,
    get closed() {
      return closed;
    },
    until,
    send,
    sendBytes,
    synced: () => until(() => closed !== null || received.some((message) => message.type === 'syncStep2')),
    saved: () => {
      const number = ++barriers;
      send({ type: 'barrier', number });
      return until(
        () => closed !== null || received.some((message) => message.type === 'barrier' && message.number === number),
      );
    },
    cut: () => socket.terminate(),
  };
}
