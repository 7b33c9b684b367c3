/**
 * What a held change would do to fields, rows and paragraphs of the document: for each the values that stand there now and the
 * one it would write. What this version cannot name is counted. Values are as they are stored; their words are for
 * effect-words.ts. Pure.
 */
import * as Y from 'yjs';
import { ORDER_FIELD } from '../../../shared/fields/records.ts';
import {
  collapseWrites,
  type FieldValue,
  isSameValue,
  parseRegisterKey,
  readStoredWrite,
  type StoredWrite,
} from '../../../shared/fields/register.ts';
import { DELETED_FIELD } from '../../../shared/fields/tombstone.ts';
import { BLOCK_ATTR_NAMES, type BlockAttrs, readBlockAttrs } from '../../../shared/prose/block-attrs.ts';
import { blockKeys } from '../../../shared/prose/roots.ts';
import type { HeldItem } from './held-update.ts';

/** A row that would come, go, come back or move. */
export interface RowChange {
  readonly kind: 'created' | 'deleted' | 'restored' | 'moved';
  readonly root: string;
  readonly recordId: string;
  /** With `created` what is in it. */
  readonly values: readonly { readonly field: string; readonly value: FieldValue }[];
}

export interface ValueChange {
  readonly kind: 'value';
  readonly root: string;
  readonly recordId: string;
  readonly field: string;
  /** What stands there now: none when it is not filled in, several while it is contested. */
  readonly before: readonly FieldValue[];
  /** None when it would be emptied. */
  readonly after: readonly FieldValue[];
  /** Somebody has set it since its author saw it. */
  readonly isChangedSince: boolean;
}

export interface BlockChange {
  readonly kind: 'block';
  readonly blockId: string;
  readonly before: BlockAttrs;
  readonly after: BlockAttrs;
}

/** What it writes into one root map, and what it takes out of it. */
export interface MapChange {
  readonly root: string;
  readonly added: readonly HeldItem[];
  /** Keys that the document has now and would not have. */
  readonly removed: ReadonlySet<string>;
}

interface Counted<T> {
  readonly changes: readonly T[];
  /** Changes that cannot be named. */
  readonly unnamed: number;
}

/** What becomes of the registers of one root map. */
export function registerEffect(
  map: Y.Map<unknown> | null,
  { root, added, removed }: MapChange,
): Counted<RowChange | ValueChange> {
  let unnamed = 0;
  const touched = new Map<string, Map<string, { current: StoredWrite[]; gone: number; news: StoredWrite[] }>>();
  const touch = (recordId: string, field: string) => {
    const fields = touched.get(recordId) ?? new Map();
    touched.set(recordId, fields);
    const change = fields.get(field) ?? { current: [], gone: 0, news: [] };
    fields.set(field, change);
    return change;
  };
  for (const { key, content } of added) {
    const parts = key === null ? null : parseRegisterKey(key);
    const write = parts === null ? null : readStoredWrite(parts.rev, contentValue(content));
    if (parts === null || write === null) unnamed += 1;
    else touch(parts.recordId, parts.field).news.push(write);
  }
  for (const key of removed) {
    const parts = parseRegisterKey(key);
    if (parts === null) unnamed += 1;
    else touch(parts.recordId, parts.field);
  }
  const existing = new Set<string>();
  for (const [key, stored] of map?.entries() ?? []) {
    const parts = parseRegisterKey(key);
    if (parts === null) continue;
    existing.add(parts.recordId);
    const change = touched.get(parts.recordId)?.get(parts.field);
    const write = change === undefined ? null : readStoredWrite(parts.rev, stored);
    if (change === undefined || write === null) continue;
    change.current.push(write);
    if (removed.has(key)) change.gone += 1;
  }

  const changes: (RowChange | ValueChange)[] = [];
  for (const [recordId, fields] of touched) {
    const row = { root, recordId };
    if (!existing.has(recordId)) {
      // Made and deleted again before anybody saw it.
      if (isDeletion(valuesOf(fields.get(DELETED_FIELD)?.news ?? []))) continue;
      const values = [...fields].flatMap(([field, { news }]) =>
        isOwnField(field) ? [] : valuesOf(news).map((value) => ({ field, value })),
      );
      changes.push({ kind: 'created', ...row, values });
      continue;
    }
    for (const [field, { current, gone, news }] of fields) {
      const before = valuesOf(current);
      const after = valuesOf(
        news.length > 0 ? news : current.filter(({ rev }) => !removed.has(`${recordId}/${field}/${rev}`)),
      );
      if (isSame(before, after)) continue;
      if (field === ORDER_FIELD) changes.push({ kind: 'moved', ...row, values: [] });
      else if (field === DELETED_FIELD) {
        // Two who delete it leave marks of their own; the row is gone once.
        if (isDeletion(before) !== isDeletion(after)) {
          changes.push({ kind: isDeletion(after) ? 'deleted' : 'restored', ...row, values: [] });
        }
      } else {
        changes.push({ kind: 'value', ...row, field, before, after, isChangedSince: gone < current.length });
      }
    }
  }
  return { changes, unnamed };
}

const isOwnField = (field: string) => field === ORDER_FIELD || field === DELETED_FIELD;

function valuesOf(writes: readonly StoredWrite[]): FieldValue[] {
  return collapseWrites(writes).map(({ value }) => value);
}

/** Whether tombstones say that the row is deleted, as records.ts reads them. */
function isDeletion(tombstones: readonly FieldValue[]): boolean {
  return tombstones.length > 0 && tombstones.every((value) => value !== false && value !== null);
}

/** Also when one says that it was cleared and the other nothing at all. */
function isSame(before: readonly FieldValue[], after: readonly FieldValue[]): boolean {
  const said = (values: readonly FieldValue[]) => values.filter((value) => value !== null);
  const [a, b] = [said(before), said(after)];
  return a.length === b.length && a.every((value, i) => isSameValue(value, b[i] ?? null));
}

/** What becomes of kind, indent and checkbox of paragraphs that stand in the text; those it writes itself come with its words. */
export function blockEffect(
  doc: Y.Doc,
  { added, removed }: MapChange,
  isInText: (blockId: string) => boolean,
): Counted<BlockChange> {
  let unnamed = 0;
  const keys = blockKeys(doc);
  const values = new Map<string, Map<string, unknown>>();
  const set = (key: string, value: unknown) => {
    const slash = key.lastIndexOf('/');
    const [blockId, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (!isInText(blockId)) return;
    if (!BLOCK_ATTR_NAMES.some((known) => known === name)) {
      unnamed += 1;
      return;
    }
    const ofBlock = values.get(blockId) ?? new Map<string, unknown>();
    values.set(blockId, ofBlock.set(name, value));
  };
  for (const key of removed) set(key, undefined);
  for (const { key, content } of added) {
    if (key === null) unnamed += 1;
    else set(key, contentValue(content));
  }
  const changes = [...values].flatMap(([blockId, ofBlock]): BlockChange[] => {
    const before = readBlockAttrs(keys, blockId);
    const written = (key: string) => {
      const name = key.slice(blockId.length + 1);
      return ofBlock.has(name) ? ofBlock.get(name) : keys.get(key);
    };
    const after = readBlockAttrs({ get: written }, blockId);
    return BLOCK_ATTR_NAMES.every((name) => before[name] === after[name])
      ? []
      : [{ kind: 'block', blockId, before, after }];
  });
  return { changes, unnamed };
}

/** The value that a map holds under a key. */
export function contentValue(content: Y.Item['content']): unknown {
  return content instanceof Y.ContentAny ? content.arr.at(-1) : undefined;
}
