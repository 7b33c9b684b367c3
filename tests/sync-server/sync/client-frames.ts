/** WebSocket frames made by hand, as clients send them: whole, cut up, or of kinds that ours never send. */

const FIN = 0x80;

/** A frame as a client sends it, masked. */
export function frameOf(
  opcode: number,
  payload: Buffer,
  { isLast = true, mask = Buffer.from([7, 1, 9, 3]) } = {},
): Buffer {
  const length = payload.length;
  const head =
    length < 126
      ? Buffer.from([0, 0x80 | length])
      : length < 0x10000
        ? Buffer.from([0, 0x80 | 126, length >> 8, length & 0xff])
        : Buffer.from([
            0,
            0x80 | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 0xff,
            (length >> 8) & 0xff,
            length & 0xff,
          ]);
  head[0] = opcode | (isLast ? FIN : 0);
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}
