/**
 * The words in a held change: what its author wrote, in the order they wrote it, for a person to read and copy. Looks into
 * the update without applying it: what it builds on may be missing, and putting in place what nobody has judged may take
 * for ever. So it shows words, not the document. Pure.
 */
import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { z } from 'zod';
import { parseRegisterKey } from '../../../shared/fields/register.ts';

const registerSchema = z.object({ v: z.unknown() });
/** Where a comment, a reply or a fact about a task has words (shared/events). */
const eventSchema = z.object({
  text: z.string().optional(),
  reason: z.string().optional(),
  note: z.string().optional(),
  evidence: z.array(z.string()).optional(),
});
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
const EVENT_KEY = /^[0-9a-f-]{36}\/[0-9A-Z]{26}$/;
/** Registers that hold no words of anybody. */
const SILENT_FIELDS: ReadonlySet<string> = new Set(['order', 'deleted']);

/** Lines of words; empty when there are none (a deletion, formatting); null when the update cannot be read at all. */
export function heldWords(updateBase64: string): string[] | null {
  let structs: ReturnType<typeof Y.decodeUpdate>['structs'];
  try {
    structs = Y.decodeUpdate(fromBase64(updateBase64)).structs;
  } catch {
    // Taken in by an older relay without a look: there is nothing to read in it.
    return null;
  }
  const lines: string[] = [];
  let line = '';
  let last: { readonly client: number; readonly clock: number } | null = null;
  const endLine = () => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue;
    const { content, parentSub, origin } = struct;
    if (content instanceof Y.ContentAny) {
      // A field or an event, perhaps in the middle of a line that is being typed.
      const words = parentSub === null ? [] : content.arr.flatMap((value) => wordsUnder(parentSub, value));
      if (words.length > 0) endLine();
      lines.push(...words);
      continue;
    }
    // Words written elsewhere in the text do not belong to the ones before.
    if (origin?.client !== last?.client || origin?.clock !== last?.clock) endLine();
    if (content instanceof Y.ContentString) {
      const [first = '', ...more] = content.str.split('\n');
      line += first;
      for (const next of more) {
        endLine();
        line = next;
      }
    } else if (content instanceof Y.ContentEmbed) endLine();
    last = struct.lastId;
  }
  endLine();
  return lines;
}

function wordsUnder(key: string, stored: unknown): string[] {
  if (EVENT_KEY.test(key)) return eventWords(stored);
  const field = parseRegisterKey(key)?.field;
  const parsed = registerSchema.safeParse(stored);
  if (field === undefined || SILENT_FIELDS.has(field) || !parsed.success) return [];
  const values = Array.isArray(parsed.data.v) ? parsed.data.v : [parsed.data.v];
  return values.flatMap((value) => (typeof value === 'string' && value !== '' && !UUID.test(value) ? [value] : []));
}

function eventWords(stored: unknown): string[] {
  const parsed = eventSchema.safeParse(stored);
  if (!parsed.success) return [];
  const { text = '', reason = '', note = '', evidence = [] } = parsed.data;
  return [text, reason, note, ...evidence].flatMap((each) => each.split('\n')).filter((each) => each.trim() !== '');
}
