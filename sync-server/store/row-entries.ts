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

/** What `earlier` says of an update; without names it is of the same origin as the one after it. */
type Told =
  | readonly [atMs: number, bytes: number]
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
  const told: Told[] = [];
  let before: LoggedUpdate | null = null;
  for (const one of updates) {
    if (before !== null) told.push(tell(before, one));
    before = one;
  }
  return JSON.stringify(told);
}

function tell(one: LoggedUpdate, next: LoggedUpdate): Told {
  const { author, carrier, agencyId, role, connection, atMs, update } = one;
  const isOfSameOrigin =
    author === next.author &&
    carrier === next.carrier &&
    agencyId === next.agencyId &&
    role === next.role &&
    connection === next.connection;
  return isOfSameOrigin ? [atMs, update.length] : [atMs, update.length, author, carrier, agencyId, role, connection];
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
  const { seq, author, carrier, agencyId, role, connection, atMs } = row;
  const updates = rowToUpdates(row);
  let one: RowEntry = { seq, author, carrier, agencyId, role, connection, atMs, update: updates.at(-1) ?? null };
  const entries = [one];
  for (const [n, told] of [...toldIn(row.earlier).entries()].reverse()) {
    one = { ...one, ...originIn(told), seq: one.seq - 1, atMs: told[0], update: updates[n] ?? null };
    entries.push(one);
  }
  return entries;
}

function originIn([, , ...named]: Told): Origin | null {
  if (named.length === 0) return null;
  const [author, carrier, agencyId, role, connection] = named;
  return { author, carrier, agencyId, role, connection };
}

function toldIn(earlier: string | null): readonly Told[] {
  return earlier === null ? [] : (parseEarlier(earlier) ?? []);
}

/** Null when it is nothing that a row says. */
function parseEarlier(earlier: string): readonly Told[] | null {
  try {
    const told: unknown = JSON.parse(earlier);
    return Array.isArray(told) && told.length > 0 && told.every(isTold) ? told : null;
  } catch {
    return null;
  }
}

/** By hand, since a schema takes several times as long: a room has thousands of these to be read when it is opened. */
function isTold(told: unknown): told is Told {
  if (!Array.isArray(told) || !Number.isSafeInteger(told[0]) || !Number.isSafeInteger(told[1]) || told[1] < 0) {
    return false;
  }
  const names = told.slice(2);
  const isText = (name: unknown) => typeof name === 'string';
  return (
    names.length === 0 || (names.length === 5 && names.every((name, n) => isText(name) || (name === null && n >= 2)))
  );
}

function sumOf(told: readonly Told[]): number {
  return told.reduce((sum, [, bytes]) => sum + bytes, 0);
}
