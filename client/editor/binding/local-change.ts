/**
 * A local transaction becomes the smallest change of the Y.Text. Returns what the mirror is afterwards; the caller compares
 * it with the document, because a change beside a missing marker can read differently than it was typed.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { changedBlocks } from './changed-blocks.ts';
import { diffTokens } from './local-diff.ts';
import { flatStarts, type Mirror, type ProseSource, readMirrorPart, spliceMirror, withSomeBlock } from './mirror.ts';
import type { PendingSteps } from './pending-steps.ts';
import { stepRanges } from './step-ranges.ts';
import { newTokens, oldTokens } from './tokens.ts';
import { writeDiff } from './write-diff.ts';

export type LocalChange = {
  readonly mirror: Mirror;
  /** Blocks [first, end) of the new mirror were read again. */
  readonly first: number;
  readonly end: number;
  /** The ranges of the steps did not fit; everything between the first and the last change was written again. */
  readonly isHull: boolean;
};

/**
 * Writes the pending steps.
 * @param transaction the one under way
 * @param mirror the mirror of `pending.base`
 * @returns null when the document is as it was
 */
export function writeLocalChange(
  source: ProseSource,
  transaction: Y.Transaction,
  mirror: Mirror,
  { base, steps, copies }: PendingSteps,
  doc: ProseNode,
): LocalChange | null {
  const ranges = stepRanges(steps);
  const changed = changedBlocks(base, doc, ranges);
  if (changed === null) return null;
  const { first, oldEnd, newEnd, pos } = changed;
  const starts = flatStarts(mirror);
  const old = mirror.blocks
    .slice(first, oldEnd)
    .flatMap((block, i) => oldTokens(block, base.child(first + i), starts[first + i] ?? 0));
  const next = Array.from({ length: newEnd - first }, (_, i) => newTokens(doc.child(first + i))).flat();
  const tokenRanges = ranges?.map(({ from, to, newFrom, newTo }) => ({
    from: from - pos,
    to: to - pos,
    newFrom: newFrom - pos,
    newTo: newTo - pos,
  }));
  const { edits, isHull } = diffTokens(old, next, tokenRanges ?? null);
  const growth = writeDiff({ ...source, transaction, copies }, old, next, edits, starts[oldEnd] ?? 0);
  return { ...readAround(source, mirror, first, oldEnd, growth), isHull };
}

/** Reads the changed blocks and one neighbour on each side again. */
function readAround(source: ProseSource, mirror: Mirror, first: number, oldEnd: number, growth: number) {
  const from = Math.max(0, first - 1);
  const last = Math.min(mirror.blocks.length - 1, oldEnd);
  const starts = flatStarts(mirror);
  const part = readMirrorPart(source, from === 0 ? 0 : starts[from], (starts[last + 1] ?? 0) + growth);
  const spliced = withSomeBlock(spliceMirror(mirror, from, last, part), source.schema);
  return { mirror: spliced, first: from, end: Math.max(from + part.blocks.length, 1) };
}
