/**
 * A plan's tasks as a table edited in place: what is to be done are fields of the body, how far it is are facts of the
 * work room. On a phone each task is a card. Rows are kept apart so that one change renders one row.
 */
import { Button } from '@mantine/core';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import { plannedTask, type TaskReading } from '../../../../shared/events/task-state.ts';
import { liveRecords, type RecordsReading } from '../../../../shared/fields/records.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import { leadAgencies } from '../use-task-events.ts';
import { DeletedTasks } from './deleted-tasks.tsx';
import { TaskRow } from './task-row.tsx';
import styles from './task-table.module.css';

interface TaskTableProps {
  specs: readonly FieldSpec[];
  reading: RecordsReading;
  readings: ReadonlyMap<string, TaskReading>;
  work: RoomReplica;
  me: ActingMember | undefined;
  presence: Presence;
}

/** Share of the width of each column, in the order of the kind's columns. */
const WIDTHS: Readonly<Record<string, string>> = {
  problem: '13%',
  measure: 'auto',
  leadAgency: '11%',
  supportingAgencies: '13%',
  owner: '9.5%',
  due: '11.5%',
};

export function TaskTable({ specs, reading, readings, work, me, presence }: TaskTableProps) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { editing, mayWrite, undo } = useEditing();
  const rows = liveRecords(reading);

  const add = () => {
    const recordId = uuid();
    editing.history.createRecord(editing.tasks, { recordId, values: {} });
    // The new row is on the page after this turn: begin with its first cell.
    requestAnimationFrame(() => {
      const cell = document.querySelector<HTMLElement>(`[data-record="${recordId}"] button`);
      cell?.scrollIntoView({ block: 'nearest' });
      cell?.click();
    });
  };
  const remove = (recordId: string, number: number) => {
    editing.history.deleteRecord(editing.tasks, recordId);
    notify({ text: say('tasks.deleted', { number }), act: { label: say('general.undo'), onClick: undo } });
  };
  const addButton = mayWrite ? (
    <Button variant="default" onClick={add}>
      {say('tasks.add')}
    </Button>
  ) : undefined;

  return (
    <section aria-labelledby="tasks-heading" className={styles.section}>
      <div className={styles.heading}>
        <h2 id="tasks-heading">{say('tasks.title')}</h2>
        {rows.length > 0 && addButton}
      </div>
      {rows.length === 0 ? (
        <div className={styles.frame}>
          <EmptyState
            title={say('tasks.empty')}
            next={say(mayWrite ? 'tasks.emptyNext' : 'tasks.emptyReader')}
            act={addButton}
          />
        </div>
      ) : (
        <div className={styles.frame}>
          <table className={styles.table}>
            <colgroup>
              <col style={{ width: 44 }} />
              {specs.map((spec) => (
                <col key={spec.id} style={{ width: WIDTHS[spec.id] ?? 'auto' }} />
              ))}
              <col style={{ width: 118 }} />
              <col style={{ width: 44 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{say('tasks.order')}</th>
                {specs.map((spec) => (
                  <th key={spec.id} scope="col">
                    {spec.label[language]}
                  </th>
                ))}
                <th scope="col">{say('tasks.state')}</th>
                <th scope="col">{'\u200b'}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((record, index) => (
                <TaskRow
                  key={record.recordId}
                  record={record}
                  number={index + 1}
                  isFirst={index === 0}
                  isLast={index === rows.length - 1}
                  specs={specs}
                  task={readings.get(record.recordId) ?? plannedTask(record.recordId, leadAgencies(record))}
                  work={work}
                  me={me}
                  presence={presence}
                  onMove={(by) => editing.history.moveRecord(editing.tasks, record.recordId, index + by)}
                  onDelete={() => remove(record.recordId, index + 1)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <DeletedTasks reading={reading} />
      {reading.invalid.length > 0 && (
        <p className={styles.note}>{say('tasks.invalid', { count: reading.invalid.length })}</p>
      )}
    </section>
  );
}
