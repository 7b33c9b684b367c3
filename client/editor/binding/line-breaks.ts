/**
 * A line break closes a block in the Y.Text and can be nothing else. One that comes as text, pasted or by a program, begins
 * a new block instead.
 */
import type { Node as ProseNode } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';

/**
 * Splits the blocks of `tr` at every line break in their text.
 * @param oldDoc the document before the local transaction; its blocks have none
 */
export function splitAtLineBreaks(oldDoc: ProseNode, tr: Transaction): void {
  const untouched = new Set(oldDoc.children);
  const breaks: { from: number; to: number }[] = [];
  tr.doc.forEach((block, pos) => {
    if (untouched.has(block)) return;
    block.forEach((child, offset) => {
      for (const match of (child.text ?? '').matchAll(/\r\n|\n/g)) {
        const from = pos + 1 + offset + match.index;
        breaks.push({ from, to: from + match[0].length });
      }
    });
  });
  for (const { from, to } of breaks.reverse()) tr.delete(from, to).split(from);
}
