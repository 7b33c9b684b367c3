/** Numbers in memory that is there are the very bytes that lib0 writes. */
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { putVarUint, varUintBytes } from '../../../shared/wire/var-uint.ts';

describe('a number in memory that is there', () => {
  it('is written as lib0 writes it, on both sides of each length', () => {
    const edges = [1, 2, 3, 4, 5, 6, 7].flatMap((bytes) => [2 ** (7 * bytes) - 1, 2 ** (7 * bytes)]);
    for (const value of [0, 1, ...edges, Number.MAX_SAFE_INTEGER]) {
      const expected = encoding.encode((encoder) => encoding.writeVarUint(encoder, value));
      const bytes = new Uint8Array(3 + expected.length).fill(0xee);
      expect(varUintBytes(value)).toBe(expected.length);
      expect(putVarUint(bytes, 2, value)).toBe(2 + expected.length);
      expect([...bytes]).toEqual([0xee, 0xee, ...expected, 0xee]);
    }
  });
});
