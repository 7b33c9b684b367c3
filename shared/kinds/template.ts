/**
 * What a new document starts with: its title and its kind's sections. Written once, by whoever creates the document, as
 * its first transaction; no other replica ever "fills an empty page" (two that did would double it).
 */
import type * as Y from 'yjs';
import { setRegister } from '../fields/register.ts';
import { writeInitialProse } from '../prose/write-initial-prose.ts';
import { BODY_ROOTS } from '../rooms.ts';
import type { DocumentKind, Language } from '../vocabulary.ts';
import { KINDS } from './all-kinds.ts';
import { HEADER_RECORD, TITLE_FIELD } from './kind.ts';

export interface TemplateInput {
  /** The creator: a person's uuid. */
  readonly by: string;
  readonly atMs: number;
  readonly title: string;
  /** Returns a fresh id each time (block ids, the title's rev); without `/`. */
  readonly newId: () => string;
  /** The transaction's origin, so that a listener can tell it. */
  readonly origin?: unknown;
}

/** Writes the template into an empty body. Throws when it already has prose (a bug of the caller). */
export function writeTemplate(doc: Y.Doc, kind: DocumentKind, language: Language, input: TemplateInput): void {
  const { by, atMs, title, newId, origin = null } = input;
  doc.transact(() => {
    const header = doc.getMap(BODY_ROOTS.fields);
    setRegister(header, { recordId: HEADER_RECORD, field: TITLE_FIELD.id, value: title, by, atMs, rev: newId() });
    const blocks = KINDS[kind].sections.map((block) => ({ kind: block.kind, content: block.text[language] }));
    writeInitialProse(doc, blocks, { newBlockId: newId, origin });
  }, origin);
}
