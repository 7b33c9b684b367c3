/**
 * From the tokens before and after a local transaction to the smallest edits of the Y.Text. Among equal edits it takes the
 * one that merges best with a colleague's: a marker that survives is never deleted and written again, Enter at the end of
 * a block writes the new block behind the old one's closing, and no character is cut in half.
 */
import { type ChangedRange, mergeRanges } from './step-ranges.ts';
import { isHighSurrogate, isLowSurrogate, isSameToken, type Token } from './tokens.ts';

export type LocalDiff = {
  /** Disjoint and in order; tokens between them pair up one by one. */
  readonly edits: readonly ChangedRange[];
  /** True when the ranges given did not fit and everything counted as changed. */
  readonly isHull: boolean;
};

/**
 * @param ranges what the steps changed, in token indexes; null when that is not known
 */
export function diffTokens(
  old: readonly Token[],
  next: readonly Token[],
  ranges: readonly ChangedRange[] | null,
): LocalDiff {
  const fitting = ranges && withGapChanges(old, next, ranges);
  const changed = fitting ?? [{ from: 0, to: old.length, newFrom: 0, newTo: next.length }];
  return { edits: changed.flatMap((range) => refine(old, next, range)), isHull: fitting === null };
}

/** Adds tokens that differ outside the ranges: ids and missing markers, which no step map shows. */
function withGapChanges(
  old: readonly Token[],
  next: readonly Token[],
  ranges: readonly ChangedRange[],
): ChangedRange[] | null {
  const all: ChangedRange[] = [];
  const end = { from: old.length, to: old.length, newFrom: next.length, newTo: next.length };
  let i = 0;
  let j = 0;
  for (const range of [...ranges, end]) {
    if (range.from < i || range.from - i !== range.newFrom - j || range.to > old.length || range.newTo > next.length) {
      return null;
    }
    for (; i < range.from; i++, j++) {
      const before = old[i];
      const after = next[j];
      if (before === undefined || after === undefined || before.type !== after.type) return null;
      if (!isSameToken(before, after)) all.push({ from: i, to: i + 1, newFrom: j, newTo: j + 1 });
    }
    if (range !== end) all.push(range);
    i = range.to;
    j = range.newTo;
  }
  return mergeRanges(all);
}

/** Cuts a changed range down to what really differs. */
function refine(old: readonly Token[], next: readonly Token[], range: ChangedRange): ChangedRange[] {
  return splitAtKeptMarkers(old, next, trimmed(old, next, range)).flatMap((piece) => {
    const { from, to, newFrom, newTo } = trimmed(old, next, piece);
    if (from === to && newFrom === newTo) return [];
    if (from === to && isEnterAtEnd(old, next, from, newFrom, newTo)) {
      return [{ from: from + 1, to: to + 1, newFrom: newFrom + 1, newTo: newTo + 1 }];
    }
    const before = cutsCharacter(old, from) || cutsCharacter(next, newFrom) ? 1 : 0;
    const behind = cutsCharacter(old, to) || cutsCharacter(next, newTo) ? 1 : 0;
    return [{ from: from - before, to: to + behind, newFrom: newFrom - before, newTo: newTo + behind }];
  });
}

/** Without what is the same at both ends. */
function trimmed(old: readonly Token[], next: readonly Token[], range: ChangedRange): ChangedRange {
  const isSame = (i: number, j: number) => {
    const before = old[i];
    const after = next[j];
    return before !== undefined && after !== undefined && isSameToken(before, after);
  };
  let { from, to, newFrom, newTo } = range;
  while (from < to && newFrom < newTo && isSame(from, newFrom)) {
    from++;
    newFrom++;
  }
  while (to > from && newTo > newFrom && isSame(to - 1, newTo - 1)) {
    to--;
    newTo--;
  }
  return { from, to, newFrom, newTo };
}

/** The stretches of a range between markers that stand on both sides of it, in the same order. */
function splitAtKeptMarkers(old: readonly Token[], next: readonly Token[], range: ChangedRange): ChangedRange[] {
  const placeById = new Map<string | null, number>();
  for (let j = range.newTo - 1; j >= range.newFrom; j--) {
    const token = next[j];
    if (token?.type === 'open' && !token.virtual) placeById.set(token.attrs.id, j);
  }
  const pieces: ChangedRange[] = [];
  let { from, newFrom } = range;
  for (let i = range.from; i < range.to; i++) {
    const token = old[i];
    if (token?.type !== 'open' || token.virtual) continue;
    const j = placeById.get(token.attrs.id);
    if (j === undefined || j < newFrom) continue;
    pieces.push({ from, to: i, newFrom, newTo: j });
    from = i + 1;
    newFrom = j + 1;
  }
  return [...pieces, { from, to: range.to, newFrom, newTo: range.newTo }];
}

/** `C O …` written before a C is the same as `O … C` written behind it, and that leaves room for a colleague's words. */
function isEnterAtEnd(
  old: readonly Token[],
  next: readonly Token[],
  at: number,
  newFrom: number,
  newTo: number,
): boolean {
  const closing = old[at];
  return (
    closing?.type === 'close' && !closing.virtual && next[newFrom]?.type === 'close' && next[newTo]?.type === 'close'
  );
}

function cutsCharacter(tokens: readonly Token[], at: number): boolean {
  return isLowSurrogate(tokens[at]) && isHighSurrogate(tokens[at - 1]);
}
