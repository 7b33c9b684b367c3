/**
 * Reads a Y.Text as blocks. A well-formed prose is a row of `O text C`: O an embed that opens a block, C a line break.
 * This is a total function of any Y.Text, because merging and foreign programs make others: an O without C is closed by
 * the next O, a C with nothing open belongs to nobody but keeps its place, text outside any pair is a block of its own.
 * It knows nothing of ProseMirror and nothing of a block's kind.
 */
import * as Y from 'yjs';
import { BLOCK_CLOSE, blockIdOf } from './embeds.ts';

/** Formatting of a run: key → value, as Yjs keeps it. Never null values. */
export type Format = Readonly<Record<string, unknown>>;

export type FlatRun =
  | { readonly type: 'text'; readonly text: string; readonly format: Format }
  /** One unit. `fixed` marks content that Y.Text's own methods cannot remove. */
  | { readonly type: 'embed'; readonly value: unknown; readonly format: Format; readonly fixed: boolean };

/** One block and the length of each of its parts in the Y.Text, in this order. */
export type FlatBlock = {
  /** 1 when the opening marker is there. */
  readonly open: 0 | 1;
  /** The block's id; null for text outside any pair. */
  readonly id: string | null;
  readonly runs: readonly FlatRun[];
  /** Units of text and embeds. */
  readonly length: number;
  /** 1 when the closing line break is there. */
  readonly close: 0 | 1;
  /** Line breaks after the block that close nothing. */
  readonly trail: number;
};

export type FlatProse = {
  /** Line breaks before the first block that close nothing. */
  readonly lead: number;
  readonly blocks: readonly FlatBlock[];
};

/** Length of a block in the Y.Text. */
export function flatSize(block: Pick<FlatBlock, 'open' | 'length' | 'close' | 'trail'>): number {
  return block.open + block.length + block.close + block.trail;
}

/**
 * Reads the units [from, to) of a Y.Text. The bounds must not cut a block that is to be read whole.
 */
export function readFlat(text: Y.Text, from = 0, to = Number.POSITIVE_INFINITY): FlatProse {
  const reader = new BlockReader();
  let format: Format = {};
  let index = 0;
  for (let item = text._start; item !== null && index < to; item = item.right) {
    if (item.deleted) continue;
    const content = item.content;
    if (content instanceof Y.ContentFormat) {
      format = withKey(format, String(content.key), content.value);
      continue;
    }
    if (!item.countable) continue;
    const start = index;
    index += item.length;
    if (index <= from) continue;
    const first = Math.max(0, from - start);
    const last = Math.min(item.length, to - start);
    if (content instanceof Y.ContentString) reader.string(content.str.slice(first, last), format);
    else {
      const fixed = !(content instanceof Y.ContentEmbed || content instanceof Y.ContentType);
      for (const value of content.getContent().slice(first, last)) reader.embed(plainValue(value), format, fixed);
    }
  }
  return reader.end();
}

/** Collects units into blocks. */
class BlockReader {
  readonly #blocks: FlatBlock[] = [];
  #lead = 0;
  #current: { open: 0 | 1; id: string | null; runs: FlatRun[]; length: number } | null = null;

  string(text: string, format: Format): void {
    let start = 0;
    for (let at = text.indexOf(BLOCK_CLOSE); at >= 0; at = text.indexOf(BLOCK_CLOSE, start)) {
      this.#text(text.slice(start, at), format);
      this.#close();
      start = at + 1;
    }
    this.#text(text.slice(start), format);
  }

  embed(value: unknown, format: Format, fixed: boolean): void {
    const id = fixed ? null : blockIdOf(value);
    if (id !== null) {
      this.#finish(0);
      this.#current = { open: 1, id, runs: [], length: 0 };
      return;
    }
    const block = this.#block();
    block.runs.push({ type: 'embed', value, format, fixed });
    block.length += 1;
  }

  end(): FlatProse {
    this.#finish(0);
    return { lead: this.#lead, blocks: this.#blocks };
  }

  #text(text: string, format: Format): void {
    if (text === '') return;
    const block = this.#block();
    const last = block.runs.at(-1);
    if (last?.type === 'text' && last.format === format) {
      block.runs[block.runs.length - 1] = { type: 'text', text: last.text + text, format };
    } else block.runs.push({ type: 'text', text, format });
    block.length += text.length;
  }

  #close(): void {
    if (this.#current !== null) this.#finish(1);
    else {
      const before = this.#blocks.pop();
      if (before === undefined) this.#lead += 1;
      else this.#blocks.push({ ...before, trail: before.trail + 1 });
    }
  }

  #finish(close: 0 | 1): void {
    if (this.#current === null) return;
    this.#blocks.push({ ...this.#current, close, trail: 0 });
    this.#current = null;
  }

  /** The block that content goes into: the open one, or one without a marker. */
  #block(): { runs: FlatRun[]; length: number } {
    this.#current ??= { open: 0, id: null, runs: [], length: 0 };
    return this.#current;
  }
}

function withKey(format: Format, key: string, value: unknown): Format {
  const { [key]: _, ...rest } = format;
  return value === null || value === undefined ? rest : { ...rest, [key]: value };
}

/** What stands for content that is not plain data. A nested type's inside changes without the text, so it is not shown. */
function plainValue(value: unknown): unknown {
  if (value instanceof Y.AbstractType) return { nested: true };
  if (value instanceof Y.Doc) return { document: value.guid };
  if (value instanceof Uint8Array) return { bytes: value.length };
  return value ?? null;
}
