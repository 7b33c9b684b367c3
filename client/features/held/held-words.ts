/**
 * The words that a held change writes: as its author wrote them, in the order they wrote them, for a person to read and copy.
 * Words of texts, of comments and of facts about tasks. Pure.
 */
import * as Y from 'yjs';
import { z } from 'zod';
import { BLOCK_CLOSE, mentionOf } from '../../../shared/prose/embeds.ts';
import { contentValue } from './field-effect.ts';
import type { HeldItem } from './held-update.ts';

/** Where a comment, a reply or a fact about a task has words (shared/events). */
const eventSchema = z.object({
  text: z.string().optional(),
  reason: z.string().optional(),
  note: z.string().optional(),
  evidence: z.array(z.string()).optional(),
});
const EVENT_KEY = /^[0-9a-f-]{36}\/[0-9A-Z]{26}$/;

/** Whether a key is one of an event (shared/events/event-log.ts). */
export function isEventKey(key: string | null): boolean {
  return key !== null && EVENT_KEY.test(key);
}

/** Lines of words; none for what only deletes, formats or fills in fields. */
export function writtenLines(items: readonly HeldItem[]): string[] {
  const lines: string[] = [];
  let line = '';
  let last: { readonly client: number; readonly clock: number } | null = null;
  const endLine = () => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  for (const { client, clock, length, content, origin, key } of items) {
    if (content instanceof Y.ContentAny) {
      // An event, perhaps in the middle of a line that is being typed.
      const words = isEventKey(key) ? eventWords(contentValue(content)) : [];
      if (words.length > 0) endLine();
      lines.push(...words);
      continue;
    }
    // Words written elsewhere in the text do not belong to the ones before.
    if (origin?.client !== last?.client || origin?.clock !== last?.clock) endLine();
    if (content instanceof Y.ContentString) {
      const [first = '', ...more] = content.str.split(BLOCK_CLOSE);
      line += first;
      for (const next of more) {
        endLine();
        line = next;
      }
    } else if (content instanceof Y.ContentEmbed) {
      const mention = mentionOf(content.embed);
      if (mention === null) endLine();
      else line += `@${mention.label}`;
    }
    last = { client, clock: clock + length - 1 };
  }
  endLine();
  return lines;
}

function eventWords(stored: unknown): string[] {
  const parsed = eventSchema.safeParse(stored);
  if (!parsed.success) return [];
  const { text = '', reason = '', note = '', evidence = [] } = parsed.data;
  return [text, reason, note, ...evidence].flatMap((each) => each.split('\n')).filter((each) => each.trim() !== '');
}
