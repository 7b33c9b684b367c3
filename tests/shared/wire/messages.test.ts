/** The wire: every message survives its bytes, nothing else is a message, and the format is locked to its version. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CLOSE, closeToName } from '../../../shared/close-codes.ts';
import { WIRE_VERSION } from '../../../shared/versions.ts';
import { syncQuerySchema } from '../../../shared/wire/address.ts';
import {
  decodeMessage,
  encodeMessage,
  helloSchema,
  type Message,
  REFUSAL_REASONS,
  refusalSchema,
} from '../../../shared/wire/messages.ts';
import { encodeOwnership } from '../../../shared/wire/ownership.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ type: fc.constant('syncStep1' as const), stateVector: bytes }),
  fc.record({ type: fc.constantFrom('syncStep2' as const, 'update' as const, 'awareness' as const), update: bytes }),
  fc.record({ type: fc.constant('barrier' as const), number: fc.maxSafeNat() }),
  fc.record({ type: fc.constantFrom('queryAwareness' as const, 'freezing' as const) }),
  fc.record({ type: fc.constant('refused' as const), reason: fc.constantFrom(...REFUSAL_REASONS) }),
  fc.record({
    type: fc.constant('hello' as const),
    hello: fc.record({
      wireVersion: fc.integer(),
      generation: fc.string({ maxLength: 64 }),
      personId: fc.string({ maxLength: 64 }),
      capability: fc.constantFrom('read' as const, 'write' as const),
      documentState: fc.constantFrom('draft' as const, 'freezing' as const, 'frozen' as const),
    }),
  }),
  fc.record({ type: fc.constant('owners' as const), statement: bytes, signature: bytes }),
  fc.record({ type: fc.constant('claim' as const), clientIds: fc.array(fc.maxSafeNat()) }),
  fc.record({ type: fc.constant('clash' as const), clientId: fc.maxSafeNat() }),
  fc.record({
    type: fc.constant('hello' as const),
    hello: fc.record({
      wireVersion: fc.integer(),
      generation: fc.string({ maxLength: 64 }),
      personId: fc.string({ maxLength: 64 }),
      capability: fc.constantFrom('read' as const, 'write' as const),
      documentState: fc.constantFrom('draft' as const, 'freezing' as const, 'frozen' as const),
      isRecovering: fc.constant(true as const),
    }),
  }),
);

describe('messages', () => {
  it('[W1] decode(encode(m)) is m for every message (seed 1)', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeMessage(encodeMessage(sent))).toEqual({ ok: true, message: sent });
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('[W1] any bytes are a message that encodes back to them, or are refused, and nothing is thrown (seed 2)', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, fc.tuple(fc.constantFrom(0, 1, 3, 100, 101, 102, 103, 104, 105), bytes)), (input) => {
        const frame = input instanceof Uint8Array ? input : Uint8Array.of(input[0], ...input[1]);
        const decoded = decodeMessage(frame);
        if (decoded.ok) expect(encodeMessage(decoded.message)).toEqual(frame);
      }),
      { seed: 2, numRuns: 20_000 },
    );
  });

  it('[W1] a number written longer than it needs is refused: one message has one form', () => {
    expect(decodeMessage(Uint8Array.of(100, 5))).toEqual({ ok: true, message: { type: 'barrier', number: 5 } });
    expect(decodeMessage(Uint8Array.of(100, 0x85, 0))).toEqual({ ok: false, reason: 'bad-content' });
    expect(decodeMessage(Uint8Array.of(0x80 | 3, 0))).toEqual({ ok: false, reason: 'bad-content' });
  });

  it('[W1] a truncated message is refused at every length', () => {
    const whole = encodeMessage({ type: 'refused', reason: 'frozen' });
    for (let end = 0; end < whole.length; end++) expect(decodeMessage(whole.subarray(0, end)).ok).toBe(false);
  });
});

describe('the version', () => {
  /** What WIRE_VERSION 2 stands for. Changed on purpose: raise the version, then write the new hash here. */
  const LOCKED = { version: 2, hash: '9d79be9873ece420' };

  it('[W2] changing the format of shared/wire without changing WIRE_VERSION fails here', () => {
    const hash = createHash('sha256');
    const payload = Uint8Array.of(1, 2, 3);
    const hello = {
      generation: 'g',
      personId: 'p',
      wireVersion: 1,
      capability: 'read',
      documentState: 'draft',
    } as const;
    const samples: Message[] = [
      { type: 'syncStep1', stateVector: payload },
      { type: 'syncStep2', update: payload },
      { type: 'update', update: payload },
      { type: 'awareness', update: payload },
      { type: 'queryAwareness' },
      { type: 'barrier', number: 300 },
      { type: 'hello', hello },
      ...REFUSAL_REASONS.map((reason) => ({ type: 'refused', reason }) as const),
      { type: 'freezing' },
      { type: 'owners', statement: payload, signature: payload },
      { type: 'claim', clientIds: [1, 300] },
      { type: 'clash', clientId: 300 },
    ];
    for (const sample of samples) hash.update(encodeMessage(sample));
    for (const schema of [helloSchema, refusalSchema]) hash.update(JSON.stringify(z.toJSONSchema(schema)));
    hash.update(Object.keys(syncQuerySchema.shape).join());
    hash.update(JSON.stringify(CLOSE));
    hash.update(encodeOwnership({ room: 'r', generation: 'g', isWhole: true, ownersByClient: new Map([[300, 'p']]) }));
    expect({ version: WIRE_VERSION, hash: hash.digest('hex').slice(0, 16) }).toEqual(LOCKED);
  });
});

describe('close codes', () => {
  it('fit what y-websocket 3.1 does: 4400–4499 stop, everything else retries', () => {
    for (const { code, reason, retry } of Object.values(CLOSE)) {
      expect(retry).toBe(code < 4400 || code > 4499);
      expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(123);
    }
  });

  it('are told apart by code and reason together', () => {
    for (const [name, { code, reason }] of Object.entries(CLOSE)) expect(closeToName(code, reason)).toBe(name);
    expect(closeToName(1006, '')).toBeNull();
  });
});
