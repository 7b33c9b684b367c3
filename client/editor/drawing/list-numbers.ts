/**
 * Numbers of numbered items. They are derived from the row of (kind, indent) and are never text: an item counts on from the
 * last item of its depth unless something shallower or of another kind at that depth stands between. The same in every
 * language, because people who read one document must see one number: 1. then （1） then ①.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { attrsOf } from '../commands/selected-blocks.ts';

type Counted = { readonly kind: string; readonly indent: number };

/** The number of every block, 0 for those without one. */
export function countBlocks(blocks: readonly Counted[]): number[] {
  const counts: number[] = [];
  return blocks.map(({ kind, indent }) => {
    if (kind !== 'numbered') {
      counts.length = Math.min(counts.length, indent);
      return 0;
    }
    counts.length = Math.min(counts.length, indent + 1);
    const number = (counts[indent] ?? 0) + 1;
    counts[indent] = number;
    return number;
  });
}

/** How a number is written at a depth. */
export function numberLabel(number: number, indent: number): string {
  const style = indent % 3;
  if (style === 1) return `（${number}）`;
  if (style === 2 && number <= 20) return String.fromCodePoint(0x2460 + number - 1);
  return style === 2 ? `${number}）` : `${number}.`;
}

type Numbers = { readonly counted: readonly Counted[]; readonly drawn: DecorationSet };

const key = new PluginKey<Numbers>('listNumbers');

/** Draws each number as `data-number` of its block. */
export function listNumbers(): Plugin<Numbers> {
  return new Plugin<Numbers>({
    key,
    state: {
      init: (_config, state) => draw(state.doc),
      apply: (tr: Transaction, numbers) => {
        if (!tr.docChanged) return numbers;
        const counted = countedOf(tr.doc);
        return isSameRow(counted, numbers.counted)
          ? { counted: numbers.counted, drawn: numbers.drawn.map(tr.mapping, tr.doc) }
          : draw(tr.doc);
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });
}

function countedOf(doc: ProseNode): Counted[] {
  return doc.children.map((block) => attrsOf(block));
}

function draw(doc: ProseNode): Numbers {
  const counted = countedOf(doc);
  const counts = countBlocks(counted);
  const drawn: Decoration[] = [];
  doc.forEach((block, pos, i) => {
    const count = counts[i] ?? 0;
    if (count === 0) return;
    drawn.push(
      Decoration.node(pos, pos + block.nodeSize, { 'data-number': numberLabel(count, attrsOf(block).indent) }),
    );
  });
  return { counted, drawn: DecorationSet.create(doc, drawn) };
}

/** Whether the decorations would be the same ones, only elsewhere. */
function isSameRow(a: readonly Counted[], b: readonly Counted[]): boolean {
  return a.length === b.length && a.every(({ kind, indent }, i) => kind === b[i]?.kind && indent === b[i]?.indent);
}
