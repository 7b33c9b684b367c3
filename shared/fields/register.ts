/**
 * The multi-value register: one scalar field of one record in a flat root Y.Map, under keys `<recordId>/<field>/<rev>`.
 * Setting writes a new key and removes exactly the keys its author had seen, so two people who set it concurrently
 * both stay visible until somebody picks (a plain Y.Map key would keep the higher clientID and drop the other word).
 * Not for long text (text-cell.ts) and not for facts by author (shared/events).
 */
import type * as Y from 'yjs';
import { z } from 'zod';

/** What a field can hold: a JSON scalar, or a list of words or ids. `null` is a value: "cleared by somebody". */
const fieldValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
export type FieldValue = string | number | boolean | null | readonly string[];

const storedSchema = z.looseObject({ v: fieldValueSchema, by: z.string().min(1), at: z.number() });

/** One author's setting of the register. `atMs`: the author's clock, milliseconds since 1970, for show and for order only. */
interface RegisterWrite {
  readonly rev: string;
  readonly by: string;
  readonly atMs: number;
}

/** One visible value and everybody who set it, earliest first. Two or more in a register mean it is contested. */
export interface RegisterValue {
  readonly value: FieldValue;
  readonly writes: readonly [RegisterWrite, ...RegisterWrite[]];
}

/** A key or value that cannot be read; shown as such, never changed and never thrown. */
export interface InvalidEntry {
  readonly key: string;
  readonly reason: 'key' | 'value';
}

/** A stored write with its value: the unit from which registers are read. */
export interface StoredWrite extends RegisterWrite {
  readonly value: FieldValue;
  /** What a newer version said beside the value; stays with it as long as it is the value. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** Takes `<recordId>/<field>/<rev>` apart; null for any other key. */
export function parseRegisterKey(key: string): { recordId: string; field: string; rev: string } | null {
  const [recordId, field, rev, ...rest] = key.split('/');
  if (!recordId || !field || !rev || rest.length > 0) return null;
  return { recordId, field, rev };
}

/** Checks one entry's value; null when it is not a register entry. */
export function readStoredWrite(rev: string, stored: unknown): StoredWrite | null {
  const parsed = storedSchema.safeParse(stored);
  if (!parsed.success) return null;
  const { v, by, at, ...beside } = parsed.data;
  const write = { rev, by, atMs: at, value: v };
  return Object.keys(beside).length === 0 ? write : { ...write, beside };
}

/** Whether two field values say the same; lists compare in order. */
export function isSameValue(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The register's values in an order every replica agrees on; equal values by several authors become one. */
export function collapseWrites(writes: readonly StoredWrite[]): RegisterValue[] {
  const inOrder = [...writes].sort((a, b) => a.atMs - b.atMs || (a.rev < b.rev ? -1 : 1));
  const values = new Map<string, { value: FieldValue; writes: [RegisterWrite, ...RegisterWrite[]] }>();
  for (const { value, rev, by, atMs } of inOrder) {
    const same = values.get(JSON.stringify(value));
    if (same) same.writes.push({ rev, by, atMs });
    else values.set(JSON.stringify(value), { value, writes: [{ rev, by, atMs }] });
  }
  return [...values.values()];
}

/** The writes of one register. One pass over all keys: for a whole table use records.ts. */
/** What a register is read from: a root map, or a copy of its entries. */
type Entries = Pick<Y.Map<unknown>, 'keys' | 'get'>;

export function registerWrites(map: Entries, recordId: string, field: string): StoredWrite[] {
  const prefix = `${recordId}/${field}/`;
  const writes: StoredWrite[] = [];
  for (const key of map.keys()) {
    if (!key.startsWith(prefix) || parseRegisterKey(key) === null) continue;
    const write = readStoredWrite(key.slice(prefix.length), map.get(key));
    if (write) writes.push(write);
  }
  return writes;
}

/**
 * The values of one register: none when it was never set, usually one, more when people set it concurrently.
 * One pass over all keys, so right for a header; a table reads all its rows at once with `readRecords`.
 */
export function readRegister(map: Entries, recordId: string, field: string): RegisterValue[] {
  return collapseWrites(registerWrites(map, recordId, field));
}

/** The newest value of a register, for places that can show only one; undefined when never set. */
export function newestValue(values: readonly RegisterValue[]): FieldValue | undefined {
  const lastAt = (entry: RegisterValue) => Math.max(...entry.writes.map((write) => write.atMs));
  let newest: RegisterValue | undefined;
  for (const entry of values) if (!newest || lastAt(entry) >= lastAt(newest)) newest = entry;
  return newest?.value;
}

/** Which register, and who writes it when (the author's clock, milliseconds since 1970). */
export interface RegisterAddress {
  readonly recordId: string;
  readonly field: string;
  /** The author: a person's uuid. */
  readonly by: string;
  readonly atMs: number;
}

export interface SetRegister extends RegisterAddress {
  readonly value: FieldValue;
  /** Unique for this write, without `/`. */
  readonly rev: string;
}

/**
 * Sets a register: one new key, and the keys seen here go. Entries that cannot be read stay, a newer client may
 * understand them. Call inside `doc.transact`. Throws on a rev, field or record id that would break the key (a bug).
 */
export function setRegister(map: Y.Map<unknown>, input: SetRegister): void {
  replaceRegister(map, input, [{ value: input.value, rev: input.rev }]);
}

export interface PutValue extends Pick<StoredWrite, 'value' | 'beside'> {
  readonly rev: string;
}

/**
 * Puts any number of values in place of those seen: none empties the register, two make it contested again (undo). What
 * a newer version said beside a value is written with it again.
 */
export function replaceRegister(
  map: Y.Map<unknown>,
  { recordId, field, by, atMs }: RegisterAddress,
  values: readonly PutValue[],
): void {
  const before = registerWrites(map, recordId, field);
  for (const seen of before) map.delete(`${recordId}/${field}/${seen.rev}`);
  for (const { value, rev, beside = before.find((seen) => isSameValue(seen.value, value))?.beside } of values) {
    const key = `${recordId}/${field}/${rev}`;
    if (parseRegisterKey(key) === null) throw new Error(`not a register key: ${key}`);
    map.set(key, { ...beside, v: value, by, at: atMs });
  }
}
