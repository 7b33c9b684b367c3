/** Statements about owners survive their bytes; anything else is no statement. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOwnership, encodeOwnership } from '../../../shared/wire/ownership.ts';

const ownership = fc.record({
  room: fc.string({ maxLength: 60 }),
  generation: fc.string({ maxLength: 40 }),
  isWhole: fc.boolean(),
  ownersByClient: fc
    .array(fc.tuple(fc.maxSafeNat(), fc.constantFrom('一', '二', '三')))
    .map((pairs) => new Map<number, string>(pairs)),
});

describe('a statement about owners', () => {
  it('[W1] says the same after encoding and decoding (seed 3)', () => {
    fc.assert(
      fc.property(ownership, (said) => {
        expect(decodeOwnership(encodeOwnership(said))).toEqual(said);
      }),
      { seed: 3 },
    );
  });

  it('[W1] cut off anywhere, or with anything behind it, is none, and nothing is thrown (seed 4)', () => {
    fc.assert(
      fc.property(ownership, fc.uint8Array({ minLength: 1, maxLength: 9 }), (said, more) => {
        const bytes = encodeOwnership(said);
        for (let end = 0; end < bytes.length; end++) expect(decodeOwnership(bytes.subarray(0, end))).toBeNull();
        expect(decodeOwnership(Uint8Array.of(...bytes, ...more))).toBeNull();
        expect(decodeOwnership(more)).toBeNull();
      }),
      { seed: 4, numRuns: 50 },
    );
  });
});
