/** Our frames are the frames every WebSocket client reads: held against the receiving half of the library. */
import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { BinaryFrames, FRAMED_BYTES } from '../../../sync-server/sync/binary-frame.ts';

/** Exported by the library, left out of its types. */
const { Receiver } = createRequire(import.meta.url)('ws') as {
  Receiver: new (options: { isServer: boolean; binaryType: string }) => Writable;
};

function received(frame: Buffer): Promise<Buffer> {
  const receiver = new Receiver({ isServer: false, binaryType: 'nodebuffer' });
  return new Promise((resolve, reject) => {
    receiver.on('message', resolve);
    receiver.on('error', reject);
    receiver.end(frame);
  });
}

it.each([
  0,
  1,
  125,
  126,
  127,
  255,
  256,
  1_000,
  FRAMED_BYTES,
])('a message of %i bytes arrives as it was', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
  expect([...(await received(new BinaryFrames().of(bytes)))]).toEqual([...bytes]);
});

it('the same bytes are framed once, others anew', () => {
  const frames = new BinaryFrames();
  const bytes = Uint8Array.of(1, 2);
  const first = frames.of(bytes);
  expect(frames.of(bytes)).toBe(first);
  expect([...frames.of(Uint8Array.of(3))]).toEqual([0x82, 1, 3]);
  expect([...frames.of(bytes)]).toEqual([...first]);
});
