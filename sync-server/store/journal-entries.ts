/**
 * What a block of the journal says of its entries beside their bytes. Through which connection somebody wrote, who, in which room
 * and for which agency is said once for all that came that way, until what stands in the journal is folded: in thousands of rooms
 * it would be five times as long as what is written, and how long a write takes is how long it is. The rest is numbers, in the
 * form of lib0: a few bytes for each keystroke. Pure; journal.ts puts it into blocks.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { type Origin, originSchema } from './journal-origin.ts';
import { readOlderFacts } from './older-journal-facts.ts';
import type { LogEntry } from './room-log.ts';

/** An update of the log to be, with its number in its room. */
export interface JournalEntry extends LogEntry {
  readonly seq: number;
}

/** The first byte of this form; the older ones are JSON. */
const FORM = 2;
const originsSchema = z.array(originSchema);
const NONE = '[]';
const NO_IDS: readonly number[] = [];

/** Says of entries what no block has said since the last fold: one for each stretch of blocks that are folded together. */
export class OriginsSaid {
  readonly #said: Origin[] = [];
  readonly #lastByConnection = new Map<string | null, number>();

  /**
   * The form: how many origins are known from the blocks before; those that are new, as JSON; when the first entry came, in
   * milliseconds; how many entries there are; and of each its origin, its number, how much later than the first it came, its
   * bytes, how many clientIDs are new with it, and these.
   */
  entriesToFacts(entries: readonly JournalEntry[]): Uint8Array {
    const known = this.#said.length;
    const numbers = entries.map((entry) => this.#numberOf(entry));
    const firstAtMs = entries.reduce((first, { atMs }) => Math.min(first, atMs), entries[0]?.atMs ?? 0);
    return encoding.encode((encoder) => {
      encoding.writeUint8(encoder, FORM);
      encoding.writeVarUint(encoder, known);
      encoding.writeVarString(encoder, known === this.#said.length ? NONE : JSON.stringify(this.#said.slice(known)));
      encoding.writeVarUint(encoder, firstAtMs);
      encoding.writeVarUint(encoder, entries.length);
      entries.forEach(({ seq, atMs, update, newClientIds }, n) => {
        encoding.writeVarUint(encoder, numbers[n] ?? 0);
        encoding.writeVarUint(encoder, seq);
        encoding.writeVarUint(encoder, atMs - firstAtMs);
        encoding.writeVarUint(encoder, update.length);
        encoding.writeVarUint(encoder, newClientIds.length);
        for (const clientId of newClientIds) encoding.writeVarUint(encoder, clientId);
      });
    });
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

  /**
   * The entries of which this is said.
   * @param bytes of their updates, one behind the other
   * @throws when it says something else, though the block checks
   */
  factsToEntries(facts: Uint8Array, bytes: Uint8Array): JournalEntry[] {
    if (facts[0] !== FORM) return this.#olderToEntries(Buffer.from(facts).toString('utf8'), bytes);
    const decoder = decoding.createDecoder(facts);
    const next = () => decoding.readVarUint(decoder);
    decoding.readUint8(decoder);
    const known = next();
    const origins = decoding.readVarString(decoder);
    this.#hear(known, origins === NONE ? [] : originsSchema.parse(JSON.parse(origins)));
    const firstAtMs = next();
    const entries: JournalEntry[] = [];
    let start = 0;
    for (let left = next(); left > 0; left--) {
      const origin = this.#originOf(next());
      const seq = next();
      const atMs = firstAtMs + next();
      const end = start + next();
      const ids = next();
      const newClientIds = ids === 0 ? NO_IDS : Array.from({ length: ids }, next);
      entries.push(entryOf(origin, { seq, atMs, newClientIds, update: bytes.subarray(start, end) }));
      start = end;
    }
    if (start > bytes.length || decoding.hasContent(decoder))
      throw new Error('a block of the journal says something else than it holds');
    return entries;
  }

  #olderToEntries(facts: string, bytes: Uint8Array): JournalEntry[] {
    const { atMs, known, origins, entries } = readOlderFacts(facts);
    this.#hear(known, origins);
    let start = 0;
    return entries.map(([origin, seq, sinceMs, length, ...newClientIds]) => {
      const update = bytes.subarray(start, start + length);
      start += length;
      return entryOf(this.#originOf(origin), { seq, atMs: atMs + sinceMs, newClientIds, update });
    });
  }

  #hear(known: number, origins: readonly Origin[]): void {
    if (known === 0) this.#heard = [];
    if (known !== this.#heard.length)
      throw new Error(`${known} origins of the journal are known, not ${this.#heard.length}`);
    for (const origin of origins) this.#heard.push(origin);
  }

  #originOf(at: number): Origin {
    const origin = this.#heard[at];
    if (origin === undefined) throw new Error(`an entry of the journal without origin ${at}`);
    return origin;
  }
}

function entryOf(
  [room, author, carrier, agencyId, role, connection]: Origin,
  { seq, atMs, newClientIds, update }: Pick<JournalEntry, 'seq' | 'atMs' | 'newClientIds' | 'update'>,
): JournalEntry {
  return { room, seq, author, carrier: carrier ?? author, agencyId, role, connection, atMs, newClientIds, update };
}
