/** Minutes on a wall: who is there, the agenda with where the meeting is, the text with its decisions. */
import { useMemo } from 'react';
import type * as Y from 'yjs';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { readAgenda } from '../../../../shared/minutes/agenda.ts';
import { readAttendance } from '../../../../shared/minutes/attendance.ts';
import { flatSize, readFlat } from '../../../../shared/prose/flat-blocks.ts';
import { proseText } from '../../../../shared/prose/roots.ts';
import { BODY_ROOTS } from '../../../../shared/rooms.ts';
import type { Names } from '../../../fields/names.ts';
import { useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { attendanceLines } from '../minutes/attendance-line.ts';
import { type PlacedDecision, useDecisionsOf } from '../minutes/use-decisions.ts';
import { ProjectedProse } from './projected-prose.tsx';
import styles from './projection.module.css';
import { useRecords } from './use-records.ts';

interface ProjectedMinutesProps {
  body: RoomReplica;
  header: FieldRecord | undefined;
  names: Names;
}

export function ProjectedMinutes({ body, header, names }: ProjectedMinutesProps) {
  const say = useWords();
  const attendees = readAttendance(useRecords(body, BODY_ROOTS.attendance));
  const agenda = readAgenda(useRecords(body, BODY_ROOTS.agenda), header);
  const decisions = useDecisionsOf(body.doc, useRecords(body, BODY_ROOTS.decisions));
  const labels = useMemo(
    () => labelsByBlock(body.doc, decisions, (number) => say('decisions.label', { number })),
    [body.doc, decisions, say],
  );
  const itemNumber = (recordId: string) => agenda.find((item) => item.recordId === recordId)?.number ?? null;
  return (
    <>
      <dl className={styles.lines}>
        {attendanceLines(attendees, names, itemNumber, say).map(({ status, text }) => (
          <div key={status}>
            <dt>{say(`attendance.${status ?? 'notKnown'}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {agenda.length > 0 && (
        <ol className={styles.agenda}>
          {agenda.map(({ recordId, number, item, isDiscussed }) => (
            <li key={recordId} data-record={recordId} data-discussed={isDiscussed}>
              <span>{number}</span>
              <span>{item}</span>
              {isDiscussed && <strong>{say('agenda.discussing')}</strong>}
            </li>
          ))}
        </ol>
      )}
      <ProjectedProse doc={body.doc} labels={labels} />
    </>
  );
}

/** The labels of the decisions that begin in each paragraph. */
function labelsByBlock(
  doc: Y.Doc,
  decisions: readonly PlacedDecision[],
  labelOf: (number: number) => string,
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const { lead, blocks } = readFlat(proseText(doc));
  let start = lead;
  for (const block of blocks) {
    const end = start + flatSize(block);
    const here = decisions.filter(({ place }) => place !== null && place.from >= start && place.from < end);
    if (block.id !== null && here.length > 0) labels.set(block.id, here.map(({ number }) => labelOf(number)).join(' '));
    start = end;
  }
  return labels;
}
