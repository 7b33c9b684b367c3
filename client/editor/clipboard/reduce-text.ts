/** Plain text as blocks: every line a paragraph, blank lines none. Signs of markdown stay signs. */
import type { Mark, Schema } from '@tiptap/pm/model';
import { DEFAULT_BLOCK_ATTRS } from '../../../shared/prose/block-attrs.ts';
import { BlockCollector, type PastedBlocks } from './pasted-blocks.ts';

/** @param marks the marks of the place where it is pasted */
export function reduceText(text: string, schema: Schema, marks: readonly Mark[]): PastedBlocks {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029\v\f]/);
  const isSingle = lines.length === 1;
  const collector = new BlockCollector(schema, isSingle);
  for (const line of lines) {
    if (line.trim() === '' && !isSingle) continue;
    collector.begin(DEFAULT_BLOCK_ATTRS);
    collector.text(line, marks);
    collector.end();
  }
  return { blocks: collector.finish(), isStartOpen: true, isEndOpen: true, pictures: 0 };
}
