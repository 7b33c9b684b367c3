/**
 * What a kind of document is, as data: header fields, columns of its records, and the sections a new one starts with, in
 * both languages. One renderer shows every kind; adding one is a file here and a line in all-kinds.ts. No behaviour.
 */
import type { BlockKind } from '../prose/block-attrs.ts';
import type { RecordRoot } from '../rooms.ts';
import type { Bilingual, SaidKind } from '../vocabulary.ts';

/**
 * How a field is entered and kept. Kept as a register: text, textList (string[]), date (YYYY-MM-DD), dateTime (local
 * YYYY-MM-DDTHH:mm), choice (an option's id), person and agency (one string), people and agencies (string[]).
 * A person or agency is a uuid of the directory, or plain words for one who has no account. Kept as a root Y.Text: longText.
 */
export type FieldInput =
  | 'text'
  | 'longText'
  | 'date'
  | 'dateTime'
  | 'choice'
  | 'person'
  | 'people'
  | 'agency'
  | 'agencies'
  | 'textList';

export interface ChoiceOption {
  readonly id: string;
  readonly label: Bilingual;
}

/** One header field or task column; `id` is letters only (it is part of root names). */
export interface FieldSpec {
  readonly id: string;
  readonly label: Bilingual;
  readonly input: FieldInput;
  /** With `choice`: one of these. With `textList`: offered, beside words of one's own. */
  readonly options?: readonly ChoiceOption[];
  /** Takes the whole width of the header, or a wide column of the table. */
  readonly wide?: boolean;
}

/** A block of the prose a new document starts with; empty text leaves an empty line to write in. */
export interface TemplateBlock {
  readonly kind: BlockKind;
  readonly text: Bilingual;
}

export interface DocumentKindSpec {
  readonly kind: SaidKind;
  readonly name: Bilingual;
  /** Patterns of the official number (number-series.ts); left out where the kind has none of its own. */
  readonly numberSeries?: Bilingual;
  /** The first field is always `title`. */
  readonly fields: readonly FieldSpec[];
  readonly sections: readonly TemplateBlock[];
  /** Columns of the task table; only plans have one. */
  readonly tasks?: readonly FieldSpec[];
  /** Columns of the kind's other records, by the root map that holds them. */
  readonly records?: Readonly<Partial<Record<RecordRoot, readonly FieldSpec[]>>>;
  /** Fields that are no column and that code reads, by their root map. */
  readonly silentFields?: Readonly<Partial<Record<'fields' | 'tasks' | RecordRoot, readonly string[]>>>;
  /** Header fields that documents of earlier versions may hold: shown where they do, offered nowhere. */
  readonly formerFields?: readonly FieldSpec[];
}

/** The header's record id in the `fields` map and in the names of its long text cells. */
export const HEADER_RECORD = 'header';
/** The field every kind has: the projection of it is the document's title in lists. */
export const TITLE_FIELD: FieldSpec = {
  id: 'title',
  label: { 'zh-CN': '标题', en: 'Title' },
  input: 'text',
  wide: true,
};

/** A section's heading and an empty paragraph under it. */
export function section(zh: string, en: string): TemplateBlock[] {
  return [
    { kind: 'h1', text: { 'zh-CN': zh, en } },
    { kind: 'p', text: { 'zh-CN': '', en: '' } },
  ];
}
