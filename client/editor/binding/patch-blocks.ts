/**
 * The smallest ProseMirror steps that turn some neighbouring blocks into others, so that carets, selections and the DOM of
 * everything else stay. A remote split or join becomes exactly a split or join.
 */
import { Fragment, type Node as ProseNode, Slice } from '@tiptap/pm/model';
import { ReplaceStep, type Transform } from '@tiptap/pm/transform';
import { patchInline } from './patch-inline.ts';

/**
 * Adds the steps to `tr`; `old` are its blocks that begin at `pos`.
 * @param inOneStep one replacement instead of a step per block, for a change of very many blocks
 */
export function patchBlocks(
  tr: Transform,
  pos: number,
  old: readonly ProseNode[],
  next: readonly ProseNode[],
  inOneStep = false,
): void {
  let start = 0;
  let at = pos;
  for (; start < old.length && start < next.length; start++) {
    const node = old[start];
    const goal = next[start];
    if (node === undefined || goal === undefined || !node.eq(goal)) break;
    at += node.nodeSize;
  }
  let end = 0;
  while (end < old.length - start && end < next.length - start) {
    const node = old[old.length - 1 - end];
    const goal = next[next.length - 1 - end];
    if (node === undefined || goal === undefined || !node.eq(goal)) break;
    end++;
  }
  const rest = old.slice(start, old.length - end);
  const goals = next.slice(start, next.length - end);
  if (rest.length === 0 && goals.length === 0) return;
  if (!inOneStep && rest.length === goals.length && rest.every((node, i) => node.attrs.id === goals[i]?.attrs.id)) {
    for (const [i, node] of rest.entries()) {
      const goal = goals[i];
      if (goal === undefined) continue;
      setAttrs(tr, at, node, goal);
      patchInline(tr, at, goal);
      at += goal.nodeSize;
    }
    return;
  }
  replaceBlocks(tr, at, rest, goals);
}

/** Writes each attribute that differs. */
function setAttrs(tr: Transform, pos: number, node: ProseNode, goal: ProseNode): void {
  for (const name of Object.keys(goal.attrs)) {
    if (node.attrs[name] !== goal.attrs[name]) tr.setNodeAttribute(pos, name, goal.attrs[name]);
  }
}

/** One step between the first and the last difference, looking into the first and the last block. */
function replaceBlocks(tr: Transform, pos: number, old: readonly ProseNode[], next: readonly ProseNode[]): void {
  const first = old[0];
  const firstGoal = next[0];
  let blocks = old;
  if (first !== undefined && firstGoal !== undefined && first.attrs.id === firstGoal.attrs.id) {
    setAttrs(tr, pos, first, firstGoal);
    blocks = [first.type.create(firstGoal.attrs, first.content), ...old.slice(1)];
  }
  const step = smallestStep((content) => tr.doc.type.create(null, content), blocks, next);
  const size = Fragment.fromArray([...blocks]).size;
  const whole = new ReplaceStep(pos, pos + size, new Slice(Fragment.fromArray([...next]), 0, 0));
  tr.step(step === null ? whole : new ReplaceStep(pos + step.from, pos + step.to, step.slice));
}

/** A step, in positions of the old blocks alone, that gives exactly the new ones; null when there is no small one. */
function smallestStep(
  makeDoc: (content: Fragment) => ProseNode,
  old: readonly ProseNode[],
  next: readonly ProseNode[],
): ReplaceStep | null {
  const last = old.at(-1);
  const lastGoal = next.at(-1);
  if (last === undefined || lastGoal === undefined) return null;
  const oldContent = Fragment.fromArray([...old]);
  const nextContent = Fragment.fromArray([...next]);
  const from = oldContent.findDiffStart(nextContent);
  if (from === null) return null;
  // The last old block ends up with the attributes of the last new one, so only its content is compared.
  const isOne = old.length === 1 && next.length === 1;
  const comparable = isOne ? old : [...old.slice(0, -1), last.type.create(lastGoal.attrs, last.content)];
  const diffEnd = Fragment.fromArray([...comparable]).findDiffEnd(nextContent) ?? { a: from, b: from };
  const overlap = Math.max(0, from - Math.min(diffEnd.a, diffEnd.b));
  const to = diffEnd.a + overlap;
  const oldDoc = makeDoc(oldContent);
  const nextDoc = makeDoc(nextContent);
  if (to > oldContent.size || diffEnd.b + overlap > nextContent.size) return null;
  const slice = nextDoc.slice(from, diffEnd.b + overlap);
  const [depth, endDepth] = [oldDoc.resolve(from).depth, oldDoc.resolve(to).depth];
  const fits = slice.size === 0 ? depth === endDepth : depth === slice.openStart && endDepth === slice.openEnd;
  if (!fits) return null;
  const step = new ReplaceStep(from, to, slice);
  return step.apply(oldDoc).doc?.eq(nextDoc) ? step : null;
}
