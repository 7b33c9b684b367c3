/** Long messages in slices: what a real client reads of them, and who waits for whom on lines that take bytes when told to. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { BinaryFrames, FRAMED_BYTES } from '../../../sync-server/sync/binary-frame.ts';
import { SlicedSend, SliceTurns } from '../../../sync-server/sync/sliced-send.ts';
import { eventually } from '../../support/eventually.ts';

const TURN_BYTES = 2 * FRAMED_BYTES;

const message = (length: number, seed = 0) => Uint8Array.from({ length }, (_, at) => (at + seed) % 251);

/** A line that takes what is written when it is told to. */
class FakeLine {
  readonly written: Buffer[] = [];
  #taken: (() => void)[] = [];
  write(bytes: Uint8Array, taken?: () => void) {
    this.written.push(Buffer.from(bytes));
    if (taken) this.#taken.push(taken);
    return true;
  }
  cork() {}
  uncork() {}
  take() {
    for (const taken of this.#taken.splice(0)) taken();
  }
  get bytes() {
    return this.written.reduce((sum, { length }) => sum + length, 0);
  }
}

function stage(turns = new SliceTurns({ slicedBytesPerTurn: TURN_BYTES })) {
  const line = new FakeLine();
  const state = { isOpen: true };
  const said = new SlicedSend({
    stream: line as unknown as Duplex,
    turns,
    isOpen: () => state.isOpen,
  });
  return { line, state, said };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A real socket, its other end, and what sends on it. */
async function connected() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const streamOf = new Promise<Duplex>((resolve) => {
    server.once('connection', (_socket, request) => resolve(request.socket));
  });
  const [[socket], stream] = await Promise.all([once(server, 'connection'), streamOf, once(client, 'open')]);
  const heard: Buffer[] = [];
  client.on('message', (data: Buffer) => heard.push(data));
  const relaySide = socket as WebSocket;
  const said = new SlicedSend({
    stream,
    turns: new SliceTurns({ slicedBytesPerTurn: TURN_BYTES }),
    isOpen: () => relaySide.readyState === relaySide.OPEN,
  });
  const end = () => {
    client.terminate();
    server.close();
  };
  return { client, relaySide, said, heard, end };
}

it('[R19] a client reads every message whole and in order, whatever is said between the slices', async () => {
  const { client, relaySide, said, heard, end } = await connected();
  const frames = new BinaryFrames();
  const told = [
    message(FRAMED_BYTES + 1, 1),
    message(10, 2),
    message(2 * FRAMED_BYTES, 3),
    message(3 * 1024 * 1024 + 7, 4),
    message(FRAMED_BYTES, 5),
    message(1, 6),
    message(FRAMED_BYTES * 4, 7),
    message(0),
  ];
  const pings: Buffer[] = [];
  client.on('ping', (payload: Buffer) => pings.push(payload));
  for (const bytes of told) {
    if (bytes.length > FRAMED_BYTES) said.sendLong(bytes);
    else said.sendFrame(frames.of(bytes));
    relaySide.ping('there?');
  }
  await eventually(() => expect(heard.length).toBe(told.length));
  for (const [n, bytes] of told.entries()) expect(Buffer.compare(heard[n] ?? Buffer.alloc(0), bytes)).toBe(0);
  expect(pings.length).toBe(told.length);
  expect(said.waitingBytes).toBe(0);
  end();
});

it('a close comes after all that was said before it', async () => {
  const { client, relaySide, said, heard, end } = await connected();
  const closed = once(client, 'close');
  said.sendLong(message(1024 * 1024));
  said.sendFrame(new BinaryFrames().of(message(3)));
  said.whenSaid(() => relaySide.close(4403, 'no access'));
  const [code] = await closed;
  expect([code, heard.map(({ length }) => length)]).toEqual([4403, [1024 * 1024, 3]]);
  end();
});

it('a peer that closes in the middle of a long message is told no more', async () => {
  const { client, relaySide, said, heard, end } = await connected();
  said.sendLong(message(8 * 1024 * 1024));
  client.close(1000);
  await once(relaySide, 'close');
  expect(heard).toEqual([]);
  await eventually(() => expect(said.waitingBytes).toBe(0));
  end();
});

it('[R19] the next slice waits until the line has taken the last, and all that waits is counted', async () => {
  const { line, said } = stage();
  const frame = new BinaryFrames().of(message(10));
  said.sendLong(message(1024 * 1024));
  said.sendFrame(frame);
  for (let turn = 0; turn < 3; turn++) await nextTurn();
  expect(line.bytes).toBeLessThan(FRAMED_BYTES + 8);
  expect(said.waitingBytes).toBe(1024 * 1024 - FRAMED_BYTES + frame.length);
  while (said.waitingBytes > 0) {
    line.take();
    await nextTurn();
  }
  expect(line.written.at(-1)).toEqual(frame);
});

it('[R19] an answer is under way until the line has taken all of it, or is gone', async () => {
  const { line, said, state } = stage();
  said.sendLong(message(FRAMED_BYTES * 2));
  expect(said.isAnswering).toBe(false);
  said.sendLong(message(FRAMED_BYTES * 3), true);
  const seen: boolean[] = [];
  while (said.waitingBytes > 0) {
    line.take();
    await nextTurn();
    seen.push(said.isAnswering);
  }
  expect([seen.slice(0, -1).every(Boolean), seen.at(-1)]).toEqual([true, false]);
  said.sendLong(message(FRAMED_BYTES * 3), true);
  state.isOpen = false;
  line.take();
  await nextTurn();
  expect([said.isAnswering, said.waitingBytes]).toEqual([false, 0]);
});

it('[R19] a hundred lines that are sent long messages write only so much in one turn, each in its turn', async () => {
  const turns = new SliceTurns({ slicedBytesPerTurn: TURN_BYTES });
  const lines = Array.from({ length: 100 }, () => stage(turns));
  const written = () => lines.reduce((sum, { line }) => sum + line.bytes, 0);
  for (const { said } of lines) said.sendLong(message(3 * FRAMED_BYTES));
  let before = 0;
  for (let turn = 0; turn < 200 && written() < 300 * FRAMED_BYTES; turn++) {
    for (const { line } of lines) line.take();
    expect(written() - before).toBeLessThan(TURN_BYTES + FRAMED_BYTES);
    before = written();
    await nextTurn();
    if (turn === 60) expect(lines.every(({ line }) => line.bytes > 0)).toBe(true);
  }
  expect(lines.every(({ said }) => said.waitingBytes === 0)).toBe(true);
});

it('nothing is kept for a socket that is gone, and nothing is written to one that closes', async () => {
  const gone = stage();
  const closing = stage();
  for (const { said } of [gone, closing]) said.sendLong(message(1024 * 1024));
  gone.said.end();
  closing.state.isOpen = false;
  const before = [gone, closing].map(({ line }) => line.bytes);
  for (const { line } of [gone, closing]) line.take();
  await nextTurn();
  expect([gone, closing].map(({ line }) => line.bytes)).toEqual(before);
  expect([gone, closing].map(({ said }) => said.waitingBytes)).toEqual([0, 0]);
});

it('[R19] of many short messages behind a long one only so many are written at once', async () => {
  const { line, said } = stage();
  said.sendLong(message(FRAMED_BYTES + 1));
  const frame = new BinaryFrames().of(message(98));
  for (let n = 0; n < 5_000; n++) said.sendFrame(frame);
  let largest = 0;
  for (let turn = 0; turn < 30 && said.waitingBytes > 0; turn++) {
    line.take();
    await nextTurn();
    largest = Math.max(largest, ...line.written.map(({ length }) => length));
  }
  expect(said.waitingBytes).toBe(0);
  expect(largest).toBeLessThanOrEqual(FRAMED_BYTES);
  expect(line.bytes).toBe(5_000 * 100 + FRAMED_BYTES + 1 + 4 + 2);
});
