/**
 * What goes onto the clipboard: nested lists, headings and quotes as other programs expect them, and plain text with the
 * numbers that are drawn. Our own attributes ride along, so that pasting here gives the same blocks back.
 */
import { DOMSerializer, Fragment, type Node as ProseNode, type Schema } from '@tiptap/pm/model';
import { attrsOf, isListKind } from '../commands/selected-blocks.ts';
import { countBlocks, numberLabel } from '../drawing/list-numbers.ts';

/** Where ProseMirror asks for the HTML of a copied slice. */
export class ClipboardHtml extends DOMSerializer {
  constructor(schema: Schema) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema));
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    if (!fragment.firstChild?.isTextblock) return super.serializeFragment(fragment, options, target);
    const document = options.document ?? window.document;
    const root = target ?? document.createDocumentFragment();
    /** Open lists, outermost first. */
    let lists: HTMLElement[] = [];
    for (const block of fragment.content) {
      const { kind, indent, checked } = attrsOf(block);
      if (!isListKind(kind)) {
        lists = [];
        root.append(this.#plainBlock(block, document));
        continue;
      }
      const item = document.createElement('li');
      if (kind === 'task') {
        item.setAttribute('data-checked', String(checked));
        const box = document.createElement('span');
        box.setAttribute('data-drawn', '');
        box.textContent = checked ? '☑ ' : '☐ ';
        item.append(box);
      }
      super.serializeFragment(block.content, { document }, item);
      lists = listsDownTo(lists, indent, kind, root, document);
      lists.at(-1)?.append(item);
    }
    return root;
  }

  #plainBlock(block: ProseNode, document: Document): HTMLElement {
    const { kind, indent } = attrsOf(block);
    if (kind === 'divider' && block.content.size === 0) return document.createElement('hr');
    const element = document.createElement(TAG_BY_KIND[kind] ?? 'p');
    if (!(kind in TAG_BY_KIND) && kind !== 'p') element.setAttribute('data-kind', kind);
    if (indent > 0) {
      element.setAttribute('data-indent', String(indent));
      element.setAttribute('style', `margin-left: ${indent * 2}em`);
    }
    super.serializeFragment(block.content, { document }, element);
    return element;
  }
}

const TAG_BY_KIND: Readonly<Record<string, string>> = { h1: 'h1', h2: 'h2', h3: 'h3', quote: 'blockquote' };

/** The open lists after going to a depth; a list of another kind at that depth begins anew. */
function listsDownTo(
  open: readonly HTMLElement[],
  indent: number,
  kind: string,
  root: HTMLElement | DocumentFragment,
  document: Document,
): HTMLElement[] {
  const lists = open.slice(0, indent + 1);
  if (lists.length === indent + 1 && lists[indent]?.dataset.kind !== kind) lists.pop();
  while (lists.length < indent + 1) {
    const list = document.createElement(kind === 'numbered' ? 'ol' : 'ul');
    list.dataset.kind = kind;
    const parent = lists.at(-1);
    // A list stands in the item before it.
    (parent === undefined ? root : (parent.lastElementChild ?? parent)).append(list);
    lists.push(list);
  }
  return lists;
}

/** The words of copied blocks, one line each, with the signs that are drawn before items. */
export function copiedText(blocks: Fragment): string {
  if (!blocks.firstChild?.isTextblock) return Fragment.from(blocks).textBetween(0, blocks.size, '\n');
  const all = blocks.content;
  const counts = countBlocks(all.map(attrsOf));
  const isPart = all.length === 1;
  return all
    .map((block, i) => {
      const { kind, indent, checked } = attrsOf(block);
      const text = kind === 'divider' && block.content.size === 0 ? '————' : block.textBetween(0, block.content.size);
      if (isPart || !isListKind(kind)) return text;
      const sign =
        kind === 'numbered' ? numberLabel(counts[i] ?? 1, indent) : kind === 'task' ? (checked ? '☑' : '☐') : '•';
      return `${'\u3000\u3000'.repeat(indent)}${sign} ${text}`;
    })
    .join('\n');
}
