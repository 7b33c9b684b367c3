/** Bytes that are kept while others come: a part of a larger piece of memory would keep all of it, and what Node allots is one too. */

/** The same bytes in memory of their own size. */
export function inOwnMemory(bytes: Uint8Array): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}
