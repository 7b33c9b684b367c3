import { describe, expect, it } from 'vitest';
import { keptBytes, MessageMemory } from '../../../sync-server/room/message-memory.ts';

const PIECE_BYTES = 64 * 1024;

describe('memory for short messages', () => {
  it('gives each message bytes that no other message has, also where a piece is full', () => {
    const memory = new MessageMemory();
    const messages = Array.from({ length: 2_000 }, (_, n) => memory.take((n % 125) + 1).fill(n % 251));
    messages.forEach((message, n) => {
      expect(message).toEqual(new Uint8Array((n % 125) + 1).fill(n % 251));
    });
    expect(new Set(messages.map(({ buffer }) => buffer)).size).toBe(2);
    for (const { buffer } of messages) expect(buffer.byteLength).toBe(PIECE_BYTES);
  });

  it('keeps what is in it as it is, and copies what is a part of anything else', () => {
    const message = new MessageMemory().take(3);
    const update = message.subarray(1);
    expect(keptBytes(update)).toBe(update);

    const read = Buffer.alloc(PIECE_BYTES, 7).subarray(10, 13);
    const kept = keptBytes(read);
    expect(kept).toEqual(Uint8Array.of(7, 7, 7));
    expect(kept.buffer.byteLength).toBe(3);
    read.fill(0);
    expect(kept).toEqual(Uint8Array.of(7, 7, 7));
  });
});
