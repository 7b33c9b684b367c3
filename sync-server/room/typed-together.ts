/**
 * What one person typed between two commits as one update: a colleague's page takes in one struct instead of many, and the relay
 * reads no more of the updates than their heads. What is not such typing is none of its business (joined-updates.ts).
 */
import * as encoding from 'lib0/encoding';
import { readContinuation } from '../gate/continuation.ts';
import { TypedRun, writeRuns } from './typed-run.ts';

/** The same words as one update; null unless each of these goes on where the one before ended, before the same. */
export function joinTyping(updates: readonly Uint8Array[]): Uint8Array | null {
  let run: TypedRun | null = null;
  for (const update of updates) {
    const words = readContinuation(update);
    if (words === null) return null;
    run ??= new TypedRun(words);
    if (!run.goesOnWith(words)) return null;
    run.add(update, words);
  }
  if (run === null) return null;
  const runsByClient = new Map([[run.begins.client, [run]]]);
  return encoding.encode((encoder) => writeRuns(encoder, runsByClient));
}
