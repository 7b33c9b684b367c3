/**
 * The prose schema without any editor: what ProseMirror shows of the one Y.Text. A document is a flat row of `para`; kind,
 * indent and checked are attributes, so that changing them never moves a word. Unknown formatting and embeds have a node
 * and a mark of their own, so they survive every command. The editor layer wraps these specs under the same names.
 * Any change here needs a new PROSE_SCHEMA_VERSION (shared/versions.ts); a test holds both together.
 */
import { type AttributeSpec, type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from '@tiptap/pm/model';
import { DEFAULT_BLOCK_ATTRS, MAX_INDENT } from './block-attrs.ts';
import { MENTION_KINDS } from './embeds.ts';
import { isSafeHref } from './links.ts';

/** Attributes of `para`. `id` is null only where no marker stands in the text yet. */
export type ParaAttrs = {
  readonly id: string | null;
  readonly kind: string;
  readonly indent: number;
  readonly checked: boolean;
  /** Words that stand in no block; see ProseBlock.stray. */
  readonly stray: boolean;
};

export const PARA_ATTRS: Record<keyof ParaAttrs, AttributeSpec> = {
  id: { default: null },
  kind: { default: DEFAULT_BLOCK_ATTRS.kind },
  indent: { default: DEFAULT_BLOCK_ATTRS.indent },
  checked: { default: DEFAULT_BLOCK_ATTRS.checked },
  stray: { default: false },
};

const TAG_BY_KIND: ReadonlyMap<string, string> = new Map([
  ['h1', 'h1'],
  ['h2', 'h2'],
  ['h3', 'h3'],
  ['quote', 'blockquote'],
  ['divider', 'div'],
]);

/** The element that draws a block of that kind. */
export function tagOfKind(kind: string): string {
  return TAG_BY_KIND.get(kind) ?? 'p';
}

/** The attributes of the element that draws a block. */
export function paraToDomAttrs(attrs: ParaAttrs): Record<string, string> {
  return {
    'data-kind': attrs.kind,
    ...(attrs.id === null ? {} : { 'data-id': attrs.id }),
    ...(attrs.indent > 0 ? { 'data-indent': String(attrs.indent) } : {}),
    ...(attrs.checked ? { 'data-checked': 'true' } : {}),
    ...(attrs.stray ? { 'data-stray': 'true' } : {}),
  };
}

/** The attributes of a block from an element that paraToDomAttrs or a web page made. */
function paraFromDom(element: HTMLElement, kindOfTag: string): ParaAttrs {
  const indent = Number(element.getAttribute('data-indent') ?? 0);
  return {
    id: element.getAttribute('data-id'),
    kind: element.getAttribute('data-kind') ?? kindOfTag,
    indent: Number.isInteger(indent) ? Math.min(Math.max(indent, 0), MAX_INDENT) : 0,
    checked: element.getAttribute('data-checked') === 'true',
    stray: false,
  };
}

const KIND_BY_TAG = {
  p: 'p',
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  blockquote: 'quote',
  li: 'bullet',
  hr: 'divider',
};

const paraSpec: NodeSpec = {
  content: 'inline*',
  group: 'block',
  attrs: PARA_ATTRS,
  toDOM: (node): DOMOutputSpec => [tagOfKind(node.attrs.kind), paraToDomAttrs(node.attrs as ParaAttrs), 0],
  parseDOM: [
    { tag: 'div[data-kind]', getAttrs: (element) => paraFromDom(element, 'p') },
    ...Object.entries(KIND_BY_TAG).map(([tag, kind]) => ({
      tag,
      getAttrs: (element: HTMLElement) => paraFromDom(element, kind),
    })),
  ],
};

const mentionSpec: NodeSpec = {
  inline: true,
  group: 'inline',
  atom: true,
  attrs: { kind: { default: 'person' }, id: { default: '' }, label: { default: '' } },
  leafText: (node) => String(node.attrs.label),
  toDOM: ({ attrs }): DOMOutputSpec => [
    'span',
    { 'data-mention': String(attrs.kind), 'data-id': String(attrs.id), 'data-label': String(attrs.label) },
    `@${attrs.label}`,
  ],
  parseDOM: [
    {
      tag: 'span[data-mention]',
      getAttrs: (element) => {
        const kind = MENTION_KINDS.find((each) => each === element.getAttribute('data-mention'));
        const id = element.getAttribute('data-id') ?? '';
        return kind === undefined || id === '' ? false : { kind, id, label: element.getAttribute('data-label') ?? '' };
      },
    },
  ],
};

const embedSpec: NodeSpec = {
  inline: true,
  group: 'inline',
  atom: true,
  attrs: { data: { default: null } },
  toDOM: ({ attrs }): DOMOutputSpec => ['span', { 'data-embed': JSON.stringify(attrs.data) ?? 'null' }, '◇'],
  parseDOM: [{ tag: 'span[data-embed]', getAttrs: (element) => dataAttr('data', element.getAttribute('data-embed')) }],
};

const boldSpec: MarkSpec = {
  toDOM: () => ['strong', 0],
  parseDOM: [
    { tag: 'strong' },
    // Web mail writes its whole message into a <b> of normal weight.
    { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
    { style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value) && null },
  ],
};

const linkSpec: MarkSpec = {
  attrs: { href: { default: '' } },
  inclusive: false,
  toDOM: ({ attrs }): DOMOutputSpec =>
    isSafeHref(String(attrs.href))
      ? ['a', { href: String(attrs.href), rel: 'noopener noreferrer nofollow', target: '_blank' }, 0]
      : ['span', { 'data-link': String(attrs.href) }, 0],
  parseDOM: [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = element.getAttribute('href') ?? '';
        return isSafeHref(href) && { href };
      },
    },
  ],
};

/** A formatting key of another version, drawn as nothing and kept with its value. Several may stand on one text. */
const unknownMarkSpec: MarkSpec = {
  attrs: { key: {}, value: { default: null } },
  excludes: '',
  inclusive: false,
  toDOM: ({ attrs }): DOMOutputSpec => [
    'span',
    { 'data-unknown-mark': String(attrs.key), 'data-value': JSON.stringify(attrs.value) ?? 'null' },
    0,
  ],
  parseDOM: [
    {
      tag: 'span[data-unknown-mark]',
      getAttrs: (element) => {
        const value = dataAttr('value', element.getAttribute('data-value'));
        return value && { key: element.getAttribute('data-unknown-mark'), ...value };
      },
    },
  ],
};

export const proseNodeSpecs = {
  doc: { content: 'para+' },
  para: paraSpec,
  text: { group: 'inline' },
  mention: mentionSpec,
  embed: embedSpec,
} satisfies Record<string, NodeSpec>;

export const proseMarkSpecs = {
  bold: boldSpec,
  italic: { toDOM: () => ['em', 0], parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }] },
  underline: { toDOM: () => ['u', 0], parseDOM: [{ tag: 'u' }] },
  strike: { toDOM: () => ['s', 0], parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }] },
  highlight: { toDOM: () => ['mark', 0], parseDOM: [{ tag: 'mark' }] },
  link: linkSpec,
  unknown: unknownMarkSpec,
} satisfies Record<string, MarkSpec>;

/** The schema for everything that runs without the editor: tests, import, export. */
export const proseSchema = new Schema({ nodes: proseNodeSpecs, marks: proseMarkSpecs });

/** JSON of an own attribute; false (no match) when it is none. */
function dataAttr(name: string, json: string | null): Record<string, unknown> | false {
  try {
    return { [name]: JSON.parse(json ?? 'null') };
  } catch {
    return false;
  }
}
