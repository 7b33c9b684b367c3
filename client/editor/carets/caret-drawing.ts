/** How a colleague's caret and selection look: a bar and a tint in their one colour, and a label with name and agency. */
import type { Node as ProseNode } from '@tiptap/pm/model';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { personColour } from '../../ui/person-colour.ts';
import type { CaretOwner, RemoteCaret } from './caret-states.ts';

export type LabelOf = (owner: CaretOwner) => string;

export function drawCarets(doc: ProseNode, carets: readonly RemoteCaret[], labelOf: LabelOf): DecorationSet {
  const end = doc.content.size;
  return DecorationSet.create(
    doc,
    carets.flatMap(({ clientId, owner, anchor, head }) => {
      const at = Math.min(head, end);
      const from = Math.min(anchor, at);
      const to = Math.min(Math.max(anchor, at), end);
      const label = labelOf(owner);
      const caret = Decoration.widget(at, (view) => caretElement(view.dom.ownerDocument, owner.personId, label), {
        // A caret that has moved is drawn anew, so that its label shows again for a while.
        key: `caret-${clientId}-${at}-${label}`,
        side: -1,
        marks: [],
        ignoreSelection: true,
      });
      if (from === to) return [caret];
      const tint = { class: 'caret-selection person', style: colourStyle(owner.personId) };
      return [caret, Decoration.inline(from, to, tint, { inclusiveEnd: false })];
    }),
  );
}

function caretElement(document: Document, personId: string, text: string): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'caret person';
  caret.setAttribute('style', colourStyle(personId));
  caret.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.className = 'caret-label';
  label.textContent = text;
  caret.append(label);
  return caret;
}

function colourStyle(personId: string): string {
  const { light, dark } = personColour(personId);
  return `--person-light: ${light}; --person-dark: ${dark}`;
}
