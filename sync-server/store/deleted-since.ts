/**
 * What a held edit deletes that others have deleted since it was handed in: told from the updates in the log after it, since
 * a document does not say who deleted what, or when. Bounded: of what is older than the newest of them nothing is said,
 * nor of what lies before an update that a clock put back since dates before the held edit.
 */
import type { DeletedSince, Held } from '../../shared/held.ts';
import { type ScannedDelete, scanUpdate } from '../gate/scan.ts';
import type { Limits } from '../limits.ts';
import { newestRows } from './room-reading.ts';
import { type RowEntry, rowToEntries } from './row-entries.ts';
import type { Database } from './sqlite.ts';

/** By whom and in how many places, those who deleted most before the others. */
export function deletedSince(
  db: Database,
  documentId: string,
  { room, receivedAtMs, update }: Pick<Held, 'room' | 'receivedAtMs' | 'update'>,
  { heldUpdatesRead, heldUpdateBytesRead }: Pick<Limits, 'heldUpdatesRead' | 'heldUpdateBytesRead'>,
): DeletedSince[] {
  const wanted = byClient(scanUpdate(Buffer.from(update, 'base64'))?.deletes ?? []);
  if (wanted.size === 0) return [];
  const placesByPerson = new Map<string, number>();
  let left = { updates: heldUpdatesRead, bytes: heldUpdateBytesRead };
  for (const { author, atMs, update } of newestFirst(db, `${documentId}/${room}`)) {
    if (atMs <= receivedAtMs || update === null) break;
    left = { updates: left.updates - 1, bytes: left.bytes - update.length };
    if (left.updates < 0 || left.bytes < 0) break;
    const found = (scanUpdate(update)?.deletes ?? []).filter((each) => isWithin(wanted, each)).length;
    if (found > 0) placesByPerson.set(author, (placesByPerson.get(author) ?? 0) + found);
  }
  const nameOf = db.prepare('SELECT name FROM people WHERE person_id = ?');
  return [...placesByPerson]
    .flatMap(([personId, places]) => {
      const person = nameOf.get(personId) as { name: string } | undefined;
      return person === undefined ? [] : [{ name: person.name, places }];
    })
    .sort((a, b) => b.places - a.places);
}

function* newestFirst(db: Database, room: string): Generator<RowEntry> {
  for (const row of newestRows(db, room)) yield* rowToEntries(row);
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
