/**
 * The decisions of the minutes as the page shows them: each with where its sentence stands now, read anew a moment after the
 * text has changed; and how one is made of a sentence. Knows no drawing.
 */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import * as Y from 'yjs';
import { liveRecords, type RecordsReading } from '../../../../shared/fields/records.ts';
import { DECISION_FIELDS } from '../../../../shared/kinds/joint-minutes.ts';
import {
  type DecidedPlace,
  type Decision,
  decisionIdOf,
  findDecision,
  readDecisions,
} from '../../../../shared/minutes/decisions.ts';
import { proseText } from '../../../../shared/prose/roots.ts';
import type { AnchoredSentence } from '../../../editor/editor-contract.ts';
import type { Editing } from '../../../fields/editing.ts';

export interface PlacedDecision extends Decision {
  /** Null when the sentence is not in the text any more. */
  readonly place: DecidedPlace | null;
}

/** Read again this long after the last change of the text. */
const SETTLE_MS = 200;

export function useDecisions(editing: Editing): readonly PlacedDecision[] {
  const { view } = editing.records('decisions');
  return useDecisionsOf(editing.doc, useSyncExternalStore(view.subscribe, view.read));
}

/** The same from a reading of the records, for who only reads. */
export function useDecisionsOf(doc: Y.Doc, reading: RecordsReading): readonly PlacedDecision[] {
  const version = useTextVersion(doc);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is why the places are read again
  return useMemo(
    () => readDecisions(reading).map((decision) => ({ ...decision, place: findDecision(doc, decision) })),
    [reading, doc, version],
  );
}

/** Counts up when the text has come to rest after a change. */
function useTextVersion(doc: Y.Doc): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const text = proseText(doc);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setVersion((before) => before + 1), SETTLE_MS);
    };
    text.observe(onChange);
    return () => {
      clearTimeout(timer);
      text.unobserve(onChange);
    };
  }, [doc]);
  return version;
}

/** The decision that a sentence already is, or lies in; null when it is none. */
export function decisionOf(
  doc: Y.Doc,
  decisions: readonly PlacedDecision[],
  sentence: AnchoredSentence,
): PlacedDecision | null {
  const [from, to] = [indexOf(doc, sentence.from), indexOf(doc, sentence.to)];
  if (from === null || to === null) return null;
  return decisions.find(({ place }) => place !== null && place.from < to && from < place.to) ?? null;
}

/** Makes a decision of a sentence that is none yet, at its place among the others. */
export function decide(
  editing: Editing,
  documentId: string,
  decisions: readonly PlacedDecision[],
  sentence: AnchoredSentence,
): { readonly decisionId: string; readonly number: number } {
  const { map, view } = editing.records('decisions');
  const decisionId = decisionIdOf(documentId, sentence.from);
  const values = {
    [DECISION_FIELDS.words]: sentence.words,
    [DECISION_FIELDS.block]: sentence.blockId,
    [DECISION_FIELDS.from]: positionToText(sentence.from),
    [DECISION_FIELDS.to]: positionToText(sentence.to),
  };
  if (view.read().records.has(decisionId)) {
    // It was one before and was withdrawn.
    editing.history.restoreRecord(map, decisionId);
    for (const [field, value] of Object.entries(values)) editing.history.setField(map, decisionId, field, value);
    return { decisionId, number: numberOf(view.read(), decisionId) };
  }
  const from = indexOf(editing.doc, sentence.from) ?? Number.POSITIVE_INFINITY;
  const next = decisions.findIndex(({ place }) => place !== null && place.from > from);
  editing.history.createRecord(map, { recordId: decisionId, values, ...(next >= 0 && { index: next }) });
  return { decisionId, number: numberOf(view.read(), decisionId) };
}

function numberOf(reading: RecordsReading, decisionId: string): number {
  return liveRecords(reading).findIndex(({ recordId }) => recordId === decisionId) + 1;
}

/** A place of the text as the editor takes it. */
export function placeToPositions(doc: Y.Doc, { from, to }: DecidedPlace): Pick<AnchoredSentence, 'from' | 'to'> {
  const text = proseText(doc);
  return {
    from: Y.createRelativePositionFromTypeIndex(text, from, 0),
    to: Y.createRelativePositionFromTypeIndex(text, to, -1),
  };
}

function indexOf(doc: Y.Doc, position: Y.RelativePosition): number | null {
  const place = Y.createAbsolutePositionFromRelativePosition(position, doc);
  return place?.type === proseText(doc) ? place.index : null;
}

function positionToText(position: Y.RelativePosition): string {
  return JSON.stringify(Y.relativePositionToJSON(position));
}
