/** One task: number, its fields, its state, and what may be done with the row. */
import { ActionIcon, Menu } from '@mantine/core';
import { memo } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { FieldCell } from '../../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { formatDayShort } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { MoreIcon } from '../../../ui/icons.tsx';
import { dueToWords } from './due-words.ts';
import { TaskStateCell } from './task-state-cell.tsx';
import styles from './task-table.module.css';

interface TaskRowProps {
  record: FieldRecord;
  number: number;
  isFirst: boolean;
  isLast: boolean;
  specs: readonly FieldSpec[];
  task: TaskReading;
  work: RoomReplica;
  me: ActingMember | undefined;
  presence: Presence;
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
}

export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { record, number, isFirst, isLast, specs, task, work, me, presence, onMove, onDelete } = props;
  const say = useWords();
  const language = useLanguage();
  const { editing, mayWrite, today } = useEditing();
  return (
    <tr className={styles.row} data-record={record.recordId}>
      <td className={styles.number}>
        <span className={styles.numberLong}>{say('tasks.rowOf', { number })}</span>
        <span className={styles.numberShort}>{number}</span>
      </td>
      {specs.map((spec) => (
        <td key={spec.id} data-field={spec.id} data-label={spec.label[language]}>
          <FieldCell
            spec={spec}
            recordId={record.recordId}
            values={record.fields.get(spec.id) ?? []}
            label={say('tasks.cellOf', { number, field: spec.label[language] })}
            others={presence.peopleByCell.get(cellKey(record.recordId, spec.id)) ?? []}
            isDense
            onCommit={(value) => editing.history.setField(editing.tasks, record.recordId, spec.id, value)}
            renderWords={
              spec.id === TASK_FIELDS.due
                ? (value) => <Due day={String(value)} state={task.state} today={today} />
                : undefined
            }
          />
        </td>
      ))}
      <td className={styles.state} data-label={say('tasks.state')}>
        <TaskStateCell task={task} number={number} work={work} me={me} />
      </td>
      <td className={styles.more}>
        {mayWrite && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={say('tasks.actionsOf', { number })}>
                <MoreIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={isFirst} onClick={() => onMove(-1)}>
                {say('tasks.moveUp')}
              </Menu.Item>
              <Menu.Item disabled={isLast} onClick={() => onMove(1)}>
                {say('tasks.moveDown')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="bad" onClick={onDelete}>
                {say('tasks.delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </td>
    </tr>
  );
}, looksTheSame);

/**
 * Whether a row would look as before. What it does (`onMove`, `onDelete`) follows from its record and number alone.
 */
function looksTheSame(a: TaskRowProps, b: TaskRowProps): boolean {
  return (
    a.record === b.record &&
    a.number === b.number &&
    a.isLast === b.isLast &&
    a.specs === b.specs &&
    a.work === b.work &&
    a.me === b.me &&
    isSameTask(a.task, b.task) &&
    peopleIn(a) === peopleIn(b)
  );
}

/** The readings are made anew with every event; what has happened to this one task decides. */
function isSameTask(a: TaskReading, b: TaskReading): boolean {
  return (
    a.history.length === b.history.length &&
    a.ignored.length === b.ignored.length &&
    a.state === b.state &&
    a.leadAgencyIds.join() === b.leadAgencyIds.join()
  );
}

const peopleIn = ({ record, specs, presence }: TaskRowProps) =>
  specs
    .map(({ id }) => (presence.peopleByCell.get(cellKey(record.recordId, id)) ?? []).map((person) => person.personId))
    .join('/');

function Due({ day, state, today }: { day: string; state: TaskReading['state']; today: string }) {
  const say = useWords();
  const words = dueToWords(day, state, today);
  return (
    <span className={styles.due} data-tone={words?.tone}>
      <span className={styles.day}>{formatDayShort(day, today)}</span>
      {words !== null && <span className={styles.dueNote}>{say(words.key, words.params)}</span>}
    </span>
  );
}
