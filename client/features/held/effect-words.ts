/**
 * What a held change would do, in sentences: where the words stand that it deletes, what it does to which field of which row,
 * to a paragraph, to how words look. What cannot be named here is added to the count. Pure; names and words are given.
 */
import type * as Y from 'yjs';
import { liveRecords, type RecordsReading, readRecords } from '../../../shared/fields/records.ts';
import { type FieldValue, newestValue } from '../../../shared/fields/register.ts';
import { PARTY_FIELDS } from '../../../shared/kinds/case-record.ts';
import { ATTENDANCE_FIELDS, DECISION_FIELDS } from '../../../shared/kinds/joint-minutes.ts';
import { type DocumentKindSpec, type FieldSpec, HEADER_RECORD } from '../../../shared/kinds/kind.ts';
import { BLOCK_KINDS } from '../../../shared/prose/block-attrs.ts';
import { BODY_ROOTS, type RecordRoot } from '../../../shared/rooms.ts';
import type { Language } from '../../../shared/vocabulary.ts';
import type { Names } from '../../fields/names.ts';
import { valueToWords } from '../../fields/value-words.ts';
import type { Say } from '../../language/use-words.ts';
import type { BlockChange, RowChange, ValueChange } from './field-effect.ts';
import type { Change, EventDone, HeldEffect } from './held-effect.ts';
import type { Reformatted } from './text-effect.ts';

/** Words that would go, with what stands around them. */
export interface DeletionWords {
  /** The field they stand in; null for the text. */
  readonly place: string | null;
  readonly before: string;
  readonly words: string;
  readonly after: string;
  /** With no words: what goes instead. */
  readonly instead: string | null;
}

export interface EffectWords {
  readonly lines: readonly string[];
  readonly deletions: readonly DeletionWords[];
  /** Fields, rows, paragraphs, formatting, what is done to comments and tasks. */
  readonly changes: readonly string[];
  /** What it fills in, as words that can stand in a text. */
  readonly values: readonly string[];
  readonly unnamed: number;
  readonly isCompared: boolean;
}

export interface WordingContext {
  readonly say: Say;
  readonly language: Language;
  readonly names: Names;
  readonly spec: DocumentKindSpec;
  /** The document's body as it is now: which number a row has. Null when there is none to tell anything against. */
  readonly body: Y.Doc | null;
}

const CONTEXT = 16;
const SHORT = 40;

export function effectWords(effect: HeldEffect, context: WordingContext): EffectWords {
  const { say } = context;
  const place = placeWords(context);
  const deletions = effect.deleted.map(({ root, what }) => ({
    place: place.ofText(root),
    before: lastOf(what.before, say),
    words: what.words,
    after: firstOf(what.after, CONTEXT, say),
    instead: what.words !== '' ? null : say(what.joins ? 'held.deleted.join' : 'held.deleted.empty'),
  }));
  const changes: string[] = [];
  const values: string[] = [];
  let { unnamed } = effect;
  for (const change of effect.changes) {
    const said = wordsOfChange(change, context, place);
    if (said === null) unnamed += 1;
    else {
      changes.push(...said.sentences);
      values.push(...said.values);
    }
  }
  for (const { what } of effect.reformatted) {
    const said = formatWords(what, say);
    changes.push(...said);
    unnamed += what.keys.length - said.length;
  }
  return { lines: effect.lines, deletions, changes, values, unnamed, isCompared: effect.isCompared };
}

/** All of it in lines, for a comment: whoever reads it can carry it out. */
export function commentLines({ lines, deletions, changes }: EffectWords, say: Say): string[] {
  return [
    ...lines,
    ...deletions.map(({ place, before, words, after, instead }) => {
      const struck =
        words === ''
          ? `${before}⏎${after}`
          : `${before}${say('held.struck', { words: words.replaceAll('\n', ' ') })}${after}`;
      const text = instead === null ? struck : say('general.bracketed', { text: instead, note: struck });
      return place === null ? say('held.toDelete', { words: text }) : say('held.toDeleteIn', { place, words: text });
    }),
    ...changes.map((sentence) => say('held.toChange', { words: sentence })),
  ];
}

interface Said {
  readonly sentences: readonly string[];
  readonly values: readonly string[];
}

/** Null for what has no name here. */
function wordsOfChange(change: Change, context: WordingContext, place: PlaceWords): Said | null {
  switch (change.kind) {
    case 'value':
      return valueWords(change, context, place);
    case 'block':
      return { sentences: blockWords(change, context.say), values: [] };
    case 'event':
      return { sentences: [eventWords(change, context.say, place)], values: [] };
    default:
      return rowWords(change, context, place);
  }
}

function valueWords(change: ValueChange, context: WordingContext, place: PlaceWords): Said | null {
  const { say } = context;
  const { root, recordId, field, isChangedSince } = change;
  const spec = place.field(root, field);
  const label = place.ofField(root, recordId, spec?.label[context.language] ?? say('held.newerField'));
  if (spec === null && place.isSilent(root, field)) return null;
  const before = fieldWords(spec, change.before, context);
  const after = fieldWords(spec, change.after, context);
  if (before === null || after === null) return null;
  const arrow = say('held.becomes', { before: before || say('held.nothing'), after: after || say('held.nothing') });
  const text =
    isChangedSince && before !== '' ? say('general.bracketed', { text: arrow, note: say('held.changedSince') }) : arrow;
  return {
    sentences: [say('general.labelled', { label, text })],
    values: after === '' ? [] : [say('general.labelled', { label, text: after })],
  };
}

/** Empty for nothing; null for what cannot be said. */
function fieldWords(
  spec: FieldSpec | null,
  values: readonly FieldValue[],
  { language, names, say }: WordingContext,
): string | null {
  const separator = say('general.separator');
  const said = values.map((value) => {
    const fitting = spec === null ? null : valueToWords(spec, value, { language, names, separator });
    if (fitting !== null) return fitting;
    // A value that does not fit its field, or a field of a newer version: as it is kept, if a person can read it.
    const plain =
      typeof value === 'object' ? (value ?? []).join(separator) : typeof value === 'boolean' ? null : `${value}`;
    return plain === null || UUID.test(plain) ? null : plain;
  });
  return said.includes(null) ? null : said.filter((each) => each !== '').join(' / ');
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/;

function rowWords(change: RowChange, context: WordingContext, place: PlaceWords): Said | null {
  const { say, language } = context;
  const { kind, root, recordId, values } = change;
  if (kind !== 'created') {
    const row = place.ofRow(root, recordId);
    return row === null
      ? null
      : { sentences: [say('general.labelled', { label: row, text: say(`held.row.${kind}`) })], values: [] };
  }
  const newRow = place.newRow(root);
  if (newRow === null) return null;
  const filled = values.flatMap(({ field, value }) => {
    const spec = place.field(root, field);
    const words = spec === null ? null : fieldWords(spec, [value], context);
    return spec === null || words === null || words === ''
      ? []
      : [say('general.labelled', { label: spec.label[language], text: words })];
  });
  const decided = values.find(({ field }) => root === BODY_ROOTS.decisions && field === DECISION_FIELDS.words)?.value;
  if (typeof decided === 'string' && decided !== '') filled.unshift(decided);
  if (filled.length === 0) return { sentences: [newRow], values: [] };
  const sentence = say('general.labelled', { label: newRow, text: filled.join(say('general.pause')) });
  return { sentences: [sentence], values: [sentence] };
}

function blockWords({ words, before, after }: BlockChange & { words: string }, say: Say): string[] {
  const label =
    words.trim() === '' ? say('held.emptyParagraph') : say('held.quoted', { words: firstOf(words, SHORT, say) });
  const kindWords = (kind: string) => {
    const known = BLOCK_KINDS.find((each) => each === kind);
    return say(known === undefined ? 'editor.kindUnknown' : `editor.${known}`);
  };
  const said: string[] = [];
  if (before.kind !== after.kind) {
    said.push(say('held.becomes', { before: kindWords(before.kind), after: kindWords(after.kind) }));
  }
  if (before.indent !== after.indent) {
    said.push(say('held.indent', { before: before.indent, after: after.indent }));
  }
  if (before.checked !== after.checked) said.push(say(after.checked ? 'held.checked' : 'held.unchecked'));
  return [say('general.labelled', { label, text: said.join(say('general.pause')) })];
}

const FORMATS = ['bold', 'italic', 'underline', 'strike', 'highlight', 'link'] as const;

/** One for each format that has a name here. */
function formatWords({ words, keys }: Reformatted, say: Say): string[] {
  const quoted = say('held.quoted', { words: firstOf(words.replaceAll('\n', ' '), SHORT, say) });
  return keys.flatMap(({ key, value }) => {
    const known = FORMATS.find((each) => each === key);
    if (known === undefined) return [];
    const format = say(`editor.${known}`);
    if (value === null) return [say('held.formatOff', { format, quoted })];
    const href = typeof value === 'object' && 'href' in value ? value.href : null;
    const on = say('general.labelled', { label: format, text: quoted });
    return [typeof href === 'string' ? say('held.becomes', { before: on, after: href }) : on];
  });
}

function eventWords({ event }: EventDone, say: Say, place: PlaceWords): string {
  if (!('taskId' in event)) return say(`held.did.${event.type}`);
  const did = say(`task.did.${event.type}`);
  const progress = event.type === 'taskProgress' ? say('tasks.progress', { percent: event.percent }) : null;
  const text = progress === null ? did : say('general.bracketed', { text: did, note: progress });
  return say('general.labelled', { label: place.task(event.taskId), text });
}

const NO_ROWS: RecordsReading = { records: new Map(), invalid: [] };

type PlaceWords = ReturnType<typeof placeWords>;
type TableRoot = 'tasks' | RecordRoot;

/** What rows and fields are called, by where they are kept. */
function placeWords({ say, language, names, spec, body }: WordingContext) {
  const tables = new Map<string, readonly FieldSpec[]>([
    [BODY_ROOTS.fields, [...spec.fields, ...(spec.formerFields ?? [])]],
    ...(spec.tasks === undefined ? [] : [[BODY_ROOTS.tasks, spec.tasks] as const]),
    ...Object.entries(spec.records ?? {}),
  ]);
  const readings = new Map<string, RecordsReading>();
  const readingOf = (root: string) => {
    const known = readings.get(root);
    if (known !== undefined) return known;
    const reading = body?.share.has(root) ? readRecords(body.getMap(root)) : NO_ROWS;
    readings.set(root, reading);
    return reading;
  };
  const tableRoot = (root: string): TableRoot | null =>
    tables.has(root) && root !== BODY_ROOTS.fields ? (root as TableRoot) : null;
  const row = (root: TableRoot, recordId: string): string => {
    const reading = readingOf(root);
    const number = 1 + liveRecords(reading).findIndex((record) => record.recordId === recordId);
    if (number === 0) return say('held.rowGone');
    const read = (field: string) => newestValue(reading.records.get(recordId)?.fields.get(field) ?? []);
    switch (root) {
      case 'tasks':
        return say('tasks.rowOf', { number });
      case 'agenda':
        return say('held.agendaItem', { number });
      case 'decisions':
        return say('decisions.label', { number });
      case 'attendance': {
        const [person, agency] = [read(ATTENDANCE_FIELDS.person), read(ATTENDANCE_FIELDS.agency)];
        if (typeof person === 'string') return names.personLabel(person);
        return typeof agency === 'string' ? names.agencyLabel(agency) : say('attendance.nobody');
      }
      case 'parties': {
        const alias = read(PARTY_FIELDS.alias);
        return typeof alias === 'string' && alias.trim() !== '' ? alias : say('party.unnamed');
      }
    }
  };
  const ofRow = (root: string, recordId: string) => {
    const table = tableRoot(root);
    return table === null ? null : row(table, recordId);
  };
  const ofField = (root: string, recordId: string, label: string) => {
    const inRow = ofRow(root, recordId);
    return inRow === null ? label : say('held.fieldOf', { row: inRow, field: label });
  };
  const field = (root: string, id: string) => tables.get(root)?.find((each) => each.id === id) ?? null;
  return {
    ofRow,
    ofField,
    field,
    isSilent: (root: string, id: string) =>
      Object.entries(spec.silentFields ?? {}).some(([table, silent]) => table === root && silent.includes(id)),
    newRow: (root: string) => {
      const table = tableRoot(root);
      return table === null ? null : say(`held.new.${table}`);
    },
    task: (taskId: string) => row('tasks', taskId),
    /** The long cell that a root is; null for the text itself. */
    ofText: (root: string) => {
      const [t, recordId = '', id = ''] = root.split('/');
      if (t !== 't') return null;
      if (recordId === HEADER_RECORD) return field(BODY_ROOTS.fields, id)?.label[language] ?? say('held.newerField');
      for (const table of tables.keys()) {
        const found = field(table, id);
        if (found?.input === 'longText' && readingOf(table).records.has(recordId)) {
          return ofField(table, recordId, found.label[language]);
        }
      }
      return say('held.newerField');
    },
  };
}

/** Without half a character at an end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}

function firstOf(text: string, length: number, say: Say): string {
  return text.length <= length ? text : say('held.goesOn', { words: whole(text.slice(0, length)) });
}

function lastOf(text: string, say: Say): string {
  return text.length <= CONTEXT ? text : say('held.comesFrom', { words: whole(text.slice(-CONTEXT)) });
}
