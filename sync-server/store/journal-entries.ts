/**
 * What a block of the journal says of its entries beside their bytes, as JSON. Through which connection somebody wrote, who,
 * in which room and for which agency is said once for all that came that way: of a person who types fast a block has hundreds
 * of entries, and how long a write takes is how long it is. Pure; journal.ts puts it into blocks.
 */
import { z } from 'zod';
import { ROLES } from '../../shared/permissions.ts';
import type { LogEntry } from './room-log.ts';

/** An update of the log to be, with its number in its room. */
export interface JournalEntry extends LogEntry {
  readonly seq: number;
}

const originSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.string().nullable(),
  z.enum(ROLES).nullable(),
  z.string().nullable(),
]);

/** Room, author, carrier, agency, role and connection. */
type Origin = z.output<typeof originSchema>;

const clientIdSchema = z.int().nonnegative();

const factsSchema = z.strictObject({
  /** When the first came; what is said of each counts from then, in milliseconds. */
  atMs: z.number(),
  origins: z.array(originSchema),
  /** Each: which origin, its number, when, how many bytes, and the clientIDs that are new with it. */
  entries: z.array(
    z.tuple([z.int().nonnegative(), z.int().positive(), z.number(), z.int().nonnegative()], clientIdSchema),
  ),
});

type Facts = z.output<typeof factsSchema>;

/** As it was said before store version 10: everything of each entry. Such a journal is found where an older relay was killed. */
const olderFactsSchema = z.array(
  z.tuple([
    z.string(),
    z.int().positive(),
    z.string(),
    z.string(),
    z.string().nullable(),
    z.enum(ROLES).nullable(),
    z.string().nullable(),
    z.number(),
    z.array(clientIdSchema).readonly(),
    z.int().nonnegative(),
  ]),
);

type OlderFacts = z.output<typeof olderFactsSchema>;

/** What is said of entries. */
export function entriesToFacts(entries: readonly JournalEntry[]): string {
  const facts: Facts = { atMs: entries[0]?.atMs ?? 0, origins: [], entries: [] };
  const lastByConnection = new Map<string | null, number>();
  for (const entry of entries) {
    let at = lastByConnection.get(entry.connection);
    if (at === undefined || !isOf(facts.origins[at], entry)) {
      const { room, author, carrier, agencyId, role, connection } = entry;
      at = facts.origins.push([room, author, carrier, agencyId, role, connection]) - 1;
      lastByConnection.set(connection, at);
    }
    facts.entries.push([at, entry.seq, entry.atMs - facts.atMs, entry.update.length, ...entry.newClientIds]);
  }
  return JSON.stringify(facts);
}

function isOf(origin: Origin | undefined, entry: JournalEntry): boolean {
  if (origin === undefined) return false;
  const [room, author, carrier, agencyId, role, connection] = origin;
  return (
    room === entry.room &&
    author === entry.author &&
    carrier === entry.carrier &&
    agencyId === entry.agencyId &&
    role === entry.role &&
    connection === entry.connection
  );
}

/** The entries of which this is said by this very process. @param bytes of their updates, one behind the other */
export function factsToEntries(facts: string, bytes: Uint8Array): JournalEntry[] {
  return entriesOf(JSON.parse(facts) as Facts, bytes);
}

/** The same of what was read from the disk. @throws when it says something else, though the block checks */
export function readFactsToEntries(facts: string, bytes: Uint8Array): JournalEntry[] {
  const said: unknown = JSON.parse(facts);
  return Array.isArray(said)
    ? olderEntriesOf(olderFactsSchema.parse(said), bytes)
    : entriesOf(factsSchema.parse(said), bytes);
}

function entriesOf({ atMs: firstAtMs, origins, entries }: Facts, bytes: Uint8Array): JournalEntry[] {
  let start = 0;
  return entries.map(([at, seq, sinceMs, length, ...newClientIds]) => {
    const origin = origins[at];
    if (origin === undefined) throw new Error(`an entry of the journal without origin ${at}`);
    const [room, author, carrier, agencyId, role, connection] = origin;
    const atMs = firstAtMs + sinceMs;
    const update = bytes.subarray(start, start + length);
    start += length;
    return { room, seq, author, carrier, agencyId, role, connection, atMs, newClientIds, update };
  });
}

function olderEntriesOf(facts: OlderFacts, bytes: Uint8Array): JournalEntry[] {
  let start = 0;
  return facts.map(([room, seq, author, carrier, agencyId, role, connection, atMs, newClientIds, length]) => {
    const update = bytes.subarray(start, start + length);
    start += length;
    return { room, seq, author, carrier, agencyId, role, connection, atMs, newClientIds, update };
  });
}
