/**
 * Sentences that a feature has something to say about (a decision), drawn as a line and a label beside their paragraph:
 * decorations only, no mark in the text. They follow their words by relative positions; a moment after the text has
 * changed they are looked up anew, and nothing is drawn while an input method composes.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { readBrowserCaret } from '../binding/browser-caret.ts';
import type { ProseBinding } from '../binding/prose-binding.ts';
import type { NotedSentence } from '../editor-contract.ts';

type Drawn = { readonly notes: readonly NotedSentence[]; readonly set: DecorationSet };
type Positions = Pick<ProseBinding, 'toAbsolute'>;

/** Looked up again this long after the last change of the text. */
const SETTLE_MS = 250;
/** Asked again this often whether the input method has finished. */
const COMPOSING_RETRY_MS = 50;

const key = new PluginKey<Drawn>('notedSentences');

/** Draws these in place of the ones before; nothing when they say the same. */
export function drawNotes(view: EditorView, notes: readonly NotedSentence[]): void {
  const before = view.isDestroyed ? undefined : key.getState(view.state)?.notes;
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(notes)) drawAgain(view, notes);
}

function drawAgain(view: EditorView, notes: readonly NotedSentence[]): void {
  if (view.isDestroyed) return;
  if (view.composing) {
    setTimeout(() => drawAgain(view, notes), COMPOSING_RETRY_MS);
    return;
  }
  readBrowserCaret(view);
  view.dispatch(view.state.tr.setMeta(key, notes).setMeta('addToHistory', false));
}

export function notedSentences(binding: Positions): Plugin<Drawn> {
  return new Plugin<Drawn>({
    key,
    state: {
      init: () => ({ notes: [], set: DecorationSet.empty }),
      apply: (tr, drawn) => {
        const notes = tr.getMeta(key) as readonly NotedSentence[] | undefined;
        if (notes !== undefined) return { notes, set: draw(tr.doc, notes, binding) };
        if (!tr.docChanged || drawn.notes.length === 0) return drawn;
        return { notes: drawn.notes, set: drawn.set.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: (view) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const again = () => {
        timer = undefined;
        const notes = key.getState(view.state)?.notes ?? [];
        if (!view.isDestroyed && notes.length > 0) drawAgain(view, notes);
      };
      return {
        update: (updated, before) => {
          if (updated.state.doc === before.doc || (key.getState(updated.state)?.notes.length ?? 0) === 0) return;
          clearTimeout(timer);
          timer = setTimeout(again, SETTLE_MS);
        },
        destroy: () => clearTimeout(timer),
      };
    },
  });
}

function draw(doc: ProseNode, notes: readonly NotedSentence[], binding: Positions): DecorationSet {
  const ranges: Decoration[] = [];
  const labelsByBlock = new Map<number, string[]>();
  for (const { id, label, from: start, to: end, isCurrent } of notes) {
    const [from, to] = [binding.toAbsolute(start), binding.toAbsolute(end)];
    if (from === null || to === null || from >= to || to > doc.content.size) continue;
    const attrs = { class: 'noted', 'data-noted': id, ...(isCurrent && { 'data-current': 'true' }) };
    ranges.push(Decoration.inline(from, to, attrs, { inclusiveStart: false, inclusiveEnd: false }));
    // The label goes to the paragraph in which the sentence begins.
    const block = doc.resolve(from).before(1);
    labelsByBlock.set(block, [...(labelsByBlock.get(block) ?? []), label]);
  }
  for (const [pos, labels] of labelsByBlock) {
    const size = doc.nodeAt(pos)?.nodeSize ?? 0;
    ranges.push(Decoration.node(pos, pos + size, { 'data-decided': labels.join(' ') }));
  }
  return DecorationSet.create(doc, ranges);
}
