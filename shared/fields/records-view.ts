/**
 * A live reading of a map of registers for the interface: one pass when it opens, then each Yjs event re-reads only the
 * records it touched. Records that did not change stay the same object, so a table of 200 rows re-renders one row.
 */
import type * as Y from 'yjs';
import { type FieldRecord, type RecordsReading, readRecord } from './records.ts';
import { type InvalidEntry, parseRegisterKey, readStoredWrite, type StoredWrite } from './register.ts';

export interface RecordsView {
  /** The same object until something changes. */
  read(): RecordsReading;
  /** Calls back after each transaction that changed the map; returns how to stop. */
  subscribe(onChange: () => void): () => void;
  destroy(): void;
}

/** Opens a live reading of `map`; `destroy` it with the document. */
export function createRecordsView(map: Y.Map<unknown>): RecordsView {
  const keysByRecord = new Map<string, Set<string>>();
  const records = new Map<string, FieldRecord>();
  const invalidByKey = new Map<string, InvalidEntry>();
  const listeners = new Set<() => void>();
  let reading: RecordsReading | null = null;

  /** Takes one key into account; returns the record to re-read. */
  const takeKey = (key: string): string | null => {
    invalidByKey.delete(key);
    const parts = parseRegisterKey(key);
    if (!map.has(key)) {
      if (parts) keysByRecord.get(parts.recordId)?.delete(key);
      return parts?.recordId ?? null;
    }
    if (!parts || !readStoredWrite(parts.rev, map.get(key))) {
      invalidByKey.set(key, { key, reason: parts ? 'value' : 'key' });
      if (!parts) return null;
    }
    const keys = keysByRecord.get(parts.recordId) ?? new Set<string>();
    keysByRecord.set(parts.recordId, keys.add(key));
    return parts.recordId;
  };

  const readAgain = (recordId: string) => {
    const writesByField = new Map<string, StoredWrite[]>();
    for (const key of keysByRecord.get(recordId) ?? []) {
      const parts = parseRegisterKey(key);
      const write = parts && readStoredWrite(parts.rev, map.get(key));
      if (parts && write) writesByField.set(parts.field, [...(writesByField.get(parts.field) ?? []), write]);
    }
    if (writesByField.size === 0) records.delete(recordId);
    else records.set(recordId, readRecord(recordId, writesByField));
  };

  const takeKeys = (keys: Iterable<string>) => {
    const touched = new Set<string>();
    for (const key of keys) {
      const recordId = takeKey(key);
      if (recordId !== null) touched.add(recordId);
    }
    for (const recordId of touched) readAgain(recordId);
    reading = null;
  };

  const onEvent = (event: Y.YMapEvent<unknown>) => {
    takeKeys(event.keysChanged);
    for (const listener of listeners) listener();
  };
  takeKeys(map.keys());
  map.observe(onEvent);

  return {
    read() {
      reading ??= {
        records: new Map(records),
        invalid: [...invalidByKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
      };
      return reading;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    destroy() {
      map.unobserve(onEvent);
      listeners.clear();
    },
  };
}
