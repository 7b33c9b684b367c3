/** The prose schema may change only together with its version number. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BLOCK_ATTR_NAMES, BLOCK_KINDS, blockKey, DEFAULT_BLOCK_ATTRS } from '../../../shared/prose/block-attrs.ts';
import { BLOCK_CLOSE, blockOpen, MENTION_KINDS, mentionEmbed } from '../../../shared/prose/embeds.ts';
import { BLOCKS_ROOT, PROSE_ROOT } from '../../../shared/prose/roots.ts';
import { proseMarkSpecs, proseNodeSpecs, proseSchema } from '../../../shared/prose/schema.ts';
import { PROSE_SCHEMA_VERSION } from '../../../shared/versions.ts';

/** What another client must agree with: names, attributes, order, and what is written into the document. */
function shapeOfSchema(): string {
  const shape = (specs: Record<string, object>) =>
    Object.entries(specs).map(([name, { ...spec }]) => [
      name,
      JSON.stringify(spec, (_key, value) => (typeof value === 'function' ? undefined : value)),
    ]);
  return JSON.stringify([
    shape(proseNodeSpecs),
    shape(proseMarkSpecs),
    [PROSE_ROOT, BLOCKS_ROOT, BLOCK_CLOSE, blockOpen('id'), blockKey('id', 'kind')],
    mentionEmbed({ kind: 'party', id: 'id', label: 'label' }),
    [BLOCK_KINDS, BLOCK_ATTR_NAMES, DEFAULT_BLOCK_ATTRS, MENTION_KINDS],
  ]);
}

/** One line per version that ever existed; a new version adds its line. */
const HASH_BY_VERSION: Readonly<Record<number, string>> = {
  1: '87c3b48e9ad563ffa951afc66e97f48a',
};

describe('the prose schema', () => {
  it('[W2] keeps its shape as long as its version number stays', () => {
    const hash = createHash('sha256').update(shapeOfSchema()).digest('hex').slice(0, 32);
    expect(hash).toBe(HASH_BY_VERSION[PROSE_SCHEMA_VERSION]);
  });

  it('draws every kind as one element and carries unknown formatting', () => {
    const para = proseSchema.node('para', { id: 'b1', kind: 'h2', indent: 1 }, [proseSchema.text('x')]);
    expect(para.type.spec.toDOM?.(para)).toEqual(['h2', { 'data-kind': 'h2', 'data-id': 'b1', 'data-indent': '1' }, 0]);
    const marks = [1, 2].map((value) => proseSchema.mark('unknown', { key: `k${value}`, value }));
    expect(proseSchema.text('x', marks).marks).toHaveLength(2);
  });

  it('draws a link that could run a script without a target', () => {
    const mark = proseSchema.mark('link', { href: 'javascript:alert(1)' });
    expect(mark.type.spec.toDOM?.(mark, true)).toEqual(['span', { 'data-link': 'javascript:alert(1)' }, 0]);
  });
});
