/**
 * A change of the Y.Text by somebody else, or by undo, becomes the smallest ProseMirror steps: only the touched windows are
 * read again.
 */
import { type Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { isOwnUnit } from '../../../shared/typing-runs.ts';
import { type Mirror, type ProseSource, readMirrorPart, spliceMirror, withSomeBlock } from './mirror.ts';
import { patchBlocks } from './patch-blocks.ts';
import { flatToPos, posToFlat } from './positions.ts';
import { remoteWindows } from './remote-windows.ts';
import type { ChangedRange } from './step-ranges.ts';
import type { TextChanges } from './text-changes.ts';

/**
 * Adds the steps to `tr`, whose document must be the mirror's.
 * @param touchedIds blocks whose attributes changed
 * @param isUndo whether the change is this person's own undo: the caret then goes behind what came back
 * @returns the new mirror
 */
export function showRemoteChange(
  source: ProseSource,
  mirror: Mirror,
  changes: TextChanges,
  touchedIds: ReadonlySet<string>,
  isUndo: boolean,
  tr: Transaction,
): Mirror {
  const windows = remoteWindows(mirror, changes.ranges, touchedIds, changes.newLength);
  const selection = tr.selection;
  let next = mirror;
  let block = 0;
  let pos = 0;
  let shift = 0;
  for (const { first, last, newFrom, newTo, isHull } of windows) {
    for (; block < first + shift; block++) pos += tr.doc.child(block).nodeSize;
    const part = readMirrorPart(source, newFrom, newTo);
    // Every block before this window is gone: its loose line breaks follow those that are already there.
    const isHeadless = block === 0 && first > 0;
    const spliced = spliceMirror(
      next,
      block,
      last + shift,
      isHeadless ? { ...part, lead: next.lead + part.lead } : part,
    );
    next = withSomeBlock(spliced, source.schema);
    const goals = (spliced === next ? part : next).blocks.map((each) => each.node);
    const old = Array.from({ length: last - first + 1 }, (_, i) => tr.doc.child(block + i));
    patchBlocks(tr, pos, old, goals, isHull);
    block += goals.length;
    for (const goal of goals) pos += goal.nodeSize;
    shift += goals.length - old.length;
  }
  if (tr.docChanged) keepSelection(source, selection, mirror, next, changes.ranges, isUndo, tr);
  return next;
}

/**
 * Keeps the caret where it stood in the words. Step maps alone would push it to the end of a stretch in which a colleague
 * changed several places at once. A caret behind one's own words stays with them, so that each of two people who type at
 * one place writes their own word; behind words of others it goes along with what is added to them.
 */
function keepSelection(
  source: ProseSource,
  selection: Selection,
  mirror: Mirror,
  next: Mirror,
  ranges: readonly ChangedRange[],
  isUndo: boolean,
  tr: Transaction,
): void {
  if (!(selection instanceof TextSelection)) return;
  const isBehindOwn = (index: number) => isOwnUnit(source.text, index - 1);
  const place = (pos: number): number => {
    const staysBehind = isUndo ? () => false : selection.empty ? isBehindOwn : () => pos === selection.to;
    return flatToPos(next, indexAfter(ranges, posToFlat(mirror, pos), staysBehind));
  };
  const anchor = place(selection.anchor);
  const head = place(selection.head);
  if (anchor !== tr.selection.anchor || head !== tr.selection.head) {
    tr.setSelection(TextSelection.create(tr.doc, anchor, head));
  }
}

/**
 * Where the unit at an index, or the next one that is still there, stands after the change.
 * @param staysBehind whether what is inserted exactly here, at this index of the changed text, comes after the place
 */
function indexAfter(
  ranges: readonly ChangedRange[],
  index: number,
  staysBehind: (newIndex: number) => boolean,
): number {
  let shift = 0;
  for (const { from, to, newFrom, newTo } of ranges) {
    if (from > index || (from === index && to === index && staysBehind(newFrom))) break;
    if (to - from === newTo - newFrom) continue;
    shift = to > index ? newTo - index : newTo - to;
  }
  return index + shift;
}
