/**
 * Words beside blocks that need one: where to begin in an empty document, words that stand in a deleted paragraph, a kind of
 * a newer version. Drawn as attributes for the style sheet; nothing is written.
 */
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { BLOCK_KINDS } from '../../../shared/prose/block-attrs.ts';
import { attrsOf } from '../commands/selected-blocks.ts';

export type BlockNoteTexts = {
  /** Shown in the one empty paragraph of an empty document that may be written. */
  readonly placeholder: string;
  /** Beside words whose paragraph somebody deleted while they were written. */
  readonly stray: string;
  /** Beside a block of a kind that this version does not know. */
  readonly unknownKind: string;
};

/** @param texts asked each time, so that a change of language shows with the next transaction */
export function blockNotes(texts: () => BlockNoteTexts): Plugin {
  return new Plugin({
    props: {
      decorations: (state) => {
        const { placeholder, stray, unknownKind } = texts();
        const notes: Decoration[] = [];
        state.doc.forEach((block, pos) => {
          const { kind, stray: isStray } = attrsOf(block);
          const isAlone = state.doc.childCount === 1 && block.content.size === 0;
          const attrs =
            isAlone && kind === 'p'
              ? { 'data-placeholder': placeholder }
              : isStray && block.content.size > 0
                ? { 'data-note': stray }
                : BLOCK_KINDS.some((known) => known === kind)
                  ? null
                  : { 'data-note': unknownKind };
          if (attrs) notes.push(Decoration.node(pos, pos + block.nodeSize, attrs));
        });
        return notes.length === 0 ? DecorationSet.empty : DecorationSet.create(state.doc, notes);
      },
    },
  });
}
