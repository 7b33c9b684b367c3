/**
 * The updates of a row of the log: one, or several of its room that came out of the journal together, whoever wrote them. The
 * row itself says who brought the last of them and when; what it says of the others stands in its `earlier`, and their bytes
 * follow each other in its payload. Pure; chain.ts hashes all of it.
 */
import type { Role } from '../../shared/permissions.ts';

/** Who wrote an update, who brought it, as whom and through which connection. */
interface Origin {
  readonly author: string;
  readonly carrier: string;
  readonly agencyId: string | null;
  readonly role: Role | null;
  readonly connection: string | null;
}

interface LoggedUpdate extends Origin {
  readonly update: Uint8Array;
  readonly atMs: number;
}

/** A row as far as its updates are read from it. */
interface Row extends Origin {
  /** The number of its last update. */
  readonly seq: number;
  readonly atMs: number;
  readonly earlier: string | null;
  readonly payload: Uint8Array | null;
}

/** One update of a row. */
export interface RowEntry extends Origin {
  readonly seq: number;
  readonly atMs: number;
  /** Null when it was erased. */
  readonly update: Uint8Array | null;
}

/**
 * What `earlier` says of an update; without names it is of the same origin as the one that comes so many after it, or as the next.
 * The number came with store version 12.
 */
type Told =
  | readonly [atMs: number, bytes: number]
  | readonly [atMs: number, bytes: number, after: number]
  | readonly [
      ...told: readonly [atMs: number, bytes: number],
      ...origin: readonly [
        author: string,
        carrier: string,
        agencyId: string | null,
        role: Role | null,
        connection: string | null,
      ],
    ];

/** What a row is to say of all its updates but the last; null for a row of one. */
export function updatesToEarlier(updates: readonly LoggedUpdate[]): string | null {
  if (updates.length < 2) return null;
  return JSON.stringify(updates.slice(0, -1).map((one, at) => tell(one, at, updates)));
}

/** So many updates after one are looked at for one of the same origin: names take more than all else, two people write in turns. */
const MOST_AFTER = 32;

function tell(one: LoggedUpdate, at: number, updates: readonly LoggedUpdate[]): Told {
  const { author, carrier, agencyId, role, connection, atMs, update } = one;
  for (let after = 1; after <= MOST_AFTER; after++) {
    const other = updates[at + after];
    if (other === undefined) break;
    if (!isOfSameOrigin(one, other)) continue;
    return after === 1 ? [atMs, update.length] : [atMs, update.length, after];
  }
  return [atMs, update.length, author, carrier, agencyId, role, connection];
}

function isOfSameOrigin(one: Origin, other: Origin): boolean {
  return (
    one.author === other.author &&
    one.connection === other.connection &&
    one.carrier === other.carrier &&
    one.agencyId === other.agencyId &&
    one.role === other.role
  );
}

/** Whether what a row says of its updates can have been written; what cannot is read as one update. */
export function isWellSaid({ earlier, payload }: Pick<Row, 'earlier' | 'payload'>): boolean {
  if (earlier === null) return true;
  const told = parseEarlier(earlier);
  return told !== null && (payload === null || sumOf(told) <= payload.length);
}

/** How many updates a row holds, or held before they were erased. */
export function countUpdates({ earlier }: Pick<Row, 'earlier'>): number {
  return toldIn(earlier).length + 1;
}

/** The bytes of the updates of a row, in their order; none when they were erased. */
export function rowToUpdates({ payload, earlier }: Pick<Row, 'payload' | 'earlier'>): Uint8Array[] {
  if (payload === null) return [];
  let start = 0;
  const updates = toldIn(earlier).map(([, bytes]) => {
    start += bytes;
    return payload.subarray(start - bytes, start);
  });
  return [...updates, payload.subarray(start)];
}

/** The updates of a row with what it says of each, the last one first. */
export function rowToEntries(row: Row): RowEntry[] {
  const { author, carrier, agencyId, role, connection, atMs } = row;
  let { seq } = row;
  const updates = rowToUpdates(row);
  const entries: RowEntry[] = [
    { seq, author, carrier, agencyId, role, connection, atMs, update: updates.at(-1) ?? null },
  ];
  for (const [n, told] of [...toldIn(row.earlier).entries()].reverse()) {
    const { author, carrier, agencyId, role, connection } = originOf(told, entries);
    seq--;
    entries.push({ seq, author, carrier, agencyId, role, connection, atMs: told[0], update: updates[n] ?? null });
  }
  return entries;
}

/** @param after what comes after it in the row, the last one first */
function originOf(told: Told, after: readonly Origin[]): Origin {
  if (told.length === 7) {
    const [, , author, carrier, agencyId, role, connection] = told;
    return { author, carrier, agencyId, role, connection };
  }
  const origin = after.at(-(told[2] ?? 1));
  if (origin === undefined) throw new Error('an update of a row says that it is of the same origin as none of it');
  return origin;
}

function toldIn(earlier: string | null): readonly Told[] {
  return earlier === null ? [] : (parseEarlier(earlier) ?? []);
}

/** Null when it is nothing that a row says. */
function parseEarlier(earlier: string): readonly Told[] | null {
  try {
    const told: unknown = JSON.parse(earlier);
    return Array.isArray(told) && told.length > 0 && told.every((one, n) => isTold(one, told.length - n)) ? told : null;
  } catch {
    return null;
  }
}

/**
 * By hand, since a schema takes several times as long: a room has thousands of these to be read when it is opened.
 * @param follow so many updates come after it in the row
 */
function isTold(told: unknown, follow: number): told is Told {
  if (!Array.isArray(told) || !Number.isSafeInteger(told[0]) || !Number.isSafeInteger(told[1]) || told[1] < 0) {
    return false;
  }
  if (told.length === 2) return true;
  if (told.length === 3) return Number.isSafeInteger(told[2]) && told[2] > 1 && told[2] <= follow;
  const isText = (name: unknown) => typeof name === 'string';
  return told.length === 7 && told.slice(2).every((name, n) => isText(name) || (name === null && n >= 2));
}

function sumOf(told: readonly Told[]): number {
  return told.reduce((sum, [, bytes]) => sum + bytes, 0);
}
