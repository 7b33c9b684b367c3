/**
 * Bytes that are kept while others come: what came may be a part of some larger piece of memory, which is not to be kept for it, and
 * what Node allots to a short buffer is such a part too.
 */

/** The same bytes in memory of their own size; what is short costs no more than any object. */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** The same as what the library reads. */
export function ownBuffer(bytes: Uint8Array): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}
