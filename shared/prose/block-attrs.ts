/**
 * What is said about a block: its kind, its indent, whether its task is done. Kept per key in the blocks map, so two
 * people who change different keys both win; defaults are not written. Values of other programs are read as far as they
 * make sense and kept as they are: nothing is written because it was read.
 */
import type * as Y from 'yjs';

/** Kinds this version knows how to draw. Any other string is a kind too: drawn as a paragraph and kept. */
export const BLOCK_KINDS = ['p', 'h1', 'h2', 'h3', 'bullet', 'numbered', 'task', 'quote', 'divider'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** Deepest indent that is drawn. */
export const MAX_INDENT = 8;

export type BlockAttrs = {
  /** One of BLOCK_KINDS, or a kind of a newer version. */
  readonly kind: string;
  /** 0 to MAX_INDENT. */
  readonly indent: number;
  readonly checked: boolean;
};

export const DEFAULT_BLOCK_ATTRS: BlockAttrs = { kind: 'p', indent: 0, checked: false };
export const BLOCK_ATTR_NAMES = ['kind', 'indent', 'checked'] as const;

/** The key in the blocks map of one attribute of one block. */
export function blockKey(blockId: string, name: string): string {
  return `${blockId}/${name}`;
}

/** The block that a key of the blocks map is about, when the key is one that this version reads; otherwise null. */
export function blockIdOfKey(key: string): string | null {
  const slash = key.lastIndexOf('/');
  const name = key.slice(slash + 1);
  return slash >= 0 && BLOCK_ATTR_NAMES.some((known) => known === name) ? key.slice(0, slash) : null;
}

/** Reads a block's attributes; what is missing or makes no sense reads as its default. */
export function readBlockAttrs(keys: Pick<Y.Map<unknown>, 'get'>, blockId: string): BlockAttrs {
  const kind = keys.get(blockKey(blockId, 'kind'));
  const indent = keys.get(blockKey(blockId, 'indent'));
  return {
    kind: typeof kind === 'string' && kind !== '' ? kind : DEFAULT_BLOCK_ATTRS.kind,
    indent: typeof indent === 'number' && Number.isInteger(indent) ? Math.min(Math.max(indent, 0), MAX_INDENT) : 0,
    checked: keys.get(blockKey(blockId, 'checked')) === true,
  };
}

/** Writes those attributes that do not already read as wanted. Call inside a transaction. */
export function writeBlockAttrs(keys: Y.Map<unknown>, blockId: string, wanted: BlockAttrs): void {
  const current = readBlockAttrs(keys, blockId);
  for (const name of BLOCK_ATTR_NAMES) {
    if (current[name] !== wanted[name]) keys.set(blockKey(blockId, name), wanted[name]);
  }
}

/** Gives a new block every key of another one, known and unknown, as a split does. Call inside a transaction. */
export function copyBlockKeys(keys: Y.Map<unknown>, fromId: string, toId: string): void {
  const prefix = blockKey(fromId, '');
  for (const [key, value] of [...keys.entries()]) {
    if (key.startsWith(prefix) && isPlain(value)) keys.set(blockKey(toId, key.slice(prefix.length)), value);
  }
}

/** A nested shared type cannot stand in two places; anything else can be copied. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || !('doc' in value && 'parent' in value);
}
