/**
 * The smallest ProseMirror steps that bring the content of one block to a goal: first the words, as one replacement
 * between the first and the last difference, then the marks, run by run.
 */
import { type Mark, type Node as ProseNode, Slice } from '@tiptap/pm/model';
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Transform } from '@tiptap/pm/transform';

/** Adds the steps to `tr` for its block at `pos`. */
export function patchInline(tr: Transform, pos: number, goal: ProseNode): void {
  const block = tr.doc.nodeAt(pos);
  if (block === null || block.content.eq(goal.content)) return;
  replaceUnits(tr, pos + 1, unitsOf(block), unitsOf(goal), goal);
  const replaced = tr.doc.nodeAt(pos);
  if (replaced === null || replaced.content.eq(goal.content)) return;
  changeMarks(tr, pos + 1, unitsOf(replaced), unitsOf(goal));
  // Two marks of one type in another order cannot be mended mark by mark.
  const patched = tr.doc.nodeAt(pos);
  if (patched === null || patched.content.eq(goal.content)) return;
  tr.step(new ReplaceStep(pos + 1, pos + 1 + patched.content.size, new Slice(goal.content, 0, 0)));
}

/** One position of a block's content. */
type Unit = { readonly key: string; readonly marks: readonly Mark[] };

function unitsOf(block: ProseNode): Unit[] {
  const units: Unit[] = [];
  block.forEach((child) => {
    if (!child.isText) units.push({ key: `${child.type.name}:${JSON.stringify(child.attrs)}`, marks: child.marks });
    else for (const key of (child.text ?? '').split('')) units.push({ key, marks: child.marks });
  });
  return units;
}

function replaceUnits(tr: Transform, pos: number, old: readonly Unit[], next: readonly Unit[], goal: ProseNode): void {
  const shorter = Math.min(old.length, next.length);
  let start = 0;
  while (start < shorter && old[start]?.key === next[start]?.key) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end]?.key === next[next.length - 1 - end]?.key) end++;
  if (start + end === old.length && start + end === next.length) return;
  tr.step(new ReplaceStep(pos + start, pos + old.length - end, goal.slice(start, next.length - end)));
}

function changeMarks(tr: Transform, pos: number, old: readonly Unit[], next: readonly Unit[]): void {
  const runs = new Map<Mark, { from: number; to: number }[]>();
  const note = (mark: Mark, i: number) => {
    const known = [...runs.keys()].find((each) => each.eq(mark)) ?? mark;
    const spans = runs.get(known) ?? [];
    const last = spans.at(-1);
    if (last?.to === i) last.to = i + 1;
    else spans.push({ from: i, to: i + 1 });
    runs.set(known, spans);
  };
  const each = (visit: (before: readonly Mark[], after: readonly Mark[], i: number) => void) => {
    for (const [i, unit] of old.entries()) {
      const after = next[i]?.marks ?? [];
      if (unit.marks !== after) visit(unit.marks, after, i);
    }
  };
  const stepAll = (Step: typeof AddMarkStep | typeof RemoveMarkStep) => {
    for (const [mark, spans] of runs) for (const { from, to } of spans) tr.step(new Step(pos + from, pos + to, mark));
    runs.clear();
  };
  each((before, after, i) => {
    for (const mark of before) if (!mark.isInSet(after)) note(mark, i);
  });
  stepAll(RemoveMarkStep);
  each((before, after, i) => {
    for (const mark of after) if (!mark.isInSet(before)) note(mark, i);
  });
  stepAll(AddMarkStep);
}
