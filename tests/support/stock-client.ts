/** The stock y-websocket provider, unmodified, from Node: only the cookie and the Origin are added, as a browser would. */
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';

export interface StockClientOptions {
  readonly origin: string;
  readonly address: RoomAddress;
  readonly cookie: string;
}

/** Connects a plain document. Destroy the provider at the end. */
export function connectStock({ origin, address, cookie }: StockClientOptions): {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
} {
  class BrowserLikeSocket extends WebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie }, origin, perMessageDeflate: false });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${origin.replace(/^http/, 'ws')}/sync`, roomKey(address), doc, {
    WebSocketPolyfill: BrowserLikeSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  return { doc, provider };
}
