/**
 * Fields and rows as places for comments, read from the page: a row or the header carries `data-record`, a cell `data-field`
 * and its name `data-label`. Whatever shows records so can be commented on, and needs to know nothing of comments.
 */
import { HEADER_RECORD } from '../../shared/kinds/kind.ts';
import type { Say } from '../language/use-words.ts';

export interface FieldPlace {
  readonly recordId: string;
  /** Empty for the row as a whole. */
  readonly field: string;
}

interface FieldWords {
  /** 「第 n 行」; an own name where the page gives one. */
  row(number: number): string;
  rowField(row: string, field: string): string;
}

export function fieldWords(say: Say): FieldWords {
  return {
    row: (number) => say('comments.row', { number }),
    rowField: (row, field) => say('comments.rowField', { row, field }),
  };
}

export function fieldKey({ recordId, field }: FieldPlace): string {
  return `${recordId}/${field}`;
}

/** The field or row that an element stands in, or stands for (`data-stands-for`, as the cursor of a table does). */
export function fieldAt(element: Element): FieldPlace | null {
  const [cursorRecord, cursorField] =
    element.closest<HTMLElement>('[data-stands-for]')?.dataset.standsFor?.split('/') ?? [];
  if (cursorRecord !== undefined && cursorField !== undefined) return { recordId: cursorRecord, field: cursorField };
  const record = element.closest<HTMLElement>('[data-record]');
  const recordId = record?.dataset.record;
  if (record === null || recordId === undefined || recordId === '') return null;
  const cell = element.closest<HTMLElement>('[data-field]');
  // A cell without a name, such as the one for the row's menu, is not a field of its own.
  const isField = cell !== null && record.contains(cell) && cell.dataset.label !== undefined;
  const field = isField ? (cell.dataset.field ?? '') : '';
  return field === '' && recordId === HEADER_RECORD ? null : { recordId, field };
}

export function fieldElement(root: ParentNode, { recordId, field }: FieldPlace): HTMLElement | null {
  const records = [...root.querySelectorAll<HTMLElement>(`[data-record="${CSS.escape(recordId)}"]`)];
  if (field === '') return records[0] ?? null;
  const selector = `[data-field="${CSS.escape(field)}"]`;
  for (const record of records) {
    const cell = record.matches(selector) ? record : record.querySelector<HTMLElement>(selector);
    if (cell !== null) return cell;
  }
  return null;
}

/** What the place is called; null when it is not there. */
export function fieldLabel(root: ParentNode, place: FieldPlace, words: FieldWords): string | null {
  const element = fieldElement(root, place);
  if (element === null) return null;
  const label = element.dataset.label ?? '';
  if (place.recordId === HEADER_RECORD) return label;
  const row = element.closest<HTMLElement>('[data-record]');
  const name = row === null ? '' : (row.dataset.rowLabel ?? words.row(numberOf(row)));
  return place.field === '' || label === '' ? name : words.rowField(name, label);
}

/** What stands there, as people read it. */
export function fieldQuote(root: ParentNode, place: FieldPlace): string {
  const element = fieldElement(root, place);
  const copy = (element?.querySelector('[data-words]') ?? element)?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) return '';
  for (const spoken of copy.querySelectorAll('.mantine-VisuallyHidden-root, [aria-hidden="true"]')) spoken.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Every header field, then every row. */
export function listFields(root: ParentNode): FieldPlace[] {
  const fields: FieldPlace[] = [];
  const seen = new Set<string>();
  for (const record of root.querySelectorAll<HTMLElement>('[data-record]')) {
    const recordId = record.dataset.record ?? '';
    const cells = recordId !== HEADER_RECORD ? [] : [record, ...record.querySelectorAll<HTMLElement>('[data-field]')];
    const places =
      recordId === HEADER_RECORD
        ? cells.flatMap((cell) => (cell.dataset.field ? [{ recordId, field: cell.dataset.field }] : []))
        : [{ recordId, field: '' }];
    for (const place of places) {
      if (recordId === '' || seen.has(fieldKey(place))) continue;
      seen.add(fieldKey(place));
      fields.push(place);
    }
  }
  return fields;
}

function numberOf(row: HTMLElement): number {
  const rows = [...(row.parentElement?.children ?? [])].filter((each) => each.hasAttribute('data-record'));
  return rows.indexOf(row) + 1;
}
