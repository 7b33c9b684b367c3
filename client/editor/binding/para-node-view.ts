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
  setDomAttrs(element, node.attrs as ParaAttrs);
  return {
    dom: element,
    contentDOM: element,
    update: (updated) => {
      if (updated.type !== node.type || tagOfKind(updated.attrs.kind) !== tag) return false;
      setDomAttrs(element, updated.attrs as ParaAttrs);
      return true;
    },
  };
}

function setDomAttrs(element: HTMLElement, attrs: ParaAttrs): void {
  const wanted = paraToDomAttrs(attrs);
  for (const name of element.getAttributeNames()) {
    if (name.startsWith('data-') && !(name in wanted)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}
