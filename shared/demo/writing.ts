/** Short forms for writing the demonstration's documents as data: a person's paragraphs, and mentions in them. */
import type { BlockKind } from '../prose/block-attrs.ts';
import type { InitialInline } from '../prose/write-initial-prose.ts';
import type { DemoBlock, DemoPerson } from './demo-types.ts';

/** Paragraphs of one author. */
export const writtenBy =
  (by: string) =>
  (kind: BlockKind, content: DemoBlock['content']): DemoBlock => ({ by, kind, content });

export const person = (id: string, label: string): InitialInline => ({ mention: { kind: 'person', id, label } });
export const agency = (id: string, label: string): InitialInline => ({ mention: { kind: 'agency', id, label } });
export const bold = (text: string): InitialInline => ({ text, format: { bold: true } });

/** The words of a paragraph, mentions by their label. */
export function wordsOf(content: DemoBlock['content']): string {
  if (typeof content === 'string') return content;
  return content
    .map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : part.mention.label))
    .join('');
}

/** The n-th id of a family such as `5e2d0a10-0a00`. */
export const idOf = (family: string, n: number) => `${family}-4000-8000-${String(n).padStart(12, '0')}`;

/** Somebody of the joint team without rights over the house. */
export const member = (personId: string, name: string, agencyId: string, role: DemoPerson['role']): DemoPerson => ({
  personId,
  name,
  agencyId,
  role,
  isAdministrator: false,
});
