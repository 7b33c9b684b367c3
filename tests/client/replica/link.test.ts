/** The wrapped stock provider: what it says about itself, what it never does by itself, and how it ends. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { openLink } from '../../../client/replica/link.ts';
import type { Link } from '../../../client/replica/room-parts.ts';
import { CLOSE, type CloseName } from '../../../shared/close-codes.ts';
import { WIRE_VERSION } from '../../../shared/versions.ts';
import { decodeMessage, encodeMessage, type Message } from '../../../shared/wire/messages.ts';

/** A socket that opens, speaks and closes when a test says so. */
class ScriptedSocket {
  static made: ScriptedSocket[] = [];
  readonly OPEN = 1;
  readyState = 0;
  binaryType = '';
  readonly sent: Uint8Array[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    ScriptedSocket.made.push(this);
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(message: Message): void {
    this.onmessage?.({ data: encodeMessage(message).slice().buffer as ArrayBuffer });
  }

  end(name: CloseName): void {
    this.readyState = 3;
    this.onclose?.(CLOSE[name]);
  }

  get messages(): (Message | string)[] {
    return this.sent.map((bytes) => {
      const decoded = decodeMessage(bytes);
      return decoded.ok ? decoded.message : decoded.reason;
    });
  }
}

const ADDRESS = { documentId: '00000000-0000-4000-8000-000000000001', room: 'body' } as const;
let link: Link | null = null;

function setting() {
  ScriptedSocket.made = [];
  const doc = new Y.Doc();
  const closed: (CloseName | null)[] = [];
  const received: Message[] = [];
  let opened = 0;
  const made = openLink(
    {
      origin: 'https://concord.example',
      WebSocket: ScriptedSocket as unknown as typeof WebSocket,
      random: { bytes: (count) => new Uint8Array(count).fill(128), uuid: () => '' },
      log: () => {},
    },
    ADDRESS,
    'person-1',
    { doc, awareness: new Awareness(doc) },
    {
      opened: () => opened++,
      closed: (name) => closed.push(name),
      received: (message) => received.push(message),
    },
  );
  link = made;
  const socket = () => {
    const last = ScriptedSocket.made.at(-1);
    if (last === undefined) throw new Error('no socket was made');
    return last;
  };
  return { doc, link: made, closed, received, socket, openings: () => opened };
}

afterEach(() => {
  link?.destroy();
  vi.useRealTimers();
});

describe('the address', () => {
  it('[C9] names the person, both versions, and the store only once it is known', () => {
    const { link, socket } = setting();
    link.expectGeneration(null);
    link.connect();
    const first = new URL(socket().url);
    expect(first.origin + first.pathname).toBe(`wss://concord.example/sync/${ADDRESS.documentId}/body`);
    expect(Object.fromEntries(first.searchParams)).toEqual({
      as: 'person-1',
      v: String(WIRE_VERSION),
      sv: expect.any(String),
    });
    link.disconnect();
    link.expectGeneration('store-7');
    link.connect();
    expect(new URL(socket().url).searchParams.get('gen')).toBe('store-7');
  });
});

describe('what it sends', () => {
  it('is SyncStep1 and presence on opening, then only what it is told to', () => {
    const { doc, link, socket, openings } = setting();
    link.expectGeneration(null);
    link.connect();
    socket().open();
    expect(openings()).toBe(1);
    expect(socket().messages.map((message) => typeof message !== 'string' && message.type)).toEqual([
      'syncStep1',
      'awareness',
    ]);
    doc.getText('prose').insert(0, '甲');
    expect(socket().sent.length).toBe(2);
    link.send({ type: 'barrier', number: 7 });
    expect(socket().messages.at(-1)).toEqual({ type: 'barrier', number: 7 });
  });

  it('is no answer of its own to what the relay says: that is for the session to decide', () => {
    const { doc, link, socket, received } = setting();
    link.expectGeneration(null);
    link.connect();
    socket().open();
    const other = new Y.Doc();
    other.getText('prose').insert(0, '乙');
    socket().say({ type: 'syncStep1', stateVector: Y.encodeStateVector(other) });
    socket().say({ type: 'syncStep2', update: Y.encodeStateAsUpdate(other) });
    socket().say({ type: 'barrier', number: 3 });
    socket().say({ type: 'freezing' });
    expect(received.map(({ type }) => type)).toEqual(['syncStep1', 'syncStep2', 'barrier', 'freezing']);
    expect(socket().sent.length).toBe(2);
    expect(doc.getText('prose').toString()).toBe('');
  });
});

describe('closing', () => {
  it('[C3] does not come back after any close without retry, and does after the others', async () => {
    vi.useFakeTimers();
    for (const [name, row] of Object.entries(CLOSE) as [CloseName, (typeof CLOSE)[CloseName]][]) {
      const { link, socket, closed } = setting();
      link.expectGeneration(null);
      link.connect();
      socket().open();
      socket().end(name);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(closed, name).toEqual([name]);
      expect(ScriptedSocket.made.length, name).toBe(row.retry ? 2 : 1);
      link.destroy();
    }
  });

  it('comes back later and later, never all clients in the same moment', async () => {
    vi.useFakeTimers();
    const { link, socket } = setting();
    link.expectGeneration(null);
    link.connect();
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      const count = ScriptedSocket.made.length;
      socket().end('draining');
      let waitedMs = 0;
      while (ScriptedSocket.made.length === count && waitedMs < 60_000) {
        await vi.advanceTimersByTimeAsync(50);
        waitedMs += 50;
      }
      waits.push(waitedMs);
    }
    expect(waits[0]).toBeLessThanOrEqual(200);
    expect(waits.at(-1)).toBeGreaterThan(15_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(30_000);
  });
});

it('the stock provider still keeps its own sending where we take it out', () => {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider('wss://concord.example', 'room', doc, {
    connect: false,
    WebSocketPolyfill: ScriptedSocket as unknown as typeof WebSocket,
  });
  expect(typeof provider._updateHandler).toBe('function');
  expect(doc._observers.get('update')?.has(provider._updateHandler)).toBe(true);
  provider.destroy();
});
