/** The blocks a selection touches, and questions about kinds that several commands ask. */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import type { ParaAttrs } from '../../../shared/prose/schema.ts';

export type PlacedBlock = { readonly node: ProseNode; readonly pos: number; readonly attrs: ParaAttrs };

/** Kinds whose items are drawn as a list. */
const LIST_KINDS = ['bullet', 'numbered', 'task'] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export function isListKind(kind: string): kind is ListKind {
  return LIST_KINDS.some((known) => known === kind);
}

export function isHeadingKind(kind: string): boolean {
  return kind === 'h1' || kind === 'h2' || kind === 'h3';
}

/** What is said about a block, typed. */
export function attrsOf(block: ProseNode): ParaAttrs {
  return block.attrs as ParaAttrs;
}

/** All blocks that the selection touches, in order. */
export function selectedBlocks({ doc, selection }: Pick<EditorState, 'doc' | 'selection'>): PlacedBlock[] {
  const blocks: PlacedBlock[] = [];
  doc.nodesBetween(selection.from, selection.to, (node, pos) => {
    if (!node.isTextblock) return true;
    blocks.push({ node, pos, attrs: attrsOf(node) });
    return false;
  });
  return blocks;
}

/** The block with the caret; null when something is selected. */
export function caretBlock({ selection }: Pick<EditorState, 'selection'>): (PlacedBlock & { offset: number }) | null {
  const { $from, empty } = selection;
  if (!empty || $from.depth !== 1) return null;
  return { node: $from.parent, pos: $from.before(), attrs: attrsOf($from.parent), offset: $from.parentOffset };
}
