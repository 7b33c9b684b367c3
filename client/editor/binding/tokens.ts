/**
 * Blocks as a row of tokens: open, one per UTF-16 unit or embed, close. One token is one position of ProseMirror and, when
 * it is not virtual, one unit of the Y.Text; so both sides of a local change can be compared one by one.
 */
import type { Mark, Node as ProseNode } from '@tiptap/pm/model';
import { blockIdOf, mentionEmbed } from '../../../shared/prose/embeds.ts';
import type { ParaAttrs } from '../../../shared/prose/schema.ts';
import type { MirrorBlock } from './mirror.ts';

/** `at` is the index in the Y.Text (meaningless for a new token); a virtual token does not stand in the text. */
export type Token =
  | { readonly type: 'open'; readonly at: number; readonly virtual: boolean; readonly attrs: ParaAttrs }
  | { readonly type: 'close'; readonly at: number; readonly virtual: boolean }
  | { readonly type: 'unit'; readonly at: number; readonly unit: string; readonly marks: readonly Mark[] }
  | {
      readonly type: 'embed';
      readonly at: number;
      readonly value: unknown;
      readonly marks: readonly Mark[];
      readonly fixed: boolean;
    };

/** Tokens of a block that stands in the text from `start`. */
export function oldTokens(block: MirrorBlock, node: ProseNode, start: number): Token[] {
  const inside = start + block.open;
  return [
    { type: 'open', at: start, virtual: block.open === 0, attrs: node.attrs as ParaAttrs },
    ...inlineTokens(node, inside, block.fixed),
    { type: 'close', at: inside + block.length, virtual: block.close === 0 },
  ];
}

/** Tokens of a block as a local transaction left it. One without id has not been touched and stays as it is. */
export function newTokens(node: ProseNode): Token[] {
  const virtual = node.attrs.id === null;
  return [
    { type: 'open', at: 0, virtual, attrs: node.attrs as ParaAttrs },
    ...inlineTokens(node, 0, []),
    { type: 'close', at: 0, virtual },
  ];
}

/** Whether a token of the text stands for the new one, formatting and block attributes aside. */
export function isSameToken(old: Token, next: Token): boolean {
  switch (old.type) {
    case 'open':
      if (next.type !== 'open' || old.virtual !== next.virtual) return false;
      return old.virtual || old.attrs.id === next.attrs.id;
    case 'close':
      return next.type === 'close' && (next.virtual || !old.virtual);
    case 'unit':
      return next.type === 'unit' && old.unit === next.unit;
    case 'embed':
      return next.type === 'embed' && JSON.stringify(old.value) === JSON.stringify(next.value);
  }
}

export function isHighSurrogate(token: Token | undefined): boolean {
  return token?.type === 'unit' && token.unit >= '\ud800' && token.unit <= '\udbff';
}

export function isLowSurrogate(token: Token | undefined): boolean {
  return token?.type === 'unit' && token.unit >= '\udc00' && token.unit <= '\udfff';
}

function inlineTokens(node: ProseNode, start: number, fixed: readonly number[]): Token[] {
  const tokens: Token[] = [];
  node.forEach((child, offset) => {
    const at = start + offset;
    if (!child.isText) {
      tokens.push({ type: 'embed', at, value: embedValue(child), marks: child.marks, fixed: fixed.includes(offset) });
      return;
    }
    for (const [i, unit] of (child.text ?? '').split('').entries()) {
      const token = { type: 'unit', at: at + i, unit, marks: child.marks } as const;
      const last = tokens.at(-1);
      // Yjs would destroy a character whose halves are formatted apart.
      const isSecondHalf = last?.type === 'unit' && isHighSurrogate(last) && isLowSurrogate(token);
      tokens.push(isSecondHalf ? { ...token, marks: last.marks } : token);
    }
  });
  return tokens;
}

/** What is written for an inline node. Never something that reads as a block's marker or as text. */
function embedValue(node: ProseNode): unknown {
  if (node.type.name === 'mention') {
    const { kind, id, label } = node.attrs;
    return mentionEmbed({ kind, id, label });
  }
  const data: unknown = node.type.name === 'embed' ? node.attrs.data : { [node.type.name]: node.attrs };
  const isEmbeddable = typeof data === 'object' && data !== null && blockIdOf(data) === null;
  return isEmbeddable ? data : { value: data };
}
