/**
 * Writes a local change into the Y.Text and the blocks map: only the keys, the formatting and the units that changed.
 * Formatting first, because it moves no index; then edits from right to left.
 */
import type { Mark } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import {
  BLOCK_ATTR_NAMES,
  blockKey,
  copyBlockKeys,
  readBlockAttrs,
  writeBlockAttrs,
} from '../../../shared/prose/block-attrs.ts';
import { BLOCK_CLOSE, blockOpen } from '../../../shared/prose/embeds.ts';
import type { ParaAttrs } from '../../../shared/prose/schema.ts';
import { insertTyped, isOwnUnit } from '../../../shared/typing-runs.ts';
import { formatChange, marksToFormat } from './formats.ts';
import type { ChangedRange } from './step-ranges.ts';
import { deleteUnits, formatUnits } from './text-writes.ts';
import type { Token } from './tokens.ts';

export type DiffTarget = {
  readonly text: Y.Text;
  readonly keys: Y.Map<unknown>;
  /** The transaction under way, in which all is written. */
  readonly transaction: Y.Transaction;
  /** New block id → the block whose keys it begins with. */
  readonly copies: ReadonlyMap<string, string>;
};

/**
 * @param flatEnd the index in the text behind the last old token
 * @returns by how many units the text grew
 */
export function writeDiff(
  target: DiffTarget,
  old: readonly Token[],
  next: readonly Token[],
  edits: readonly ChangedRange[],
  flatEnd: number,
): number {
  writeKept(target, old, next, edits);
  const lengthBefore = target.text.length;
  for (const edit of [...edits].reverse()) {
    deleteTokens(target, old.slice(edit.from, edit.to));
    insertTokens(target, next.slice(edit.newFrom, edit.newTo), old[edit.from]?.at ?? flatEnd, old[edit.from - 1]);
  }
  return target.text.length - lengthBefore;
}

/** Attributes and formatting of the tokens that stay. */
function writeKept(
  { text, keys, transaction }: DiffTarget,
  old: readonly Token[],
  next: readonly Token[],
  edits: readonly ChangedRange[],
): void {
  let run: { at: number; length: number; change: Record<string, unknown>; json: string } | null = null;
  const flush = () => {
    if (run !== null) formatUnits(text, transaction, run.at, run.length, run.change);
    run = null;
  };
  for (const [before, after] of keptTokens(old, next, edits)) {
    if (before.type === 'open' && after.type === 'open' && !before.virtual) writeAttrs(keys, before.attrs, after.attrs);
    const change = formattingOf(before) === formattingOf(after) ? null : tokenFormatChange(before, after);
    if (change === null) {
      flush();
      continue;
    }
    const json = JSON.stringify(change);
    if (run !== null && run.json === json && run.at + run.length === before.at) run.length += 1;
    else {
      flush();
      run = { at: before.at, length: 1, change, json };
    }
  }
  flush();
}

function* keptTokens(
  old: readonly Token[],
  next: readonly Token[],
  edits: readonly ChangedRange[],
): Generator<[Token, Token]> {
  let i = 0;
  let j = 0;
  for (const edit of [...edits, { from: old.length, to: old.length, newFrom: next.length, newTo: next.length }]) {
    for (; i < edit.from; i++, j++) {
      const before = old[i];
      const after = next[j];
      if (before !== undefined && after !== undefined) yield [before, after];
    }
    i = edit.to;
    j = edit.newTo;
  }
}

function formattingOf(token: Token): readonly Mark[] | null {
  return token.type === 'unit' || token.type === 'embed' ? token.marks : null;
}

function tokenFormatChange(before: Token, after: Token): Record<string, unknown> | null {
  return formatChange(formattingOf(before) ?? [], formattingOf(after) ?? []);
}

/** Writes the attributes that the person changed, and no other. */
function writeAttrs(keys: Y.Map<unknown>, before: ParaAttrs, after: ParaAttrs): void {
  const id = after.id;
  if (id === null) return;
  const current = readBlockAttrs(keys, id);
  for (const name of BLOCK_ATTR_NAMES) {
    if (before[name] !== after[name] && current[name] !== after[name]) keys.set(blockKey(id, name), after[name]);
  }
}

/** Deletes what stands between the first and the last token, except units that cannot be deleted. */
function deleteTokens({ text, transaction }: DiffTarget, tokens: readonly Token[]): void {
  const real = tokens.filter((token) => !('virtual' in token && token.virtual));
  const last = real.at(-1);
  const first = real[0];
  if (first === undefined || last === undefined) return;
  let end = last.at + 1;
  for (const token of [...real].reverse()) {
    if (token.type !== 'embed' || !token.fixed) continue;
    if (end > token.at + 1) deleteUnits(text, transaction, token.at + 1, end);
    end = token.at;
  }
  if (end > first.at) deleteUnits(text, transaction, first.at, end);
}

/** Writes tokens at an index; every insertion says its formatting, so that nothing is inherited by accident. */
function insertTokens(target: DiffTarget, tokens: readonly Token[], at: number, left: Token | undefined): void {
  const { text, keys, copies } = target;
  let index = at;
  // A marker takes the formatting to its left, so that it adds no formatting items of its own.
  let format = marksToFormat((left && formattingOf(left)) ?? []);
  const isGoingOn = tokens.length > 0 && isOwnUnit(text, at - 1);
  const write = (insert: () => void) => insertTyped(text, isGoingOn, insert);
  for (const piece of pieces(tokens)) {
    if (piece.type === 'open') {
      const id = piece.attrs.id;
      if (id === null) continue;
      write(() => text.insertEmbed(index, blockOpen(id), { ...format }));
      const source = copies.get(id);
      if (source !== undefined) copyBlockKeys(keys, source, id);
      writeBlockAttrs(keys, id, piece.attrs);
      index += 1;
    } else if (piece.type === 'close') {
      write(() => text.insert(index, BLOCK_CLOSE, { ...format }));
      index += 1;
    } else if (piece.type === 'embed') {
      format = marksToFormat(piece.marks);
      write(() => text.insertEmbed(index, piece.value as object, { ...format }));
      index += 1;
    } else {
      format = marksToFormat(piece.marks);
      write(() => text.insert(index, wellFormed(piece.text), { ...format }));
      index += piece.text.length;
    }
  }
}

type Piece = Exclude<Token, { type: 'unit' }> | { type: 'text'; text: string; marks: readonly Mark[] };

/** Tokens with units of one formatting joined. */
function pieces(tokens: readonly Token[]): Piece[] {
  const joined: Piece[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.type !== 'unit') joined.push(token);
    else if (last?.type === 'text' && (last.marks === token.marks || formatChange(last.marks, token.marks) === null)) {
      last.text += token.unit;
    } else joined.push({ type: 'text', text: token.unit, marks: token.marks });
  }
  return joined;
}

/** Half a character cannot travel: it would arrive as another one elsewhere. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
