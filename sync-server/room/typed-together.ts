/**
 * What one person typed between two commits, key by key, as the one piece of text that Yjs makes of it anyway: a colleague's page
 * takes in one struct instead of many, and the relay reads no more of the updates than their heads. Joins bytes; what is not such
 * typing is none of its business (joined-updates.ts).
 */
import * as encoding from 'lib0/encoding';
import { readContinuation } from '../gate/continuation.ts';
import { isSameId } from '../gate/struct-id.ts';

/** The same words as one update; null unless each of these goes on where the one before ended, before the same. */
export function joinTyping(updates: readonly Uint8Array[]): Uint8Array | null {
  const [first] = updates;
  const begins = first === undefined ? null : readContinuation(first);
  if (first === undefined || begins === null) return null;
  const text = [first.subarray(begins.textFrom, -1)];
  let clock = begins.clock + begins.length;
  for (const update of updates.slice(1)) {
    const words = readContinuation(update);
    const goesOn = words?.client === begins.client && words.clock === clock;
    if (!goesOn || !isSameId(words.rightOrigin, begins.rightOrigin)) return null;
    text.push(update.subarray(words.textFrom, -1));
    clock += words.length;
  }
  const encoder = encoding.createEncoder();
  encoding.writeUint8Array(encoder, first.subarray(0, begins.lengthFrom));
  encoding.writeVarUint(
    encoder,
    text.reduce((bytes, { length }) => bytes + length, 0),
  );
  for (const piece of text) encoding.writeUint8Array(encoder, piece);
  // No deletions.
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}
