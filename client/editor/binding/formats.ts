/**
 * Formatting of the Y.Text ⇄ marks of ProseMirror. What this version does not know exactly, key or value, becomes the
 * `unknown` mark with its key and value, so that it survives every command of this client.
 */
import type { Mark, Schema } from '@tiptap/pm/model';
import type { Format } from '../../../shared/prose/flat-blocks.ts';

const UNKNOWN = 'unknown';
const LINK = 'link';

/** The marks of a formatting, in the one order that equal formattings share. */
export function formatToMarks(schema: Schema, format: Format): readonly Mark[] {
  let marks: readonly Mark[] = [];
  for (const key of Object.keys(format).sort()) marks = markOf(schema, key, format[key]).addToSet(marks);
  return marks;
}

function markOf(schema: Schema, key: string, value: unknown): Mark {
  const type = key === UNKNOWN ? undefined : schema.marks[key];
  if (type !== undefined && key === LINK) {
    const href = onlyHref(value);
    if (href !== null) return type.create({ href });
  } else if (type !== undefined && value === true) return type.create();
  return schema.mark(UNKNOWN, { key, value });
}

/** The formatting of marks. A known mark wins over an unknown value under the same key. */
export function marksToFormat(marks: readonly Mark[]): Record<string, unknown> {
  const format: Record<string, unknown> = {};
  for (const mark of marks) if (mark.type.name === UNKNOWN) format[String(mark.attrs.key)] = mark.attrs.value;
  for (const mark of marks) {
    if (mark.type.name === LINK) format[LINK] = { href: mark.attrs.href };
    else if (mark.type.name !== UNKNOWN) format[mark.type.name] = true;
  }
  return format;
}

/** The keys to write so that `from` becomes `to`: null takes a key away. Null when nothing changes. */
export function formatChange(from: readonly Mark[], to: readonly Mark[]): Record<string, unknown> | null {
  const before = marksToFormat(from);
  const after = marksToFormat(to);
  const change: Record<string, unknown> = {};
  for (const key of Object.keys(after)) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) change[key] = after[key];
  }
  for (const key of Object.keys(before)) if (!(key in after)) change[key] = null;
  return Object.keys(change).length === 0 ? null : change;
}

function onlyHref(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1 || !('href' in value)) return null;
  return typeof value.href === 'string' ? value.href : null;
}
