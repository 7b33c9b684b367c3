/**
 * Long text cells: plain text in a root Y.Text `t/<recordId>/<field>` (`textRoot` of rooms.ts), shown in an ordinary text
 * box. Here is how a box's change becomes the smallest change of the text and how its caret outlives a colleague's.
 * Pure; the React field calls it. Prose is not edited this way.
 */
import type * as Y from 'yjs';
import { textRoot } from '../rooms.ts';
import { insertTyped, isOwnUnit } from '../typing-runs.ts';

/** One replacement in a text, in UTF-16 units. */
export interface TextChange {
  readonly index: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Stands for something in a text that is no character: an embed of a newer version. */
const EMBED_MARK = '\ufffc';

/** A long text cell as a box shows it: one character for every unit, so that a place in one is the same place in the other. */
export function cellText(ytext: Y.Text): string {
  const plain = ytext.toString();
  if (plain.length === ytext.length) return plain;
  const pieces = ytext.toDelta() as { readonly insert: unknown }[];
  return pieces.map(({ insert }) => (typeof insert === 'string' ? insert : EMBED_MARK)).join('');
}

/** The long text cells of a record that exist on this replica, by field. */
export function recordTexts(doc: Y.Doc, recordId: string): Map<string, Y.Text> {
  const prefix = textRoot(recordId, '');
  const texts = new Map<string, Y.Text>();
  for (const name of [...doc.share.keys()].sort()) {
    if (name.startsWith(prefix)) texts.set(name.slice(prefix.length), doc.getText(name));
  }
  return texts;
}

/**
 * The smallest replacement that makes `after` of `before`; null when they are equal. No surrogate pair is cut.
 * @param caretAfter where the caret stands in `after`: decides which of several equal repeats was typed
 */
export function diffText(before: string, after: string, caretAfter = after.length): TextChange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  // What follows the caret was not typed; what precedes the change was not either.
  const tailLimit = Math.min(shorter, after.length - Math.max(0, Math.min(caretAfter, after.length)));
  let tail = 0;
  while (tail < tailLimit && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  let head = 0;
  while (head < shorter - tail && before[head] === after[head]) head++;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (isPairCut(before, head) || isPairCut(after, head)) head--;
  if (isPairCut(before, before.length - tail) || isPairCut(after, after.length - tail)) tail--;
  return { index: head, removed: before.length - tail - head, inserted: after.slice(head, after.length - tail) };
}

function isPairCut(text: string, index: number): boolean {
  const [left, right] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  return left >= 0xd800 && left <= 0xdbff && right >= 0xdc00 && right <= 0xdfff;
}

/**
 * Carries a text box's change over to the Y.Text; the caller is inside `doc.transact` with the editor's origin. When the text
 * has moved on since the box showed `oldText` (changes wait while an input method composes), the change is made relative
 * to what a colleague did: their words stay, even inside what was removed here.
 * @returns whether anything was written
 */
export function applyTextChange(ytext: Y.Text, oldText: string, newText: string, caretAfter?: number): boolean {
  const mine = diffText(oldText, newText, caretAfter);
  if (!mine) return false;
  const theirs = diffText(oldText, cellText(ytext));
  const end = mine.index + mine.removed;
  const pieces = theirs ? survivingPieces(mine.index, end, theirs) : [{ from: mine.index, to: end }];
  for (const piece of [...pieces].reverse()) ytext.delete(piece.from, piece.to - piece.from);
  if (mine.inserted !== '') {
    const index = theirs ? mapIndex(mine.index, theirs) : mine.index;
    insertTyped(ytext, isOwnUnit(ytext, index - 1), () => ytext.insert(index, mine.inserted));
  }
  return pieces.length > 0 || mine.inserted !== '';
}

/** What is left of the old range `from`–`to` after `change`, in new positions. */
function survivingPieces(from: number, to: number, change: TextChange): { from: number; to: number }[] {
  const changeEnd = change.index + change.removed;
  const shift = change.inserted.length - change.removed;
  const before = { from, to: Math.min(to, change.index) };
  const after = { from: Math.max(from, changeEnd) + shift, to: to + shift };
  return [before, after].filter((piece) => piece.from < piece.to);
}

function mapIndex(index: number, change: TextChange): number {
  const changeEnd = change.index + change.removed;
  if (index <= change.index) return index;
  return index >= changeEnd ? index + change.inserted.length - change.removed : change.index;
}

/**
 * Where a caret goes when the text changes under it. A caret behind one's own words stays with them; elsewhere what a
 * colleague writes exactly at it comes before it, so that one goes on behind their word and not inside it.
 * @param delta the delta of the Y.Text event
 * @param isBehindOwn whether the unit before a place in the changed text is one's own
 */
export function mapCaret(
  caret: number,
  delta: Y.YTextEvent['delta'],
  isBehindOwn: (index: number) => boolean = () => true,
): number {
  let position = 0;
  let mapped = caret;
  for (const step of delta) {
    if (position > mapped || (position === mapped && step.retain !== undefined)) break;
    if (step.retain !== undefined) position += step.retain;
    else if (step.insert !== undefined) {
      if (position === mapped && isBehindOwn(mapped)) break;
      const length = typeof step.insert === 'string' ? step.insert.length : 1;
      position += length;
      mapped += length;
    } else if (step.delete !== undefined && position < mapped) {
      mapped = Math.max(position, mapped - step.delete);
    }
  }
  return mapped;
}
