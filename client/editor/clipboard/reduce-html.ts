/**
 * Reduces HTML from Word, WPS, web pages and our own clipboard to blocks of our schema: nested lists become flat with indent, a
 * table becomes lines with cells between tabs, headings below the third become the third, pictures and everything that is
 * not words goes. Reads an inert document; total: any tree gives blocks.
 */
import type { Mark, Node as ProseNode, Schema } from '@tiptap/pm/model';
import { type BlockAttrs, DEFAULT_BLOCK_ATTRS, MAX_INDENT } from '../../../shared/prose/block-attrs.ts';
import { blockIdOf, MENTION_KINDS, mentionOf } from '../../../shared/prose/embeds.ts';
import { jsonOf, marksWithin } from './inline-marks.ts';
import { isMarkerSpan, officeHeading, officeItem } from './office-lists.ts';
import { BlockCollector, type PastedBlocks } from './pasted-blocks.ts';

const SKIPPED = new Set(
  'SCRIPT STYLE HEAD TITLE META LINK BASE TEMPLATE NOSCRIPT IFRAME OBJECT EMBED AUDIO VIDEO CANVAS SVG MATH SELECT TEXTAREA BUTTON'.split(
    ' ',
  ),
);
const PICTURES = new Set(['IMG', 'PICTURE', 'V:IMAGEDATA']);
const BLOCKS = new Set(
  'P DIV SECTION ARTICLE ASIDE MAIN HEADER FOOTER NAV FORM FIELDSET FIGURE FIGCAPTION ADDRESS DL DT DD DETAILS SUMMARY CENTER PRE'.split(
    ' ',
  ),
);
const BLOCK_SELECTOR = 'p,div,ul,ol,table,h1,h2,h3,h4,h5,h6,blockquote,pre,hr';
const HEADINGS: Readonly<Record<string, string>> = { H1: 'h1', H2: 'h2', H3: 'h3', H4: 'h3', H5: 'h3', H6: 'h3' };
const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/;

/** Where the walk is. */
type Place = {
  readonly marks: readonly Mark[];
  /** What the next block is. */
  readonly attrs: BlockAttrs;
  /** Depth of lists around; 0 outside. */
  readonly depth: number;
  readonly listKind: 'bullet' | 'numbered' | 'task';
  readonly keepsSpaces: boolean;
};

export function reduceHtml(body: HTMLElement, schema: Schema): PastedBlocks {
  const slice = body.querySelector('[data-pm-slice]')?.getAttribute('data-pm-slice') ?? '';
  const own = /^(\d+) (\d+)/.exec(slice);
  const reducer = new HtmlReducer(schema, own !== null);
  reducer.children(body, {
    marks: [],
    attrs: DEFAULT_BLOCK_ATTRS,
    depth: 0,
    listKind: 'bullet',
    keepsSpaces: own !== null,
  });
  const blocks = reducer.collector.finish();
  const isPlain = (block: ProseNode | undefined) => block?.attrs.kind === 'p' && block.attrs.indent === 0;
  return {
    blocks,
    isStartOpen: own ? own[1] !== '0' : isPlain(blocks[0]),
    isEndOpen: own ? own[2] !== '0' : isPlain(blocks.at(-1)),
    pictures: reducer.pictures,
  };
}

class HtmlReducer {
  readonly collector: BlockCollector;
  pictures = 0;
  readonly #schema: Schema;

  constructor(schema: Schema, keepsSpaces: boolean) {
    this.#schema = schema;
    this.collector = new BlockCollector(schema, keepsSpaces);
  }

  children(parent: Node, place: Place): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) this.#text(child.nodeValue ?? '', place);
      else if (child.nodeType === 1) this.#element(child as HTMLElement, place);
    }
  }

  #element(element: HTMLElement, place: Place): void {
    const tag = element.tagName.toUpperCase();
    if (PICTURES.has(tag)) this.pictures += 1;
    else if (SKIPPED.has(tag) || element.hasAttribute('data-drawn') || element.getAttribute('hidden') !== null) return;
    else if (tag === 'BR') this.#lineBreak(element, place);
    else if (tag === 'UL' || tag === 'OL') this.#list(element, tag, place);
    else if (tag === 'LI') this.#item(element, { ...place, depth: Math.max(1, place.depth) });
    else if (tag === 'TABLE') this.#table(element, place);
    else if (tag === 'HR') this.#divider();
    else if (tag === 'INPUT') return;
    else if (tag === 'BLOCKQUOTE') this.#block(element, { ...place, attrs: { ...place.attrs, kind: 'quote' } });
    else if (HEADINGS[tag] !== undefined) {
      this.#block(element, {
        ...place,
        attrs: this.#ownAttrs(element, { ...DEFAULT_BLOCK_ATTRS, kind: HEADINGS[tag] }),
      });
    } else if (BLOCKS.has(tag) || element.hasAttribute('data-kind')) this.#paragraph(element, tag, place);
    else this.#inline(element, place);
  }

  /** A paragraph of any origin; a container of other blocks only separates. */
  #paragraph(element: HTMLElement, tag: string, place: Place): void {
    const item = officeItem(element);
    const heading = officeHeading(element);
    let attrs = place.attrs;
    if (item?.kind) attrs = { kind: item.kind, indent: Math.min(item.indent, MAX_INDENT), checked: false };
    else if (heading !== null) attrs = { ...DEFAULT_BLOCK_ATTRS, kind: heading };
    else if (item === null) attrs = this.#ownAttrs(element, attrs);
    if (attrs.kind === 'divider') {
      this.#divider();
      if (element.textContent?.trim()) this.#block(element, { ...place, attrs: DEFAULT_BLOCK_ATTRS });
      return;
    }
    this.#block(element, { ...place, attrs, keepsSpaces: place.keepsSpaces || tag === 'PRE' });
  }

  #block(element: HTMLElement, place: Place): void {
    const isItemWaiting = this.collector.isOpen && this.collector.isEmpty;
    const isContainer = element.querySelector(BLOCK_SELECTOR) !== null;
    // The first paragraph of a list item is the item itself; a container has no block until words stand directly in it.
    if (!isItemWaiting || (place.attrs.kind !== 'p' && !isContainer)) {
      if (isContainer) this.collector.end();
      else this.collector.begin(place.attrs);
    }
    this.children(element, { ...place, marks: marksWithin(element, place.marks, this.#schema) });
    this.collector.end();
  }

  #list(list: HTMLElement, tag: string, place: Place): void {
    this.collector.abandonEmpty();
    const own = list.getAttribute('data-kind') ?? list.getAttribute('data-type') ?? '';
    const listKind = /task/i.test(own) ? 'task' : tag === 'OL' ? 'numbered' : 'bullet';
    this.children(list, { ...place, depth: place.depth + 1, listKind });
  }

  #item(item: HTMLElement, place: Place): void {
    const box = item.querySelector(
      ':scope > input[type="checkbox"], :scope > label > input[type="checkbox"], :scope > p > input[type="checkbox"]',
    );
    const checked = item.getAttribute('data-checked');
    const isTask = place.listKind === 'task' || box !== null || checked !== null;
    const attrs: BlockAttrs = {
      kind: isTask ? 'task' : place.listKind,
      indent: Math.min(place.depth - 1, MAX_INDENT),
      checked: isTask && (checked === 'true' || box?.hasAttribute('checked') === true),
    };
    this.collector.begin(this.#ownAttrs(item, attrs));
    // Further paragraphs of an item stand under it.
    const inner = { ...DEFAULT_BLOCK_ATTRS, indent: Math.min(place.depth, MAX_INDENT) };
    this.children(item, { ...place, attrs: inner, marks: marksWithin(item, place.marks, this.#schema) });
    this.collector.end();
  }

  #table(table: HTMLElement, place: Place): void {
    for (const row of table.querySelectorAll('tr')) {
      if (row.closest('table') !== table) continue;
      this.collector.begin({ ...DEFAULT_BLOCK_ATTRS });
      const cells = [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName));
      for (const [i, cell] of cells.entries()) {
        if (i > 0) this.collector.text('\t', []);
        this.#cell(cell as HTMLElement, { ...place, attrs: DEFAULT_BLOCK_ATTRS, depth: 0 });
      }
    }
    this.collector.end();
  }

  /** All words of a cell on one line; what would begin a new line becomes a space. */
  #cell(cell: Node, place: Place): void {
    for (const child of cell.childNodes) {
      if (child.nodeType === 3) this.#text(child.nodeValue ?? '', place);
      if (child.nodeType !== 1) continue;
      const element = child as HTMLElement;
      const tag = element.tagName.toUpperCase();
      if (PICTURES.has(tag)) this.pictures += 1;
      if (SKIPPED.has(tag) || PICTURES.has(tag) || isMarkerSpan(element)) continue;
      const separates = tag === 'BR' || tag === 'LI' || tag === 'TD' || tag === 'TR' || BLOCKS.has(tag);
      if (separates && !/^[\s]?$/.test(this.collector.lastCharacter)) this.collector.text(' ', []);
      if (this.#leaf(element, place)) continue;
      this.#cell(element, { ...place, marks: marksWithin(element, place.marks, this.#schema) });
    }
  }

  #divider(): void {
    this.collector.begin({ ...DEFAULT_BLOCK_ATTRS, kind: 'divider' });
    this.collector.end();
  }

  /** A line break inside a block begins another of its kind; at the end of a block it is only how browsers keep it open. */
  #lineBreak(element: HTMLElement, place: Place): void {
    if (/^Apple-interchange-newline$/i.test(element.className)) return;
    if (!hasWordsAfter(element)) return;
    if (!this.collector.isOpen) this.collector.begin(place.attrs);
    this.collector.begin(place.attrs);
  }

  #inline(element: HTMLElement, place: Place): void {
    if (isMarkerSpan(element)) {
      const paragraph = element.closest('p, h1, h2, h3, h4, h5, h6');
      if (paragraph === null || officeItem(paragraph)?.kind) return;
      this.#open(place);
      this.collector.text((element.textContent ?? '').replace(/[\s\u00a0]+/g, ''), place.marks);
      return;
    }
    if (this.#leaf(element, place)) return;
    this.children(element, { ...place, marks: marksWithin(element, place.marks, this.#schema) });
  }

  /** Mentions and embeds of our own clipboard. A foreign page cannot forge a block's marker this way. */
  #leaf(element: HTMLElement, place: Place): boolean {
    const kind = MENTION_KINDS.find((each) => each === element.getAttribute('data-mention'));
    const id = element.getAttribute('data-id') ?? '';
    const label = element.getAttribute('data-label') ?? '';
    if (kind !== undefined && id !== '' && label !== '') {
      this.#open(place);
      this.collector.inline(this.#schema.node('mention', { kind, id, label }, undefined, [...place.marks]));
      return true;
    }
    const embed = jsonOf(element.getAttribute('data-embed'));
    if (!embed.ok) return false;
    if (blockIdOf(embed.data) === null && mentionOf(embed.data) === null) {
      this.#open(place);
      this.collector.inline(this.#schema.node('embed', { data: embed.data }, undefined, [...place.marks]));
    }
    return true;
  }

  #text(raw: string, place: Place): void {
    const spaced = place.keepsSpaces ? raw.replace(/\u00a0/g, ' ') : collapse(raw);
    if (spaced.trim() === '' && !this.collector.isOpen) return;
    const lines = place.keepsSpaces ? spaced.split(/\r\n|\r|\n/) : [spaced];
    for (const [i, line] of lines.entries()) {
      if (i > 0) this.collector.begin(place.attrs);
      this.#open(place);
      const isAfterSpace = this.collector.isEmpty || /[ \t]/.test(this.collector.lastCharacter);
      this.collector.text(isAfterSpace && !place.keepsSpaces ? line.replace(/^ +/, '') : line, place.marks);
    }
  }

  #open(place: Place): void {
    if (!this.collector.isOpen) this.collector.begin(place.attrs);
  }

  /** What our own elements say about a block, over what their name says. */
  #ownAttrs(element: HTMLElement, attrs: BlockAttrs): BlockAttrs {
    const kind = element.getAttribute('data-kind');
    const indent = Number(element.getAttribute('data-indent') ?? Number.NaN);
    return {
      kind: kind !== null && kind !== '' && kind.length <= 40 ? kind : attrs.kind,
      indent: Number.isInteger(indent) ? Math.min(Math.max(indent, 0), MAX_INDENT) : attrs.indent,
      checked: attrs.checked || element.getAttribute('data-checked') === 'true',
    };
  }
}

/** White space as HTML shows it; a line break of the source between two Chinese characters is none. */
function collapse(raw: string): string {
  return raw
    .replace(/\u00a0/g, ' ')
    .replace(/(.)[ \t]*[\r\n]+[ \t]*(?=(.))/g, (all, before: string, after: string) =>
      CJK.test(before) && CJK.test(after) ? before : all,
    )
    .replace(/[ \t\r\n\f]+/g, ' ');
}

/** Whether anything that shows follows in the same block. */
function hasWordsAfter(element: Node): boolean {
  for (let node: Node | null = element; node !== null; node = node.parentNode) {
    for (let next = node.nextSibling; next !== null; next = next.nextSibling) {
      if (next.nodeType === 3 && (next.nodeValue ?? '').trim() !== '') return true;
      if (next.nodeType === 1) return !BLOCKS.has((next as Element).tagName);
    }
    const parent = node.parentNode as Element | null;
    if (parent === null || parent.tagName === 'BODY' || parent.tagName === 'LI' || BLOCKS.has(parent.tagName))
      return false;
  }
  return false;
}
