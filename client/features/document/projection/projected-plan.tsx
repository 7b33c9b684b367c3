/** A plan's tasks on a wall: what, who, by when, how far; nothing to press. */
import { useMemo } from 'react';
import type * as Y from 'yjs';
import type { CaseDetail } from '../../../../shared/api.ts';
import { plannedTask } from '../../../../shared/events/task-state.ts';
import { type FieldRecord, liveRecords } from '../../../../shared/fields/records.ts';
import { newestValue } from '../../../../shared/fields/register.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import { KINDS } from '../../../../shared/kinds/all-kinds.ts';
import { BODY_ROOTS, textRoot } from '../../../../shared/rooms.ts';
import type { Names } from '../../../fields/names.ts';
import { useText } from '../../../fields/use-text.ts';
import { dayOf, formatDayShort } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { Chip } from '../../../ui/chip.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { dueToWords } from '../tasks/due-words.ts';
import { STATE_TONE } from '../tasks/task-actions.ts';
import { leadAgencies, useTaskReadings } from '../use-task-events.ts';
import styles from './projection.module.css';
import { useRecords } from './use-records.ts';

interface ProjectedPlanProps {
  body: RoomReplica;
  work: RoomReplica;
  detail: CaseDetail;
  names: Names;
}

/** What people in a room need of a row. */
const SHOWN = [TASK_FIELDS.measure, TASK_FIELDS.leadAgency, TASK_FIELDS.owner, TASK_FIELDS.due] as const;

export function ProjectedPlan({ body, work, detail, names }: ProjectedPlanProps) {
  const say = useWords();
  const language = useLanguage();
  const today = dayOf(useEnvironment().now());
  const reading = useRecords(body, BODY_ROOTS.tasks);
  const rows = useMemo(() => liveRecords(reading), [reading]);
  const readings = useTaskReadings(work, reading.records, detail.members);
  const specs = KINDS.actionPlan.tasks ?? [];
  return (
    <table className={styles.tasks}>
      <thead>
        <tr>
          <th scope="col">{say('tasks.order')}</th>
          {SHOWN.map((id) => (
            <th key={id} scope="col">
              {specs.find((spec) => spec.id === id)?.label[language]}
            </th>
          ))}
          <th scope="col">{say('tasks.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((record, index) => {
          const task = readings.get(record.recordId) ?? plannedTask(record.recordId, leadAgencies(record));
          const due = textOf(record, TASK_FIELDS.due);
          const dueWords = due === '' ? null : dueToWords(due, task.state, today);
          return (
            <tr key={record.recordId} data-record={record.recordId}>
              <td>{index + 1}</td>
              <td>
                <Words doc={body.doc} recordId={record.recordId} />
              </td>
              <td>{names.agencyLabel(textOf(record, TASK_FIELDS.leadAgency))}</td>
              <td>{names.personLabel(textOf(record, TASK_FIELDS.owner))}</td>
              <td data-tone={dueWords?.tone}>
                {formatDayShort(due, today)}
                {dueWords !== null && <small>{say(dueWords.key, dueWords.params)}</small>}
              </td>
              <td>
                <Chip tone={STATE_TONE[task.state]} dot={task.state === 'closed'}>
                  {say(`task.state.${task.state}`)}
                </Chip>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function textOf(record: FieldRecord, field: string): string {
  const value = newestValue(record.fields.get(field) ?? []);
  return typeof value === 'string' ? value : '';
}

function Words({ doc, recordId }: { doc: Y.Doc; recordId: string }) {
  const measure = useText(doc.getText(textRoot(recordId, TASK_FIELDS.measure)));
  const problem = useText(doc.getText(textRoot(recordId, TASK_FIELDS.problem)));
  return measure || problem;
}
