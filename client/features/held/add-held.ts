/**
 * Puts the words of a held change into a document as the writing of whoever adds them, with a line that says whose words they
 * at the end of the text while it is written, else as a comment. The first block or comment bears the held edit's own
 * id, so that nothing is added twice (by a page that died before it could say that it had).
 */
import type * as Y from 'yjs';
import { appendEvent, nextEventMs } from '../../../shared/events/event-log.ts';
import { MAX_COMMENT_LENGTH, type ReviewEvent } from '../../../shared/events/review-events.ts';
import { makeUlid } from '../../../shared/ids.ts';
import { ORIGIN } from '../../../shared/origins.ts';
import { readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import { appendProse } from '../../../shared/prose/write-initial-prose.ts';
import { EVENTS_ROOT } from '../../../shared/rooms.ts';

/** Whether the words of the held edit were put at the end of this text before and still stand there. */
function isInText(doc: Y.Doc, heldId: string): boolean {
  return readProse(proseText(doc), blockKeys(doc)).some(({ id }) => id === heldId);
}

/** Writes the heading and the words as quotations behind the last block. */
export function addToText(
  doc: Y.Doc,
  { heldId, heading, lines }: { readonly heldId: string; readonly heading: string; readonly lines: readonly string[] },
  uuid: () => string,
): void {
  if (isInText(doc, heldId)) return;
  const ids = [heldId];
  const blocks = [{ content: heading }, ...lines.map((content) => ({ kind: 'quote', content }))];
  appendProse(doc, blocks, { newBlockId: () => ids.shift() ?? uuid(), origin: ORIGIN.model });
}

/** The heading and the words as texts of comments: one, or as many as their length needs. */
export function commentTexts(lines: readonly string[], headingOf: (part: number, parts: number) => string): string[] {
  // Room for the longest heading.
  const room = MAX_COMMENT_LENGTH - 300;
  const texts: string[] = [''];
  for (const line of lines.flatMap((each) => pieces(each, room))) {
    const current = texts.at(-1) ?? '';
    const joined = current === '' ? line : `${current}\n${line}`;
    if (joined.length <= room) texts[texts.length - 1] = joined;
    else texts.push(line);
  }
  return texts.map((text, index) => `${headingOf(index + 1, texts.length)}\n${text}`);
}

/** Cut into pieces of a length, never inside a character. */
function pieces(line: string, length: number): string[] {
  const cut: string[] = [''];
  for (const character of line) {
    const current = cut.at(-1) ?? '';
    if (current.length + character.length > length) cut.push(character);
    else cut[cut.length - 1] = current + character;
  }
  return cut;
}

/** Whether the words of the held edit were made a comment by this person before. */
function isCommented(doc: Y.Doc, personId: string, heldId: string): boolean {
  const tail = ulidOf(heldId, 0).slice(TIME_LENGTH);
  return [...doc.getMap(EVENTS_ROOT).keys()].some((key) => key.startsWith(`${personId}/`) && key.endsWith(tail));
}

/** Writes the texts as comments on the document as a whole. */
export function addAsComments(
  doc: Y.Doc,
  { heldId, texts }: { readonly heldId: string; readonly texts: readonly string[] },
  author: { readonly personId: string; readonly nowMs: number; readonly randomBytes: (count: number) => Uint8Array },
): void {
  const { personId, nowMs, randomBytes } = author;
  if (isCommented(doc, personId, heldId)) return;
  const map = doc.getMap<unknown>(EVENTS_ROOT);
  doc.transact(() => {
    for (const [index, text] of texts.entries()) {
      const event: ReviewEvent = { type: 'comment', anchor: { of: 'document' }, text, mentions: [], isBlocking: false };
      const atMs = nextEventMs(map, nowMs);
      appendEvent(map, personId, index === 0 ? ulidOf(heldId, atMs) : makeUlid(atMs, randomBytes), event);
    }
  }, ORIGIN.model);
}

/** Characters of a ulid that say the time; the others are of the held edit. */
const TIME_LENGTH = 10;

function ulidOf(heldId: string, atMs: number): string {
  const hex = heldId.replaceAll('-', '');
  return makeUlid(atMs, (count) =>
    Uint8Array.from({ length: count }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)),
  );
}
