/**
 * The text of a document as it reads, without an editor: drawn from the Y.Text a moment after it has changed. Looks as in
 * the editor (its style sheet), larger. A paragraph that did not change is not drawn anew.
 */
import '../../../editor/prose-editor.css';
import { memo, type ReactNode, useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { type ProseBlock, readProse } from '../../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../../shared/prose/roots.ts';
import { tagOfKind } from '../../../../shared/prose/schema.ts';
import { countBlocks, numberLabel } from '../../../editor/drawing/list-numbers.ts';

/** Shown this long after the last change, so that fast typing does not redraw for every letter. */
const SETTLE_MS = 120;

interface ProjectedProseProps {
  doc: Y.Doc;
  /** Labels beside paragraphs, by the paragraph's id. */
  labels: ReadonlyMap<string, string>;
}

export function ProjectedProse({ doc, labels }: ProjectedProseProps) {
  const blocks = useProse(doc);
  const counts = countBlocks(blocks);
  return (
    <div className="prose-text">
      {blocks.map((block, i) => {
        const number = counts[i] ?? 0;
        return (
          <Block
            key={block.id ?? `stray-${i}`}
            block={block}
            content={JSON.stringify(block.content)}
            number={number === 0 ? '' : numberLabel(number, block.indent)}
            label={(block.id === null ? undefined : labels.get(block.id)) ?? ''}
          />
        );
      })}
    </div>
  );
}

function useProse(doc: Y.Doc): readonly ProseBlock[] {
  const read = () => readProse(proseText(doc), blockKeys(doc));
  const [blocks, setBlocks] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is of the document alone
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setBlocks(read());
      }, SETTLE_MS);
    };
    setBlocks(read());
    proseText(doc).observe(again);
    blockKeys(doc).observe(again);
    return () => {
      clearTimeout(timer);
      proseText(doc).unobserve(again);
      blockKeys(doc).unobserve(again);
    };
  }, [doc]);
  return blocks;
}

interface BlockProps {
  block: ProseBlock;
  /** The content as one text, by which two readings of a paragraph are compared. */
  content: string;
  number: string;
  label: string;
}

const Block = memo(
  function Block({ block, number, label }: BlockProps) {
    const Tag = tagOfKind(block.kind) as 'p';
    return (
      <Tag
        data-kind={block.kind}
        {...(block.id !== null && { 'data-id': block.id })}
        {...(block.indent > 0 && { 'data-indent': block.indent })}
        {...(block.checked && { 'data-checked': 'true' })}
        {...(number !== '' && { 'data-number': number })}
        {...(label !== '' && { 'data-decided': label })}
      >
        {block.content.length === 0 ? <br /> : block.content.map(inline)}
      </Tag>
    );
  },
  (a, b) =>
    a.content === b.content &&
    a.number === b.number &&
    a.label === b.label &&
    a.block.kind === b.block.kind &&
    a.block.indent === b.block.indent &&
    a.block.checked === b.block.checked,
);

const MARKS = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['underline', 'u'],
  ['strike', 's'],
  ['highlight', 'mark'],
] as const;

function inline(piece: ProseBlock['content'][number], index: number): ReactNode {
  let drawn: ReactNode = piece.type === 'text' ? piece.text : null;
  if (piece.type === 'mention') drawn = <span data-mention={piece.mention.kind}>{piece.mention.label}</span>;
  for (const [name, Tag] of MARKS) if (name in piece.format) drawn = <Tag>{drawn}</Tag>;
  return <span key={index}>{drawn}</span>;
}
