/**
 * Records with ids in one root map of registers: the rows of a table. A record is the registers under its id; two fields
 * are ours: `order` (fractional, order.ts) and `deleted` (a tombstone; keys are never removed with a record, so what a
 * colleague edited meanwhile is kept). Writing takes the caller's transaction; undo is history.ts.
 */
import type * as Y from 'yjs';
import { compareOrder, isOrderKey, type Ordered, placeAt } from './order.ts';
import {
  collapseWrites,
  type FieldValue,
  type InvalidEntry,
  newestValue,
  parseRegisterKey,
  type RegisterValue,
  readStoredWrite,
  type StoredWrite,
  setRegister,
} from './register.ts';
import { DELETED_FIELD, seenMarks } from './tombstone.ts';

export const ORDER_FIELD = 'order';
export interface FieldRecord extends Ordered {
  readonly recordId: string;
  /** Every register of the record, `order` and `deleted` too. */
  readonly fields: ReadonlyMap<string, readonly RegisterValue[]>;
  /** True only when every visible value of the tombstone says so: somebody's restoring wins until somebody picks. */
  readonly isDeleted: boolean;
  /** Who deleted it; null when it is not deleted. */
  readonly deletedBy: string | null;
  /** Writes that none of the deletions had seen, by others than the deleters: "deleted but edited". */
  readonly editedUnseen: readonly { readonly field: string; readonly by: string; readonly atMs: number }[];
}

export interface RecordsReading {
  readonly records: ReadonlyMap<string, FieldRecord>;
  readonly invalid: readonly InvalidEntry[];
}

/** Reads one record from its stored writes by field. */
export function readRecord(recordId: string, writesByField: ReadonlyMap<string, readonly StoredWrite[]>): FieldRecord {
  const fields = new Map<string, RegisterValue[]>();
  for (const field of [...writesByField.keys()].sort())
    fields.set(field, collapseWrites(writesByField.get(field) ?? []));
  const order = newestValue(fields.get(ORDER_FIELD) ?? []);
  const tombstones = fields.get(DELETED_FIELD) ?? [];
  const isDeleted = tombstones.length > 0 && tombstones.every((entry) => entry.value !== false && entry.value !== null);
  const deleters = new Set(tombstones.flatMap((entry) => entry.writes.map((write) => write.by)));
  const seen = new Set(tombstones.flatMap((entry) => (Array.isArray(entry.value) ? entry.value : [])));
  const editedUnseen: { field: string; by: string; atMs: number }[] = [];
  if (isDeleted) {
    for (const [field, writes] of writesByField) {
      if (field === DELETED_FIELD || field === ORDER_FIELD) continue;
      for (const { rev, by, atMs } of writes)
        if (!seen.has(rev) && !deleters.has(by)) editedUnseen.push({ field, by, atMs });
    }
    editedUnseen.sort((a, b) => a.atMs - b.atMs || (a.field < b.field ? -1 : 1));
  }
  return {
    recordId,
    fields,
    order: typeof order === 'string' && isOrderKey(order) ? order : null,
    isDeleted,
    deletedBy: isDeleted ? (tombstones[0]?.writes[0].by ?? null) : null,
    editedUnseen,
  };
}

/** All records of a map in one pass; what cannot be read is listed, never thrown. */
export function readRecords(map: Y.Map<unknown>): RecordsReading {
  const byRecord = new Map<string, Map<string, StoredWrite[]>>();
  const invalid: InvalidEntry[] = [];
  for (const [key, stored] of map.entries()) {
    const parts = parseRegisterKey(key);
    const write = parts && readStoredWrite(parts.rev, stored);
    if (!parts || !write) {
      invalid.push({ key, reason: parts ? 'value' : 'key' });
      continue;
    }
    addWrite(byRecord, parts.recordId, parts.field, write);
  }
  const records = new Map<string, FieldRecord>();
  for (const [recordId, writesByField] of byRecord) records.set(recordId, readRecord(recordId, writesByField));
  return { records, invalid: invalid.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

function addWrite(
  byRecord: Map<string, Map<string, StoredWrite[]>>,
  recordId: string,
  field: string,
  write: StoredWrite,
) {
  const fields = byRecord.get(recordId) ?? new Map<string, StoredWrite[]>();
  byRecord.set(recordId, fields);
  const writes = fields.get(field) ?? [];
  fields.set(field, writes);
  writes.push(write);
}

/** The records that are not deleted, in order. */
export function liveRecords(reading: RecordsReading): FieldRecord[] {
  return [...reading.records.values()].filter((record) => !record.isDeleted).sort(compareOrder);
}

/** Author, time (the author's clock) and a source of unique revs, for everything that writes. */
export interface WriteContext {
  readonly by: string;
  readonly atMs: number;
  readonly newRev: () => string;
}

/** Puts a new record at `index` among the live ones (the end when left out) with its first values. Inside a transaction. */
export function createRecord(
  map: Y.Map<unknown>,
  input: { recordId: string; values: Readonly<Record<string, FieldValue>>; index?: number },
  context: WriteContext,
): void {
  moveRecord(map, { recordId: input.recordId, index: input.index ?? Number.POSITIVE_INFINITY }, context);
  for (const [field, value] of Object.entries(input.values)) setField(map, input.recordId, field, value, context);
}

/** Moves a record to `index` among the other live ones. Inside a transaction. */
export function moveRecord(
  map: Y.Map<unknown>,
  input: { recordId: string; index: number },
  context: WriteContext,
): void {
  for (const { recordId, order } of orderAt(map, input.recordId, input.index)) {
    setField(map, recordId, ORDER_FIELD, order, context);
  }
}

/** The order keys that a move to `index` among the other live records needs; the moved record's own first. */
export function orderAt(map: Y.Map<unknown>, recordId: string, index: number): { recordId: string; order: string }[] {
  const others = liveRecords(readRecords(map)).filter((record) => record.recordId !== recordId);
  return placeAt(others, recordId, index);
}

/** Marks a record deleted, remembering what the author saw of it. Inside a transaction. */
export function deleteRecord(map: Y.Map<unknown>, recordId: string, context: WriteContext): void {
  setField(map, recordId, DELETED_FIELD, seenMarks(map, recordId), context);
}

/** Takes the tombstone back. Inside a transaction. */
export function restoreRecord(map: Y.Map<unknown>, recordId: string, context: WriteContext): void {
  setField(map, recordId, DELETED_FIELD, false, context);
}

function setField(map: Y.Map<unknown>, recordId: string, field: string, value: FieldValue, context: WriteContext) {
  setRegister(map, { recordId, field, value, by: context.by, atMs: context.atMs, rev: context.newRev() });
}
