/**
 * The connection of one room: the stock y-websocket provider for life and reconnecting, with its own ideas of what to send
 * and merge taken out (room-replica.ts decides that). No BroadcastChannel, jittered backoff, close codes by our table.
 * Presence stays the provider's.
 */
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { CLOSE, closeToName } from '../../shared/close-codes.ts';
import { type RoomAddress, roomKey, SYNC_PATH } from '../../shared/rooms.ts';
import { PROSE_SCHEMA_VERSION, WIRE_VERSION } from '../../shared/versions.ts';
import { decodeMessage, encodeMessage } from '../../shared/wire/messages.ts';
import type { ReplicaEnvironment } from './environment.ts';
import type { Link, LinkEvents } from './room-parts.ts';

/** Sync messages and our own numbers; awareness (1) and its query (3) stay with the provider. */
const OUR_MESSAGES = [0, 100, 101, 102, 103, 104, 106];
const MAX_BACKOFF_MS = 30_000;

export function openLink(
  environment: Pick<ReplicaEnvironment, 'origin' | 'WebSocket' | 'random' | 'log'>,
  address: RoomAddress,
  personId: string,
  content: { doc: Y.Doc; awareness: Awareness },
  events: LinkEvents,
): Link {
  const { log, random } = environment;
  const provider = new WebsocketProvider(
    `${environment.origin.replace(/^http/, 'ws')}${SYNC_PATH}`,
    roomKey(address),
    content.doc,
    {
      connect: false,
      disableBc: true,
      awareness: content.awareness,
      WebSocketPolyfill: environment.WebSocket,
      shouldReconnect: (event) => {
        const name = closeToName(event.code, event.reason);
        return name === null ? event.code < 4400 || event.code > 4499 : CLOSE[name].retry;
      },
    },
  );
  // What is sent is decided by the session; the provider would send everything, also a reader's.
  content.doc.off('update', provider._updateHandler);

  for (const type of OUR_MESSAGES) {
    provider.messageHandlers[type] = (_reply, decoder) => {
      const decoded = decodeMessage(decoder.arr);
      // Total and quiet: a frame that cannot be read changes nothing here.
      decoder.pos = decoder.arr.length;
      if (decoded.ok) events.received(decoded.message);
      else log('link.unreadable', { room: address.room, reason: decoded.reason });
    };
  }
  provider.on('status', ({ status }) => {
    if (status === 'connected') events.opened();
  });
  provider.on('connection-close', (event) => {
    const attempts = provider.wsUnsuccessfulReconnects + 1;
    const [part = 0] = random.bytes(1);
    // All clients of a restarted relay would otherwise come back in the same moment.
    provider.maxBackoffTime = Math.min(MAX_BACKOFF_MS, 100 * 2 ** attempts) * (0.5 + part / 512);
    // A close of our own is told by whoever asked for it; the watchdog's is a lost network.
    if (event === null) events.closed(null);
    else queueMicrotask(() => events.closed(closeToName(event.code, event.reason)));
  });

  return {
    connect: () => provider.connect(),
    expectGeneration: (generation) => {
      provider.params = {
        as: personId,
        v: String(WIRE_VERSION),
        sv: String(PROSE_SCHEMA_VERSION),
        ...(generation === null ? {} : { gen: generation }),
      };
    },
    disconnect: () => provider.disconnect(),
    send: (message) => {
      const socket = provider.ws;
      if (socket !== null && provider.wsconnected && socket.readyState === socket.OPEN) {
        socket.send(encodeMessage(message) as Uint8Array<ArrayBuffer>);
      }
    },
    synced: () => {
      provider.synced = true;
    },
    destroy: () => provider.destroy(),
  };
}
