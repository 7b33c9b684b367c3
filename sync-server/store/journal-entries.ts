/**
 * What a block of the journal says of its entries beside their bytes, as JSON. Through which connection somebody wrote, who,
 * in which room and for which agency is said once for all that came that way, until what stands in the journal is folded: in
 * thousands of rooms it would be five times as long as what is written, and how long a write takes is how long it is. Pure;
 * journal.ts puts it into blocks.
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
  z.string().nullable(),
  z.string().nullable(),
  z.enum(ROLES).nullable(),
  z.string().nullable(),
]);

/** Room, author, carrier (null for the author), agency, role and connection. */
type Origin = z.output<typeof originSchema>;

const clientIdSchema = z.int().nonnegative();

const factsSchema = z.strictObject({
  /** When the first came; what is said of each counts from then, in milliseconds. */
  atMs: z.number(),
  /** How many origins the blocks before have said, which this one counts on from; none in those of store version 10. */
  known: z.int().nonnegative().default(0),
  /** Those that none of them has. */
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

/** Says of entries what no block has said since the last fold: one for each stretch of blocks that are folded together. */
export class OriginsSaid {
  readonly #said: Origin[] = [];
  readonly #lastByConnection = new Map<string | null, number>();

  entriesToFacts(entries: readonly JournalEntry[]): string {
    const known = this.#said.length;
    const facts: Facts = { atMs: entries[0]?.atMs ?? 0, known, origins: [], entries: [] };
    for (const entry of entries) {
      const origin = this.#numberOf(entry);
      facts.entries.push([origin, entry.seq, entry.atMs - facts.atMs, entry.update.length, ...entry.newClientIds]);
    }
    facts.origins = this.#said.slice(known);
    return JSON.stringify(facts);
  }

  #numberOf(entry: JournalEntry): number {
    const last = this.#lastByConnection.get(entry.connection);
    if (last !== undefined && isOf(this.#said[last], entry)) return last;
    const { room, author, carrier, agencyId, role, connection } = entry;
    const number = this.#said.length;
    this.#said.push([room, author, carrier === author ? null : carrier, agencyId, role, connection]);
    this.#lastByConnection.set(connection, number);
    return number;
  }
}

function isOf(origin: Origin | undefined, entry: JournalEntry): boolean {
  if (origin === undefined) return false;
  const [room, author, carrier, agencyId, role, connection] = origin;
  return (
    room === entry.room &&
    author === entry.author &&
    (carrier ?? author) === entry.carrier &&
    agencyId === entry.agencyId &&
    role === entry.role &&
    connection === entry.connection
  );
}

/** Reads what blocks say, in their order: the first of them is the first of a stretch. */
export class OriginsHeard {
  #heard: Origin[] = [];

  /** The entries of which this is said by this very process. @param bytes of their updates, one behind the other */
  factsToEntries(facts: string, bytes: Uint8Array): JournalEntry[] {
    return this.#entriesOf(JSON.parse(facts) as Facts, bytes);
  }

  /** The same of what was read from the disk. @throws when it says something else, though the block checks */
  readFactsToEntries(facts: string, bytes: Uint8Array): JournalEntry[] {
    const said: unknown = JSON.parse(facts);
    return Array.isArray(said)
      ? olderEntriesOf(olderFactsSchema.parse(said), bytes)
      : this.#entriesOf(factsSchema.parse(said), bytes);
  }

  #entriesOf({ atMs: firstAtMs, known, origins, entries }: Facts, bytes: Uint8Array): JournalEntry[] {
    if (known === 0) this.#heard = [];
    if (known !== this.#heard.length)
      throw new Error(`${known} origins of the journal are known, not ${this.#heard.length}`);
    for (const origin of origins) this.#heard.push(origin);
    let start = 0;
    return entries.map(([at, seq, sinceMs, length, ...newClientIds]) => {
      const origin = this.#heard[at];
      if (origin === undefined) throw new Error(`an entry of the journal without origin ${at}`);
      const [room, author, carrier, agencyId, role, connection] = origin;
      const atMs = firstAtMs + sinceMs;
      const update = bytes.subarray(start, start + length);
      start += length;
      return { room, seq, author, carrier: carrier ?? author, agencyId, role, connection, atMs, newClientIds, update };
    });
  }
}

function olderEntriesOf(facts: OlderFacts, bytes: Uint8Array): JournalEntry[] {
  let start = 0;
  return facts.map(([room, seq, author, carrier, agencyId, role, connection, atMs, newClientIds, length]) => {
    const update = bytes.subarray(start, start + length);
    start += length;
    return { room, seq, author, carrier, agencyId, role, connection, atMs, newClientIds, update };
  });
}
