/**
 * Draws a block so that a change of its attributes does not draw it anew: giving a block its id or an indent while an input
 * method composes in it would end the composition. Only another element for another kind does.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { NodeView } from '@tiptap/pm/view';
import { type ParaAttrs, paraToDomAttrs, tagOfKind } from '../../../shared/prose/schema.ts';

/** The node view of `para`. */
export function paraNodeView(node: ProseNode): NodeView {
  const tag = tagOfKind(node.attrs.kind);
  const element = document.createElement(tag);
  let drawn: Record<string, string> = {};
  const draw = (attrs: ParaAttrs) => {
    const wanted = paraToDomAttrs(attrs);
    // Only its own: decorations set attributes on the element too.
    for (const name of Object.keys(drawn)) if (!(name in wanted)) element.removeAttribute(name);
    for (const [name, value] of Object.entries(wanted)) if (drawn[name] !== value) element.setAttribute(name, value);
    drawn = wanted;
  };
  draw(node.attrs as ParaAttrs);
  return {
    dom: element,
    contentDOM: element,
    update: (updated) => {
      if (updated.type !== node.type || tagOfKind(updated.attrs.kind) !== tag) return false;
      draw(updated.attrs as ParaAttrs);
      return true;
    },
  };
}
