/**
 * Where a row of steps changed a document: disjoint pairs of ranges, before and after, with unchanged stretches of equal
 * length between them. Steps that change only marks or attributes have no range.
 */
import type { Step } from '@tiptap/pm/transform';

/** [from, to) before became [newFrom, newTo) after. */
export type ChangedRange = {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
};

/**
 * The changed ranges of the steps, in positions of the document before the first and after the last. Null when the
 * stretches between them do not fit together.
 */
export function stepRanges(steps: readonly Step[]): ChangedRange[] | null {
  const maps = steps.map((step) => step.getMap());
  // Each map is inverted by itself: Mapping.slice(…).invert() ignores the slice.
  const inverted = maps.map((map) => map.invert());
  const ranges: ChangedRange[] = [];
  for (const [k, map] of maps.entries()) {
    const back = (pos: number, assoc: number) =>
      inverted.slice(0, k).reduceRight((at, inverse) => inverse.map(at, assoc), pos);
    const forth = (pos: number, assoc: number) => maps.slice(k + 1).reduce((at, later) => later.map(at, assoc), pos);
    map.forEach((from, to, newFrom, newTo) => {
      ranges.push({ from: back(from, -1), to: back(to, 1), newFrom: forth(newFrom, -1), newTo: forth(newTo, 1) });
    });
  }
  const merged = mergeRanges(ranges);
  return areAligned(merged) ? merged : null;
}

/** Joins ranges that touch on either side. */
export function mergeRanges(ranges: readonly ChangedRange[]): ChangedRange[] {
  const merged: ChangedRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from || a.newFrom - b.newFrom)) {
    const last = merged.at(-1);
    if (last === undefined || (range.from > last.to && range.newFrom > last.newTo)) {
      merged.push(range);
      continue;
    }
    merged[merged.length - 1] = {
      from: Math.min(last.from, range.from),
      to: Math.max(last.to, range.to),
      newFrom: Math.min(last.newFrom, range.newFrom),
      newTo: Math.max(last.newTo, range.newTo),
    };
  }
  return merged;
}

function areAligned(ranges: readonly ChangedRange[]): boolean {
  let shift = 0;
  for (const range of ranges) {
    if (range.newFrom - range.from !== shift) return false;
    shift = range.newTo - range.to;
  }
  return true;
}
