/**
 * The words in a held change: what its author wrote, in the order they wrote it, for a person to read and copy. Looks into
 * the update without applying it (what it builds on may be missing), so it shows words, not the document. Pure.
 */
import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { z } from 'zod';
import { parseRegisterKey } from '../../../shared/fields/register.ts';

const registerSchema = z.object({ v: z.unknown() });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
/** Registers that hold no words of anybody. */
const SILENT_FIELDS: ReadonlySet<string> = new Set(['order', 'deleted']);

/** Lines of words; empty when there are none (a deletion, formatting); null when the update cannot be read at all. */
export function heldWords(updateBase64: string): string[] | null {
  let structs: ReturnType<typeof Y.decodeUpdate>['structs'];
  try {
    structs = Y.decodeUpdate(fromBase64(updateBase64)).structs;
  } catch {
    // Held for being malformed, perhaps: there is nothing to read in it.
    return null;
  }
  const lines: string[] = [];
  let line = '';
  const endLine = () => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue;
    const { content, parentSub } = struct;
    if (content instanceof Y.ContentString) {
      const [first = '', ...more] = content.str.split('\n');
      line += first;
      for (const next of more) {
        endLine();
        line = next;
      }
    } else if (content instanceof Y.ContentAny && parentSub !== null) {
      endLine();
      lines.push(...content.arr.flatMap((value) => registerWords(parentSub, value)));
    } else if (content instanceof Y.ContentEmbed) endLine();
  }
  endLine();
  return lines;
}

function registerWords(key: string, stored: unknown): string[] {
  const field = parseRegisterKey(key)?.field;
  const parsed = registerSchema.safeParse(stored);
  if (field === undefined || SILENT_FIELDS.has(field) || !parsed.success) return [];
  const values = Array.isArray(parsed.data.v) ? parsed.data.v : [parsed.data.v];
  return values.flatMap((value) => (typeof value === 'string' && value !== '' && !UUID.test(value) ? [value] : []));
}
