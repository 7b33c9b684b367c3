/**
 * A paused stream of Node goes on taking what its peer sends until it has gathered its high-water mark: of single bytes, tens
 * of thousands of reads. A connection that is not read is to cost nothing: with a mark of one byte it takes one piece more,
 * and the rest stays with the kernel, which holds the peer back. There is no way to set the mark of one connection; without the
 * field pausing is what it was.
 */
import type { Duplex } from 'node:stream';

interface Marked {
  readonly _readableState?: { highWaterMark: number };
}

/** While it is read nothing changes: what comes is handed on at once. */
export function stopWhenPaused(stream: Duplex & Marked): void {
  if (stream._readableState !== undefined) stream._readableState.highWaterMark = 1;
}
