/**
 * Decisions of a meeting: records of the root `decisions` under DECISION_FIELDS, each pointing to a sentence of the prose.
 * What was decided is what the prose says there now; when the sentence is gone, the words kept with the record are shown. No
 * second text to keep in step, no mark inside the prose. Finding works on the Y.Doc alone, without an editor.
 */
import * as Y from 'yjs';
import { type RecordLink, readRecordLinks } from '../fields/record-link.ts';
import { type FieldRecord, liveRecords, type RecordsReading } from '../fields/records.ts';
import { type FieldValue, newestValue } from '../fields/register.ts';
import { uuidOfName } from '../ids.ts';
import { DECISION_FIELDS } from '../kinds/joint-minutes.ts';
import { mentionOf } from '../prose/embeds.ts';
import { type FlatBlock, type FlatRun, flatSize, readFlat } from '../prose/flat-blocks.ts';
import { proseText } from '../prose/roots.ts';

export interface Decision {
  readonly decisionId: string;
  /** From 1, by place in the list. */
  readonly number: number;
  /** As it read when it was decided. */
  readonly words: string;
  readonly blockId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly dissent: string;
  /** The task made of it; two or more when it was linked to several concurrently. */
  readonly tasks: readonly RecordLink[];
  readonly record: FieldRecord;
}

/** A sentence of the prose, in units of the Y.Text, and its words now. */
export interface DecidedPlace {
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** All decisions in the order of the list. */
export function readDecisions(reading: RecordsReading): Decision[] {
  return liveRecords(reading).map((record, index) => {
    const read = (field: string) => textOf(newestValue(record.fields.get(field) ?? []));
    return {
      decisionId: record.recordId,
      number: index + 1,
      words: read(DECISION_FIELDS.words) ?? '',
      blockId: read(DECISION_FIELDS.block),
      from: read(DECISION_FIELDS.from),
      to: read(DECISION_FIELDS.to),
      dissent: read(DECISION_FIELDS.dissent) ?? '',
      tasks: readRecordLinks(record.fields.get(DECISION_FIELDS.task) ?? []),
      record,
    };
  });
}

/**
 * The id of the decision that a sentence makes: it follows from the sentence's first character, so two people who make one of
 * the same sentence at once make the same record.
 */
export function decisionIdOf(documentId: string, from: Y.RelativePosition): string {
  return uuidOfName(`decision ${documentId} ${JSON.stringify(Y.relativePositionToJSON(from))}`);
}

/** The id of the task that a decision becomes: the same for everybody who makes it one. */
export function taskIdOf(decision: RecordLink): string {
  return uuidOfName(`task of decision ${decision.documentId}/${decision.recordId}`);
}

/** Where a decision stands in the prose now; null when its sentence is not there any more. */
export function findDecision(
  doc: Y.Doc,
  decision: Pick<Decision, 'words' | 'blockId' | 'from' | 'to'>,
): DecidedPlace | null {
  return followed(doc, decision.from, decision.to) ?? searched(doc, decision.blockId, decision.words);
}

function followed(doc: Y.Doc, from: string | null, to: string | null): DecidedPlace | null {
  const text = proseText(doc);
  const [start, end] = [indexOf(doc, text, from), indexOf(doc, text, to)];
  if (start === null || end === null || start >= end) return null;
  const words = readFlat(text, start, end)
    .blocks.map((block) => block.runs.map(wordsOf).join(''))
    .join('');
  return words.trim() === '' ? null : { from: start, to: end, words };
}

function indexOf(doc: Y.Doc, text: Y.Text, relative: string | null): number | null {
  if (relative === null) return null;
  try {
    const place = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(JSON.parse(relative)),
      doc,
    );
    return place?.type === text ? place.index : null;
  } catch {
    // Written by something else: not a position. The words find it, or it is gone.
    return null;
  }
}

/** In its block; else in the one place where the words stand. */
function searched(doc: Y.Doc, blockId: string | null, words: string): DecidedPlace | null {
  if (words.trim() === '') return null;
  const { lead, blocks } = readFlat(proseText(doc));
  const found: { place: DecidedPlace; isInBlock: boolean }[] = [];
  let start = lead;
  for (const block of blocks) {
    const place = placeIn(block, start + block.open, words);
    if (place !== null) found.push({ place, isInBlock: block.id !== null && block.id === blockId });
    start += flatSize(block);
  }
  const inBlock = found.find((each) => each.isInBlock);
  return (inBlock ?? (found.length === 1 ? found[0] : undefined))?.place ?? null;
}

function placeIn(block: FlatBlock, start: number, words: string): DecidedPlace | null {
  /** For each character of the block's words the unit it comes from; a mention's characters all come from one. */
  const units: number[] = [];
  let unit = start;
  let text = '';
  for (const run of block.runs) {
    const said = wordsOf(run);
    text += said;
    for (let i = 0; i < said.length; i++) units.push(run.type === 'text' ? unit + i : unit);
    unit += run.type === 'text' ? run.text.length : 1;
  }
  const at = text.indexOf(words);
  const [first, last] = [units[at], units[at + words.length - 1]];
  return at < 0 || first === undefined || last === undefined ? null : { from: first, to: last + 1, words };
}

function wordsOf(run: FlatRun): string {
  return run.type === 'text' ? run.text : (mentionOf(run.value)?.label ?? '');
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
