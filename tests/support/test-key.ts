/** A signing key for tests without a disk: whoever holds these bytes can sign, and the same bytes always get the same signature. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey } from '../../sync-server/store/signing-key.ts';

const sign = (bytes: Uint8Array): Uint8Array => createHmac('sha512', 'the key of the tests').update(bytes).digest();

export const TEST_KEY: Pick<SigningKey, 'sign' | 'verify'> = {
  sign,
  verify: (bytes, signature) => signature.length === 64 && timingSafeEqual(sign(bytes), signature),
};
