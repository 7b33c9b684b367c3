/**
 * The replica's connection over FakeRelay: what the stock provider does by itself (SyncStep1 on opening, coming back after
 * a loss, staying away after a final close), one step at a time.
 */
import * as Y from 'yjs';
import type { Link, LinkEvents } from '../../client/replica/room-parts.ts';
import type { CloseName } from '../../shared/close-codes.ts';
import { decodeMessage, encodeMessage } from '../../shared/wire/messages.ts';
import { type Connection, type Entrant, type FakeRelay, mayRetry } from './fake-relay.ts';

export interface FakeLink extends Link {
  /** Wants a connection and has none. */
  readonly isWaiting: boolean;
  readonly connection: Connection | null;
  readonly generation: string | null;
  open(): void;
  /** Reads the next frame; false when there is none. */
  readNext(): boolean;
  /** Reads a frame of content again that was read before. */
  readAgain(index: number): void;
  /** The network goes away; frames under way in both directions are lost. */
  cut(): void;
  /** Every close the relay gave. */
  readonly closes: (CloseName | null)[];
}

export interface FakeLinkOptions {
  readonly relay: FakeRelay;
  readonly doc: Y.Doc;
  readonly events: LinkEvents;
  readonly entrant: () => Omit<Entrant, 'generation'>;
  /** A planted bug: takes every barrier as echoed at once. */
  readonly acknowledgesItself?: boolean;
}

export function createFakeLink({ relay, doc, events, entrant, acknowledgesItself }: FakeLinkOptions): FakeLink {
  let isWanted = false;
  let connection: Connection | null = null;
  let generation: string | null = null;
  const closes: (CloseName | null)[] = [];

  function ended(name: CloseName | null) {
    if (connection === null) return;
    relay.lose(connection);
    connection = null;
    closes.push(name);
    isWanted = isWanted && mayRetry(name);
    events.closed(name);
  }

  function read(frame: Uint8Array) {
    const decoded = decodeMessage(frame);
    if (decoded.ok && decoded.message.type !== 'awareness') events.received(decoded.message);
  }

  return {
    get isWaiting() {
      return isWanted && connection === null;
    },
    get connection() {
      return connection;
    },
    get generation() {
      return generation;
    },
    closes,
    open: () => {
      if (!isWanted || connection !== null) return;
      connection = relay.connect({ ...entrant(), generation });
      events.opened();
      connection.toRelay.push(encodeMessage({ type: 'syncStep1', stateVector: Y.encodeStateVector(doc) }));
    },
    readNext: () => {
      const next = connection?.toClient.shift();
      if (next === undefined) return false;
      if ('close' in next) {
        ended(next.close);
      } else {
        connection?.delivered.push(next.frame);
        read(next.frame);
      }
      return true;
    },
    readAgain: (index) => {
      const frame = connection?.delivered[index];
      const decoded = frame && decodeMessage(frame);
      if (frame && decoded?.ok && (decoded.message.type === 'update' || decoded.message.type === 'syncStep2')) {
        read(frame);
      }
    },
    cut: () => ended(null),
    connect: () => {
      isWanted = true;
    },
    disconnect: () => {
      isWanted = false;
      ended(null);
    },
    expectGeneration: (next) => {
      generation = next;
    },
    send: (message) => {
      if (acknowledgesItself && message.type === 'barrier') {
        queueMicrotask(() => events.received(message));
        return;
      }
      if (connection?.isOpen) connection.toRelay.push(encodeMessage(message));
    },
    synced: () => {},
    destroy: () => {
      isWanted = false;
      if (connection !== null) relay.lose(connection);
      connection = null;
    },
  };
}
