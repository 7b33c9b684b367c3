/**
 * Sockets that share what they read with: in whatever pieces everybody's bytes come, in whatever order, each hears its own messages
 * and nothing else; who says nothing has nothing to read with; what ends or breaks takes nobody with it.
 */
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { HeardSocket, tellOfPieces } from '../../../sync-server/sync/heard-socket.ts';
import { SpareReceivers } from '../../../sync-server/sync/spare-receivers.ts';
import { randomFrom } from '../../support/random.ts';
import { frameOf } from './client-frames.ts';

const TEXT = 0x1;
const BINARY = 0x2;
const CONTINUED = 0x0;
const CLOSE = 0x8;
const PING = 0x9;
const OPTIONS = { isServer: true, maxPayload: 1 << 20, maxBufferedChunks: 10_000, maxFragments: 10_000 } as const;

/** As the library's server makes one. */
const ServedSocket = HeardSocket as unknown as new (
  address: null,
  protocols: undefined,
  options: object,
) => HeardSocket & { setSocket(stream: Duplex, head: Buffer, options: object): void };

/** A house of sockets whose connections hand over exactly the pieces they are given. */
function house() {
  const receivers = new SpareReceivers(OPTIONS);
  return async () => {
    const written: Buffer[] = [];
    const stream = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        written.push(chunk);
        done();
      },
    });
    const socket = new ServedSocket(null, undefined, { autoPong: false });
    const isRead = once(stream, 'resume');
    socket.setSocket(stream, Buffer.alloc(0), OPTIONS);
    const heard: string[] = [];
    socket.binaryType = 'nodebuffer';
    socket.failed = ({ message }) => heard.push(message);
    socket.hearer = {
      message: (data, isBinary) => heard.push(`${isBinary ? '' : 'text '}${data.toString()}`),
      ping: (payload) => heard.push(`ping ${payload}`),
      pong: (payload) => heard.push(`pong ${payload}`),
      closed: () => heard.push('closed'),
    };
    tellOfPieces(stream, { pieceComes: () => {}, pieceWasRead: () => socket.rest() });
    socket.receivers = receivers;
    socket.rest();
    await isRead;
    const comes = (...pieces: Uint8Array[]) => {
      // Copies: the library unmasks where the bytes are.
      for (const piece of pieces) stream.push(Buffer.from(piece));
    };
    return { socket, stream, heard, written, comes, isAtRest: () => socket._reading === null };
  };
}

describe('[R23] sockets that share what they read with', () => {
  it('have none while they say nothing, and each hears what comes to it', async () => {
    const open = house();
    const [a, b] = [await open(), await open()];
    expect([a.isAtRest(), b.isAtRest()]).toEqual([true, true]);
    a.comes(frameOf(BINARY, Buffer.from('甲')));
    b.comes(frameOf(TEXT, Buffer.from('乙')), frameOf(PING, Buffer.from('?')));
    expect([a.heard, b.heard]).toEqual([['甲'], ['text 乙', 'ping ?']]);
    expect([a.isAtRest(), b.isAtRest()]).toEqual([true, true]);
  });

  it('keep the half of a frame and the fragments of a message to themselves', async () => {
    const open = house();
    const [a, b, c] = [await open(), await open(), await open()];
    const whole = frameOf(BINARY, Buffer.from('一句话'));
    a.comes(whole.subarray(0, 1));
    b.comes(frameOf(BINARY, Buffer.from('半'), { isLast: false }), frameOf(PING, Buffer.from('b')));
    expect([a.isAtRest(), b.isAtRest()]).toEqual([false, false]);
    c.comes(frameOf(BINARY, Buffer.from('整')), frameOf(BINARY, Buffer.from('整')));
    a.comes(whole.subarray(1, 8));
    b.comes(frameOf(CONTINUED, Buffer.alloc(0), { isLast: false }));
    c.comes(whole);
    a.comes(whole.subarray(8));
    b.comes(frameOf(CONTINUED, Buffer.from('句')));
    expect([a.heard, b.heard, c.heard]).toEqual([['一句话'], ['ping b', '半句'], ['整', '整', '一句话']]);
    expect([a, b, c].every((one) => one.isAtRest())).toBe(true);
  });

  it('each hear every message once, whatever the pieces and their order', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { int: below } = randomFrom(seed);
      const open = house();
      const people = await Promise.all(
        Array.from({ length: 2 + below(40) }, async (_, n) => {
          const one = await open();
          const said: string[] = [];
          const bytes: Buffer[] = [];
          for (let at = 0; at < 12; at++) {
            const words = `${n}.${at} ${'字'.repeat(below(5) === 0 ? below(30_000) : below(40))}`;
            const mask = Buffer.from([below(256), below(256), below(256), below(256)]);
            const payload = Buffer.from(words);
            const cut = below(payload.length);
            if (below(3) > 0) bytes.push(frameOf(BINARY, payload, { mask }));
            else {
              bytes.push(frameOf(BINARY, payload.subarray(0, cut), { isLast: false, mask }));
              if (below(2) === 0) {
                bytes.push(frameOf(PING, Buffer.from(`${at}`), { mask }));
                said.push(`ping ${at}`);
              }
              bytes.push(frameOf(CONTINUED, payload.subarray(cut), { mask }));
            }
            said.push(words);
          }
          return { ...one, said, rest: Buffer.concat(bytes) };
        }),
      );
      for (let left = people; left.length > 0; left = left.filter(({ rest }) => rest.length > 0)) {
        const one = left[below(left.length)];
        if (one === undefined) break;
        const length = below(3) === 0 ? 1 + below(3) : 1 + below(20_000);
        one.comes(one.rest.subarray(0, length));
        one.rest = one.rest.subarray(length);
      }
      for (const { heard, said } of people) await vi.waitFor(() => expect(heard).toEqual(said));
    }
  });

  it('go on after a large piece, whether the library waited after it or not', async () => {
    const open = house();
    const [a, b] = [await open(), await open()];
    const long = 'x'.repeat(40_000);
    const bytes = frameOf(BINARY, Buffer.from(long));
    a.comes(bytes.subarray(0, 20_000));
    b.comes(frameOf(BINARY, Buffer.from('乙')));
    a.comes(bytes.subarray(20_000));
    await vi.waitFor(() => expect(a.heard).toEqual([long]));
    await vi.waitFor(() => expect(a.stream.isPaused()).toBe(false));
    a.comes(frameOf(BINARY, Buffer.from('甲')));
    expect([a.heard[1], b.heard]).toEqual(['甲', ['乙']]);
    expect(a.isAtRest()).toBe(true);
  });

  it('are not touched by what is malformed, [R5] which ends the one it came on', async () => {
    const open = house();
    const [a, b] = [await open(), await open()];
    a.comes(Buffer.concat([frameOf(BINARY, Buffer.from('甲')), Buffer.from([0xf2, 0x80])]));
    expect(a.isAtRest()).toBe(false);
    b.comes(frameOf(BINARY, Buffer.from('乙')));
    await vi.waitFor(() => expect(a.heard).toContain('Invalid WebSocket frame: RSV2 and RSV3 must be clear'));
    expect(Buffer.concat(a.written).readUInt16BE(2)).toBe(1002);
    b.comes(frameOf(BINARY, Buffer.from('丙')));
    expect(b.heard).toEqual(['乙', '丙']);
  });

  it('close one by one, from rest and from the middle of a message', async () => {
    const open = house();
    const [asked, asking, cut, torn, other] = [await open(), await open(), await open(), await open(), await open()];
    torn.comes(frameOf(BINARY, Buffer.from('半')).subarray(0, 7));
    asked.comes(frameOf(CLOSE, Buffer.from([0x03, 0xe8])));
    asking.socket.close(1000);
    asking.comes(frameOf(CLOSE, Buffer.from([0x03, 0xe8])));
    cut.socket.terminate();
    torn.stream.push(null);
    for (const one of [asked, asking]) one.stream.push(null);
    for (const one of [asked, asking, cut, torn]) await vi.waitFor(() => expect(one.heard).toEqual(['closed']));
    other.comes(frameOf(BINARY, Buffer.from('还在')));
    expect(other.heard).toEqual(['还在']);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
  });

  it('ping, pause and are read again without anything to read with', async () => {
    const open = house();
    const [a, b] = [await open(), await open()];
    a.socket.ping();
    a.socket.pause();
    a.socket.resume();
    expect([a.isAtRest(), a.written.length]).toEqual([true, 1]);
    b.comes(frameOf(BINARY, Buffer.from('乙')));
    await vi.waitFor(() => expect(a.stream.isPaused()).toBe(false));
    a.comes(frameOf(BINARY, Buffer.from('甲')));
    expect([a.heard, b.heard]).toEqual([['甲'], ['乙']]);
  });
});
