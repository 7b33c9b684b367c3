/**
 * Short messages read past the stream and the library, over real connections: whatever comes in whatever pieces is heard as the
 * library alone would have it, in the same order; what is not a short message still goes through it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { type DirectReader, DirectReading } from '../../../sync-server/sync/direct-reading.ts';
import { HeardSocket, tellOfPieces } from '../../../sync-server/sync/heard-socket.ts';
import { SpareReceivers } from '../../../sync-server/sync/spare-receivers.ts';
import { randomFrom } from '../../support/random.ts';
import { frameOf } from './client-frames.ts';

const BINARY = 0x2;
const TEXT = 0x1;
const CONTINUED = 0x0;
const PING = 0x9;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server's socket and who is at its other end. */
async function meet({ isDirect = true } = {}) {
  const heard: string[] = [];
  let sentBytes = 0;
  let readBytes = 0;
  let streamed = 0;
  const sockets = new WebSocketServer({ noServer: true, WebSocket: HeardSocket, autoPong: false, maxPayload: 1 << 20 });
  const options = { isServer: true, maxPayload: 1 << 20, maxBufferedChunks: 100_000, maxFragments: 1_000 } as const;
  const receivers = new SpareReceivers(options);
  const server = createServer();
  const met = new Promise<HeardSocket>((resolve) => {
    server.on('upgrade', (request, stream, head) => {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const reader: DirectReader = {
          begun: null,
          get isBetweenMessages() {
            return socket._reading === null;
          },
          pieceComes: () => {},
          pieceWasRead: (bytes) => {
            socket.rest();
            readBytes += bytes;
          },
          message: (data, isBinary) =>
            heard.push(`${isBinary ? 'binary' : 'text'} ${Buffer.from(data).toString('hex')}`),
        };
        socket.binaryType = 'nodebuffer';
        socket.failed = ({ message }) => heard.push(message);
        socket.hearer = {
          message: (data, isBinary) => reader.message(data as Buffer, isBinary),
          ping: (payload) => heard.push(`ping ${payload.toString('hex')}`),
          pong: (payload) => heard.push(`pong ${payload.toString('hex')}`),
          closed: () => heard.push('closed'),
        };
        tellOfPieces(stream, reader);
        stream.on('data', () => streamed++);
        socket.receivers = receivers;
        socket.rest();
        if (isDirect) new DirectReading().begin(stream);
        resolve(socket);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const peer = connect(port, '127.0.0.1').setNoDelay(true);
  const head =
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  peer.write(`${head}Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`);
  const socket = await met;
  await once(peer, 'data');
  ends.push(
    () => socket.terminate(),
    () => peer.destroy(),
    () => server.close(),
  );
  return {
    socket,
    peer,
    heard,
    streamed: () => streamed,
    readBytes: () => readBytes,
    /** Each is read before the next is sent. */
    async sends(...pieces: readonly Uint8Array[]) {
      for (const piece of pieces) {
        sentBytes += piece.length;
        peer.write(piece);
        await vi.waitFor(() => expect(readBytes).toBeGreaterThanOrEqual(sentBytes), { interval: 1, timeout: 5_000 });
      }
    },
  };
}

it('whole short messages are heard, and the stream and the library know nothing of them', async () => {
  const { heard, sends, streamed } = await meet();
  await sends(
    frameOf(BINARY, Buffer.from('甲')),
    Buffer.concat([1, 2, 3].map((n) => frameOf(BINARY, Buffer.from([n])))),
  );
  await sends(frameOf(BINARY, Buffer.alloc(0)), frameOf(BINARY, Buffer.alloc(125, 7)));
  const hex = (byte: string, count: number) => `binary ${byte.repeat(count)}`;
  expect(heard).toEqual(['binary e794b2', 'binary 01', 'binary 02', 'binary 03', 'binary ', hex('07', 125)]);
  expect(streamed()).toBe(0);
});

it('a short message that comes in two pieces, cut anywhere, is heard once it is whole, and past the library too', async () => {
  const { heard, sends, streamed } = await meet();
  const message = frameOf(BINARY, Buffer.from('一句话'));
  for (let at = 1; at < message.length; at++) {
    // In one piece with the whole one before it, as when much is written at once.
    await sends(Buffer.concat([message, message.subarray(0, at)]));
    expect(heard).toHaveLength(2 * at - 1);
    await sends(message.subarray(at));
    expect(heard).toHaveLength(2 * at);
  }
  await sends(...Array.from(message, (byte) => Uint8Array.of(byte)));
  expect(new Set(heard)).toEqual(new Set([`binary ${Buffer.from('一句话').toString('hex')}`]));
  expect([heard.length, streamed()]).toEqual([2 * message.length - 1, 0]);
});

it.each(
  Array.from({ length: 12 }, (_, seed) => seed),
)('in any pieces, among anything else, all is heard as the library alone hears it (seed %i)', async (seed) => {
  const random = randomFrom(seed);
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => random.int(256)));
  const thing = () =>
    random.pick([
      () => [frameOf(BINARY, bytes(random.int(126)))],
      () => [frameOf(BINARY, bytes(random.int(126)))],
      () => [frameOf(BINARY, bytes(126 + random.int(3_000)))],
      () => [frameOf(TEXT, Buffer.from('words'))],
      () => [frameOf(PING, bytes(3))],
      () => [
        frameOf(BINARY, bytes(5), { isLast: false }),
        frameOf(PING, bytes(1)),
        frameOf(CONTINUED, bytes(random.int(200))),
      ],
    ])();
  const all = Buffer.concat(Array.from({ length: 30 }, thing).flat());
  const pieces: Buffer[] = [];
  for (let at = 0; at < all.length; ) {
    const length = random.int(3) === 0 ? 1 + random.int(8) : 1 + random.int(400);
    pieces.push(all.subarray(at, at + length));
    at += length;
  }
  const [direct, usual] = [await meet(), await meet({ isDirect: false })];
  await Promise.all([direct.sends(...pieces), usual.sends(...pieces)]);
  expect(direct.heard).toEqual(usual.heard);
  expect(direct.heard.length).toBeGreaterThan(29);
});

it('[R5] what is malformed closes the socket as ever, with a short message before it heard', async () => {
  const { heard, peer } = await meet();
  // The second one is not masked.
  peer.write(Buffer.concat([frameOf(BINARY, Buffer.from([1])), Buffer.from([0x82, 1, 2])]));
  await once(peer, 'close');
  await vi.waitFor(() => expect(heard.at(-1)).toBe('closed'));
  expect(heard[0]).toBe('binary 01');
  expect(heard).toHaveLength(3);
});

it('[R19] a socket that is not read reads nothing, and all of it when it is read again', async () => {
  const { heard, peer, socket, sends, readBytes } = await meet();
  await sends(frameOf(BINARY, Buffer.from([1])));
  const before = readBytes();
  socket.pause();
  peer.write(frameOf(BINARY, Buffer.from([2])));
  // It has come when somebody else's bytes, sent after them, have.
  const other = await meet();
  await other.sends(frameOf(BINARY, Buffer.from([9])));
  expect([heard, readBytes()]).toEqual([['binary 01'], before]);
  socket.resume();
  await vi.waitFor(() => expect(heard).toEqual(['binary 01', 'binary 02']));
});

it('a connection of another kind is read as ever', () => {
  const stream = new Duplex({ read() {}, write() {} });
  const before = Reflect.ownKeys(stream).length;
  new DirectReading().begin(stream);
  expect(Reflect.ownKeys(stream)).toHaveLength(before);
});
