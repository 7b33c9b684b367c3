/** Writes the deletions of an update as Yjs (version 1) writes them: the counterpart of what scan.ts reads. Judges nothing. */
import * as encoding from 'lib0/encoding';
import type { ScannedDelete } from './scan.ts';

/** The last part of an update: by clientID, its ranges in the order in which they are given. */
export function writeDeletes(encoder: encoding.Encoder, deletes: Iterable<ScannedDelete>): void {
  const byClient = new Map<number, ScannedDelete[]>();
  for (const range of deletes) {
    const ranges = byClient.get(range.client);
    if (ranges === undefined) byClient.set(range.client, [range]);
    else ranges.push(range);
  }
  encoding.writeVarUint(encoder, byClient.size);
  for (const [client, ranges] of byClient) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { clock, length } of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  }
}
