/**
 * What a held edit deletes that others have deleted since it was handed in: told from the rows of the log after it, since a
 * document does not say who deleted what, or when. Bounded: of what is older than the newest rows nothing is said.
 */
import type { DeletedSince, Held } from '../../shared/held.ts';
import { type ScannedDelete, scanUpdate } from '../gate/scan.ts';
import type { Limits } from '../limits.ts';
import type { Database } from './sqlite.ts';

interface Row {
  readonly name: string;
  readonly payload: Uint8Array;
}

/** By whom and in how many places, those who deleted most before the others. */
export function deletedSince(
  db: Database,
  documentId: string,
  { room, receivedAtMs, update }: Pick<Held, 'room' | 'receivedAtMs' | 'update'>,
  { heldRowsRead, heldRowBytesRead }: Pick<Limits, 'heldRowsRead' | 'heldRowBytesRead'>,
): DeletedSince[] {
  const wanted = byClient(scanUpdate(Buffer.from(update, 'base64'))?.deletes ?? []);
  if (wanted.size === 0) return [];
  const rows = db
    .prepare(
      `SELECT p.name, l.payload FROM log l JOIN people p ON p.person_id = l.author
       WHERE l.room = ? AND l.at_ms > ? AND l.payload IS NOT NULL ORDER BY l.seq DESC LIMIT ?`,
    )
    .iterate(`${documentId}/${room}`, receivedAtMs, heldRowsRead) as Iterable<unknown> as Iterable<Row>;
  const places = new Map<string, number>();
  let bytes = 0;
  for (const { name, payload } of rows) {
    bytes += payload.length;
    if (bytes > heldRowBytesRead) break;
    const found = (scanUpdate(payload)?.deletes ?? []).filter((each) => isWithin(wanted, each)).length;
    if (found > 0) places.set(name, (places.get(name) ?? 0) + found);
  }
  return [...places].map(([name, count]) => ({ name, places: count })).sort((a, b) => b.places - a.places);
}

type Ranges = ReadonlyMap<number, readonly ScannedDelete[]>;

function byClient(deletes: readonly ScannedDelete[]): Ranges {
  const ranges = new Map<number, ScannedDelete[]>();
  for (const each of deletes) {
    const ofClient = ranges.get(each.client) ?? [];
    ranges.set(each.client, ofClient);
    ofClient.push(each);
  }
  for (const ofClient of ranges.values()) ofClient.sort((a, b) => a.clock - b.clock);
  return ranges;
}

/** Whether any unit of a range is among them. */
function isWithin(ranges: Ranges, { client, clock, length }: ScannedDelete): boolean {
  const ofClient = ranges.get(client) ?? [];
  let low = 0;
  let high = ofClient.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ofClient[middle];
    if (range !== undefined && range.clock + range.length <= clock) low = middle + 1;
    else high = middle;
  }
  const range = ofClient[low];
  return range !== undefined && range.clock < clock + length;
}
