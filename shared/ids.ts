/**
 * Ids. Everything a person makes gets a uuid on their own device, so that it exists before any server knows of it; what
 * two people may make of one thing at once has a uuid that follows from that thing. Events get a ulid, so that they sort
 * by the time their author made them. Randomness comes from the caller.
 */
import { digest } from 'lib0/hash/sha256';
import * as lib0String from 'lib0/string';
import { z } from 'zod';

/** A lower-case uuid, as `crypto.randomUUID()` makes it. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** The uuid (version 8) that belongs to a name, the same everywhere. */
export function uuidOfName(name: string): string {
  const bytes = digest(lib0String.encodeUtf8(name)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

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
