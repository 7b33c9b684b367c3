/** Whether a record holds what another person put into it: then undoing its creation must not take it away. */
import type * as Y from 'yjs';
import { parseRegisterKey, readStoredWrite } from './register.ts';
import { recordTexts } from './text-cell.ts';

/**
 * What in a record is not this person's: another's register, what only a newer version can read (whoever wrote it did not
 * write it here), or words in a text cell (one's own were undone before).
 */
export function foreignContent(doc: Y.Doc, map: Y.Map<unknown>, recordId: string, by: string) {
  for (const [key, stored] of map.entries()) {
    const [id, field = ''] = key.split('/');
    if (id !== recordId) continue;
    const parts = parseRegisterKey(key);
    const write = parts && readStoredWrite(parts.rev, stored);
    if (write === null) return { field, by: null };
    if (write.by !== by) return { field, by: write.by };
  }
  for (const [field, ytext] of recordTexts(doc, recordId)) if (ytext.length > 0) return { field, by: null };
  return null;
}
