/** Whether a record holds what another person put into it: then undoing its creation must not take it away. */
import type * as Y from 'yjs';
import { registerWrites } from './register.ts';
import { recordTexts } from './text-cell.ts';

/** What in a record is not this person's: another's register, or words in a text cell (one's own were undone before). */
export function foreignContent(doc: Y.Doc, map: Y.Map<unknown>, recordId: string, by: string) {
  for (const key of map.keys()) {
    const [id, field, rev] = key.split('/');
    if (id !== recordId || !field || !rev) continue;
    const other = registerWrites(map, recordId, field).find((write) => write.by !== by);
    if (other) return { field, by: other.by };
  }
  for (const [field, ytext] of recordTexts(doc, recordId)) if (ytext.length > 0) return { field, by: null };
  return null;
}
