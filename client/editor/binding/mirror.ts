/**
 * The binding's picture of the Y.Text: for every block its ProseMirror node and the lengths of its parts in the text. It
 * always describes the same state as the ProseMirror document of the view, so a position in one can be found in the other.
 */
import type { Node as ProseNode, Schema } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { readBlockAttrs } from '../../../shared/prose/block-attrs.ts';
import { mentionOf } from '../../../shared/prose/embeds.ts';
import { type FlatBlock, type FlatRun, flatSize, readFlat } from '../../../shared/prose/flat-blocks.ts';
import { formatToMarks } from './formats.ts';

export type MirrorBlock = Pick<FlatBlock, 'open' | 'id' | 'length' | 'close' | 'trail'> & {
  readonly node: ProseNode;
  /** Offsets of units that Y.Text's methods cannot remove. */
  readonly fixed: readonly number[];
};

export type Mirror = {
  /** Line breaks before the first block that close nothing. */
  readonly lead: number;
  readonly blocks: readonly MirrorBlock[];
};

/** What a mirror is read from. */
export type ProseSource = { readonly text: Y.Text; readonly keys: Y.Map<unknown>; readonly schema: Schema };

/** Reads the units [from, to); the bounds must lie between blocks. May have no blocks. */
export function readMirrorPart({ text, keys, schema }: ProseSource, from?: number, to?: number): Mirror {
  const { lead, blocks } = readFlat(text, from, to);
  return {
    lead,
    blocks: blocks.map((block) => ({
      open: block.open,
      id: block.id,
      length: block.length,
      close: block.close,
      trail: block.trail,
      node: schema.node(
        'para',
        block.id === null ? { stray: true } : { id: block.id, ...readBlockAttrs(keys, block.id) },
        inlineNodes(schema, block.runs),
      ),
      fixed: fixedOffsets(block.runs),
    })),
  };
}

/** Reads everything. An empty text shows as one empty paragraph, for which nothing is written. */
export function readMirror(source: ProseSource): Mirror {
  return withSomeBlock(readMirrorPart(source), source.schema);
}

/** A ProseMirror document has at least one block. */
export function withSomeBlock(mirror: Mirror, schema: Schema): Mirror {
  if (mirror.blocks.length > 0) return mirror;
  const node = schema.node('para');
  return { ...mirror, blocks: [{ open: 0, id: null, length: 0, close: 0, trail: 0, node, fixed: [] }] };
}

/** The ProseMirror document of a mirror. */
export function mirrorToDoc(mirror: Mirror, schema: Schema): ProseNode {
  return schema.node(
    'doc',
    null,
    mirror.blocks.map((block) => block.node),
  );
}

/** Where each block begins in the text, and, last, where the text ends. */
export function flatStarts(mirror: Mirror): number[] {
  const starts = [mirror.lead];
  let end = mirror.lead;
  for (const block of mirror.blocks) {
    end += flatSize(block);
    starts.push(end);
  }
  return starts;
}

/**
 * A mirror whose blocks [first, last] are replaced by a newly read part. Line breaks at the part's beginning that close
 * nothing hang on the block before it.
 */
export function spliceMirror(mirror: Mirror, first: number, last: number, part: Mirror): Mirror {
  const before = mirror.blocks.slice(0, first);
  const lastBefore = before.at(-1);
  if (lastBefore !== undefined && part.lead > 0) {
    before[before.length - 1] = { ...lastBefore, trail: lastBefore.trail + part.lead };
  }
  return {
    lead: lastBefore === undefined ? part.lead : mirror.lead,
    blocks: [...before, ...part.blocks, ...mirror.blocks.slice(last + 1)],
  };
}

function inlineNodes(schema: Schema, runs: readonly FlatRun[]): ProseNode[] {
  const nodes: ProseNode[] = [];
  for (const run of runs) {
    const marks = formatToMarks(schema, run.format);
    if (run.type === 'embed') {
      const mention = mentionOf(run.value);
      nodes.push(
        mention ? schema.node('mention', mention, [], marks) : schema.node('embed', { data: run.value }, [], marks),
      );
      continue;
    }
    const node = schema.text(run.text, marks);
    const last = nodes.at(-1);
    // Runs that formatting items once parted may be equal again.
    if (last?.isText && last.sameMarkup(node)) nodes[nodes.length - 1] = schema.text(`${last.text}${run.text}`, marks);
    else nodes.push(node);
  }
  return nodes;
}

function fixedOffsets(runs: readonly FlatRun[]): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const run of runs) {
    if (run.type === 'embed' && run.fixed) offsets.push(at);
    at += run.type === 'text' ? run.text.length : 1;
  }
  return offsets;
}
