/**
 * What stands in a document that only a newer version of the program can show, counted by where it stands: fields, rows,
 * texts and whole roots that this version has no place for, and entries it cannot read. Counted for the reader to be told;
 * it is kept as it is by everything that writes. Values that do not fit their field are not counted: their cell shows them.
 */
import type * as Y from 'yjs';
import { type FieldRecord, ORDER_FIELD, type RecordsReading } from '../fields/records.ts';
import { DELETED_FIELD } from '../fields/tombstone.ts';
import { BODY_ROOTS, type RecordRoot } from '../rooms.ts';
import { type DocumentKindSpec, type FieldSpec, HEADER_RECORD } from './kind.ts';

/** Where it stands: the header, a table, or nowhere that this version knows. */
export type NewerPlace = 'fields' | 'tasks' | RecordRoot | 'elsewhere';
export type NewerContent = ReadonlyMap<NewerPlace, number>;

/** The tables that a kind has, with their columns. */
function tablesOf(spec: DocumentKindSpec): Map<'tasks' | RecordRoot, readonly FieldSpec[]> {
  const tables = new Map<'tasks' | RecordRoot, readonly FieldSpec[]>();
  if (spec.tasks !== undefined) tables.set('tasks', spec.tasks);
  for (const [root, columns] of Object.entries(spec.records ?? {})) tables.set(root as RecordRoot, columns);
  return tables;
}

/** @param readingOf the rows of one of the kind's tables, or its header fields */
export function newerContent(
  doc: Y.Doc,
  spec: DocumentKindSpec,
  readingOf: (root: 'fields' | 'tasks' | RecordRoot) => RecordsReading,
): NewerContent {
  const counts = new Map<NewerPlace, number>();
  const count = (place: NewerPlace, more: number) => {
    if (more > 0) counts.set(place, (counts.get(place) ?? 0) + more);
  };
  const tables = tablesOf(spec);
  /** Which table a row is in, and whether anybody sees it. */
  const rows = new Map<string, { place: NewerPlace; columns: readonly FieldSpec[]; isDeleted: boolean }>();

  const headerSpecs = [...spec.fields, ...(spec.formerFields ?? [])];
  rows.set(HEADER_RECORD, { place: 'fields', columns: headerSpecs, isDeleted: false });
  const header = readingOf('fields');
  for (const record of header.records.values()) {
    const isHeader = record.recordId === HEADER_RECORD;
    count('fields', isHeader ? unknownFields(record, headerSpecs, spec.silentFields?.fields) : 1);
  }
  count(
    'fields',
    unreadEntries(header, () => true),
  );

  for (const [root, columns] of tables) {
    const reading = readingOf(root);
    for (const record of reading.records.values()) {
      if (!record.isDeleted) count(root, unknownFields(record, columns, spec.silentFields?.[root]));
      rows.set(record.recordId, { place: root, columns, isDeleted: record.isDeleted });
    }
    count(
      root,
      unreadEntries(reading, (recordId) => rows.get(recordId)?.isDeleted !== true),
    );
  }

  const ownRoots = new Set<string>([BODY_ROOTS.prose, BODY_ROOTS.blocks, BODY_ROOTS.fields, ...tables.keys()]);
  for (const [name, type] of doc.share) {
    if (ownRoots.has(name) || isEmpty(type)) continue;
    const [t, recordId = '', field = ''] = name.split('/');
    const row = t === 't' ? rows.get(recordId) : undefined;
    if (row === undefined) count('elsewhere', 1);
    else if (!row.isDeleted && !row.columns.some(({ id, input }) => id === field && input === 'longText')) {
      count(row.place, 1);
    }
  }
  return counts;
}

/** Fields with a value that no column shows. */
function unknownFields(record: FieldRecord, columns: readonly FieldSpec[], silent: readonly string[] = []): number {
  const shown = new Set([ORDER_FIELD, DELETED_FIELD, ...silent]);
  for (const { id, input } of columns) if (input !== 'longText') shown.add(id);
  return [...record.fields].filter(([field, values]) => !shown.has(field) && values.some(({ value }) => value !== null))
    .length;
}

/** Entries that cannot be read, those of one field of one record as one. */
function unreadEntries({ invalid }: RecordsReading, isShown: (recordId: string) => boolean): number {
  const places = invalid.map(({ key }) => key.split('/').slice(0, 2));
  return new Set(places.filter(([recordId = '']) => isShown(recordId)).map((place) => place.join('/'))).size;
}

/** Asked without giving the root a type: a newer version may mean another one. */
function isEmpty(type: Pick<Y.AbstractType<never>, '_length' | '_map'>): boolean {
  return type._length === 0 && [...type._map.values()].every((item) => item.deleted);
}
