/**
 * What a paste consists of once it is reduced to our schema: blocks in order, and whether the first and the last go on in the
 * paragraph where they are pasted. Builds them piece by piece; a line break never becomes text, it begins another block.
 */
import type { Mark, Node as ProseNode, Schema } from '@tiptap/pm/model';
import { type BlockAttrs, DEFAULT_BLOCK_ATTRS } from '../../../shared/prose/block-attrs.ts';

export type PastedBlocks = {
  /** Of the node type `para`, without ids. */
  readonly blocks: readonly ProseNode[];
  /** The first block goes on in the one it is pasted into, whatever its kind. */
  readonly isStartOpen: boolean;
  readonly isEndOpen: boolean;
  /** Pictures that could not come along. */
  readonly pictures: number;
};

/** Characters that have no place in a text: controls, and the marks that stand for embedded objects. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters to take out
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\ufffc\ufffe\uffff]/g;

export class BlockCollector {
  readonly #schema: Schema;
  readonly #keepsSpaces: boolean;
  readonly #blocks: ProseNode[] = [];
  #attrs: BlockAttrs | null = null;
  #content: ProseNode[] = [];

  /** @param keepsSpaces whether spaces at the end of a block are meant */
  constructor(schema: Schema, keepsSpaces: boolean) {
    this.#schema = schema;
    this.#keepsSpaces = keepsSpaces;
  }

  /** Begins a block; what was under way is finished. */
  begin(attrs: BlockAttrs): void {
    this.end();
    this.#attrs = attrs;
  }

  /** Whether words that come now would stand in a block that is under way. */
  get isOpen(): boolean {
    return this.#attrs !== null;
  }

  /** Whether nothing stands yet in the block under way. */
  get isEmpty(): boolean {
    return this.#content.length === 0;
  }

  /** The last character under way, '' at the beginning of a block or behind an embed. */
  get lastCharacter(): string {
    return this.#content.at(-1)?.text?.at(-1) ?? '';
  }

  text(text: string, marks: readonly Mark[]): void {
    const clean = text.replace(UNWANTED, '').replace(/[\u2028\u2029\n\r]/g, ' ');
    if (clean !== '') this.inline(this.#schema.text(clean, marks));
  }

  inline(node: ProseNode): void {
    this.#attrs ??= DEFAULT_BLOCK_ATTRS;
    this.#content.push(node);
  }

  /** Takes back a block that was begun and has nothing in it. */
  abandonEmpty(): void {
    if (this.isEmpty) this.#attrs = null;
  }

  /** Finishes the block under way, even when it is empty. */
  end(): void {
    if (this.#attrs === null) return;
    const content = joinTexts(this.#content, this.#schema, this.#keepsSpaces);
    this.#blocks.push(this.#schema.node('para', { ...this.#attrs }, content));
    this.#attrs = null;
    this.#content = [];
  }

  /** All blocks, without empty paragraphs at either end. */
  finish(): ProseNode[] {
    this.end();
    const isBlank = (block: ProseNode | undefined) => block?.content.size === 0 && block.attrs.kind === 'p';
    const blocks = [...this.#blocks];
    while (blocks.length > 1 && isBlank(blocks[0])) blocks.shift();
    while (blocks.length > 1 && isBlank(blocks.at(-1))) blocks.pop();
    return blocks;
  }
}

/** Joins equal neighbours; spaces at the end of a line are nobody's words. */
function joinTexts(nodes: readonly ProseNode[], schema: Schema, keepsSpaces: boolean): ProseNode[] {
  const joined: ProseNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last?.isText && node.isText && last.sameMarkup(node)) {
      joined[joined.length - 1] = schema.text(`${last.text}${node.text}`, node.marks);
    } else joined.push(node);
  }
  const last = joined.at(-1);
  if (keepsSpaces || !last?.isText || last.text === undefined) return joined;
  const trimmed = last.text.replace(/ +$/, '');
  if (trimmed === '') joined.pop();
  else if (trimmed !== last.text) joined[joined.length - 1] = schema.text(trimmed, last.marks);
  return joined;
}
