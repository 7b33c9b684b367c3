/**
 * Ids. Everything a person makes gets a uuid on their own device, so that it exists before any server knows of it;
 * events get a ulid, so that they sort by the time their author made them. Randomness comes from the caller.
 */
import { z } from 'zod';

/** A lower-case uuid, as `crypto.randomUUID()` makes it. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters of Crockford base 32: 10 of time (ms), 16 of randomness. */
export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

/**
 * A new ulid.
 * @param nowMs milliseconds since 1970
 * @param randomBytes returns that many random bytes
 */
export function makeUlid(nowMs: number, randomBytes: (count: number) => Uint8Array): string {
  let time = '';
  let rest = Math.floor(nowMs);
  for (let i = 0; i < 10; i++) {
    time = CROCKFORD.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (const byte of randomBytes(16)) tail += CROCKFORD.charAt(byte % 32);
  return time + tail;
}
