/** One task: number, its fields, its state, and what may be done with the row. */
import { ActionIcon, Menu } from '@mantine/core';
import { memo } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { type CellControl, FieldCell } from '../../../fields/field-cell.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { formatDayShort } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { DragIcon, MoreIcon } from '../../../ui/icons.tsx';
import { leadAgencies } from '../use-task-events.ts';
import { dueToWords } from './due-words.ts';
import grid from './grid/grid.module.css';
import type { EditedCell, GridCell } from './grid/use-grid.ts';
import type { RowDrag } from './grid/use-row-drag.ts';
import { TaskSource } from './task-source.tsx';
import { TaskStateCell } from './task-state-cell.tsx';
import styles from './task-table.module.css';

interface TaskRowProps {
  record: FieldRecord;
  number: number;
  isFirst: boolean;
  isLast: boolean;
  /** Not while some of the tasks are not shown. */
  mayMove: boolean;
  specs: readonly FieldSpec[];
  task: TaskReading;
  work: RoomReplica;
  me: ActingMember | undefined;
  presence: Presence;
  caseId: string;
  /** The cell of this row that is being edited. */
  edited: EditedCell | null;
  isDragged: boolean;
  onBegin: (cell: GridCell) => void;
  onEnd: (by: 'key' | 'focus') => void;
  onDrag: RowDrag['onPointerDown'];
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
}

export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { record, number, isFirst, isLast, mayMove, specs, task, work, me, presence, caseId, onMove, onDelete } = props;
  const { edited, isDragged, onBegin, onEnd, onDrag } = props;
  const say = useWords();
  const language = useLanguage();
  const { editing, mayWrite, today } = useEditing();
  const leads = leadAgencies(record);
  const control = (field: string): CellControl => ({
    isEditing: edited?.field === field,
    typed: edited?.field === field ? edited.typed : '',
    begin: () => onBegin({ recordId: record.recordId, field }),
    end: onEnd,
  });
  return (
    <tr
      className={styles.row}
      data-record={record.recordId}
      data-row-label={say('tasks.rowOf', { number })}
      data-dragged={isDragged}
    >
      <td className={styles.number}>
        {mayWrite && mayMove && (
          <span
            className={grid.handle}
            data-dragging={isDragged}
            title={say('tasks.drag')}
            aria-hidden="true"
            onPointerDown={(event) => onDrag(event, record.recordId)}
          >
            <DragIcon />
          </span>
        )}
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
            control={control(spec.id)}
            agenciesFirst={spec.id === TASK_FIELDS.owner ? leads : undefined}
            onCommit={(value) => editing.history.setField(editing.tasks, record.recordId, spec.id, value)}
            renderWords={
              spec.id === TASK_FIELDS.due
                ? (value) => <Due day={String(value)} state={task.state} today={today} />
                : undefined
            }
          />
          {spec.id === TASK_FIELDS.measure && <TaskSource record={record} caseId={caseId} />}
        </td>
      ))}
      <td className={styles.state} data-field="state" data-label={say('tasks.state')}>
        <TaskStateCell task={task} number={number} work={work} me={me} />
      </td>
      <td className={styles.more} data-field="more">
        {mayWrite && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={say('tasks.actionsOf', { number })} tabIndex={-1}>
                <MoreIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={isFirst || !mayMove} onClick={() => onMove(-1)}>
                {say('tasks.moveUp')}
              </Menu.Item>
              <Menu.Item disabled={isLast || !mayMove} onClick={() => onMove(1)}>
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
    a.mayMove === b.mayMove &&
    a.specs === b.specs &&
    a.work === b.work &&
    a.me === b.me &&
    a.edited === b.edited &&
    a.isDragged === b.isDragged &&
    isSameTask(a.task, b.task) &&
    (a.presence === b.presence || peopleIn(a) === peopleIn(b))
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
