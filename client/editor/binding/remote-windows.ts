/**
 * Which blocks have to be read again after a remote change: windows of neighbouring blocks, as few and as narrow as are
 * safe. A change at the border of two blocks touches both, because a marker that goes or comes there lets one flow into
 * the other.
 */
import { flatStarts, type Mirror } from './mirror.ts';
import type { ChangedRange } from './step-ranges.ts';

/** Blocks [first, last] of the mirror before the change, and the units to read in their place. */
export type RemoteWindow = {
  readonly first: number;
  readonly last: number;
  readonly newFrom: number;
  readonly newTo: number;
  /** So many blocks that one replacement is cheaper than a step for each. */
  readonly isHull: boolean;
};

/** Beyond this many windows everything between the first and the last is read and replaced as one. */
const MAX_WINDOWS = 100;

type Span = { first: number; last: number; growth: number };

/**
 * @param touchedIds blocks whose attributes changed
 * @param newLength length of the text after the change
 */
export function remoteWindows(
  mirror: Mirror,
  ranges: readonly ChangedRange[],
  touchedIds: ReadonlySet<string>,
  newLength: number,
): RemoteWindow[] {
  const starts = flatStarts(mirror);
  const merged = mergeSpans([...rangeSpans(starts, ranges), ...attributeSpans(mirror, touchedIds)]);
  const isHull = merged.length > MAX_WINDOWS;
  const spans = isHull ? [hullOf(merged)] : merged;
  const lastBlock = mirror.blocks.length - 1;
  let shift = 0;
  return spans.map(({ first, last, growth }) => {
    const newFrom = first === 0 ? 0 : (starts[first] ?? 0) + shift;
    shift += growth;
    const newTo = last === lastBlock ? newLength : (starts[last + 1] ?? 0) + shift;
    return { first, last, newFrom, newTo, isHull };
  });
}

function rangeSpans(starts: readonly number[], ranges: readonly ChangedRange[]): Span[] {
  const lastBlock = starts.length - 2;
  const startOf = (block: number) => starts[block] ?? 0;
  let first = 0;
  return ranges.map((range) => {
    while (first < lastBlock && startOf(first + 1) < range.from) first++;
    let last = first;
    while (last < lastBlock && startOf(last + 1) <= range.to) last++;
    return { first, last, growth: range.newTo - range.newFrom - (range.to - range.from) };
  });
}

function attributeSpans(mirror: Mirror, touchedIds: ReadonlySet<string>): Span[] {
  if (touchedIds.size === 0) return [];
  return mirror.blocks.flatMap((block, i) =>
    block.id !== null && touchedIds.has(block.id) ? [{ first: i, last: i, growth: 0 }] : [],
  );
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before !== undefined && span.first <= before.last) merged[merged.length - 1] = hullOf([before, span]);
    else merged.push(span);
  }
  return merged;
}

function hullOf(spans: readonly Span[]): Span {
  return spans.reduce((hull, span) => ({
    first: Math.min(hull.first, span.first),
    last: Math.max(hull.last, span.last),
    growth: hull.growth + span.growth,
  }));
}
