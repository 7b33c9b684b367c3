/**
 * Telling a deleted record that a colleague edited unseen from one that was deleted knowingly. The tombstone holds marks
 * of everything its author saw: the rev of every write, and length and checksum of every long text cell. Clocks of
 * devices cannot answer that question; causality can.
 */
import type * as Y from 'yjs';
import { compareOrder } from './order.ts';
import type { FieldRecord, RecordsReading } from './records.ts';
import { parseRegisterKey } from './register.ts';
import { recordTexts } from './text-cell.ts';

/** The tombstone's register: `false` (restored), or the marks (`seenMarks`). */
export const DELETED_FIELD = 'deleted';

/** The tombstone's value: what this replica holds of a record. One pass over the map. */
export function seenMarks(map: Y.Map<unknown>, recordId: string): string[] {
  const marks: string[] = [];
  for (const key of map.keys()) {
    const parts = parseRegisterKey(key);
    if (parts?.recordId === recordId && parts.field !== DELETED_FIELD) marks.push(parts.rev);
  }
  if (map.doc) for (const [field, ytext] of recordTexts(map.doc, recordId)) marks.push(textMark(field, ytext));
  return marks.sort();
}

/** The long text cells of a deleted record whose text is not the one its deleter saw. */
export function textsEditedUnseen(doc: Y.Doc, record: FieldRecord): string[] {
  const seen = new Set(
    (record.fields.get(DELETED_FIELD) ?? []).flatMap(({ value }) => (Array.isArray(value) ? value : [])),
  );
  return [...recordTexts(doc, record.recordId)]
    .filter(([field, ytext]) => ytext.length > 0 && !seen.has(textMark(field, ytext)))
    .map(([field]) => field);
}

/** The records that somebody deleted while another, unseen, went on editing them: shown until one of them decides. */
export function deletedButEdited(doc: Y.Doc, reading: RecordsReading): FieldRecord[] {
  return [...reading.records.values()]
    .filter(
      (record) => record.isDeleted && (record.editedUnseen.length > 0 || textsEditedUnseen(doc, record).length > 0),
    )
    .sort(compareOrder);
}

/** `=<field>:<length>:<FNV-1a of the UTF-16 units>`: an equality sign starts no rev. */
function textMark(field: string, ytext: Y.Text): string {
  const text = ytext.toString();
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `=${field}:${text.length}:${(hash >>> 0).toString(16)}`;
}
