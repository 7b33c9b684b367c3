/**
 * What one person typed between two commits as one update: a colleague's page takes in one struct instead of many, and the relay
 * reads no more of the updates than their heads. What is not such typing is none of its business (joined-updates.ts).
 */
import { putVarUint, varUintBytes } from '../../shared/wire/var-uint.ts';
import { type Continuation, goesOnWith, readContinuation, textBytesOf } from '../gate/continuation.ts';

/** The same words as one update; null unless each of these goes on where the one before ended, before the same. */
export function joinTyping(updates: readonly Uint8Array[]): Uint8Array | null {
  const all: Continuation[] = [];
  let textBytes = 0;
  for (const update of updates) {
    const words = readContinuation(update);
    const last = all.at(-1);
    if (words === null || (last !== undefined && !goesOnWith(last, words))) return null;
    all.push(words);
    textBytes += textBytesOf(update, words);
  }
  const [update] = updates;
  const [begins] = all;
  if (update === undefined || begins === undefined) return null;
  // All that stands before its text, and how long that is.
  const headBytes = begins.textFrom - varUintBytes(textBytesOf(update, begins));
  const joined = new Uint8Array(headBytes + varUintBytes(textBytes) + textBytes + 1);
  for (let at = 0; at < headBytes; at++) joined[at] = update[at] ?? 0;
  let end = putVarUint(joined, headBytes, textBytes);
  // The last byte says that nothing is deleted: 0.
  updates.forEach((one, n) => {
    for (let at = all[n]?.textFrom ?? one.length; at < one.length - 1; at++) joined[end++] = one[at] ?? 0;
  });
  return joined;
}
