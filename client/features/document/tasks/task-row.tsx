/**
 * One task: number, its fields, its state, and what may be done with the row. Drawn anew only when something in it changed,
 * its cells likewise: in a plan of 200 tasks with many editors everything else stands still.
 */
// biome-ignore-start lint/a11y/noRedundantRoles: laid out as a grid, a row is none to every browser any more.
import { memo } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { cellKey, type Presence } from '../../../fields/presence.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { DragIcon } from '../../../ui/icons.tsx';
import grid from './grid/grid.module.css';
import type { EditedCell } from './grid/use-grid.ts';
import type { RowActs } from './row-acts.ts';
import { TaskCell } from './task-cell.tsx';
import { TaskMenu } from './task-menu.tsx';
import { TaskSource } from './task-source.tsx';
import { TaskStateCell } from './task-state-cell.tsx';
import styles from './task-table.module.css';

interface TaskRowProps {
  record: FieldRecord;
  number: number;
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
  acts: RowActs;
}

export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { record, number, isLast, mayMove, specs, task, work, me, presence, caseId, edited, isDragged, acts } = props;
  const say = useWords();
  const language = useLanguage();
  const { mayWrite } = useEditing();
  const { recordId } = record;
  return (
    <tr
      role="row"
      className={styles.row}
      data-record={recordId}
      data-row-label={say('tasks.rowOf', { number })}
      data-dragged={isDragged}
      data-edited={edited !== null}
    >
      <td role="cell" className={styles.number}>
        {mayWrite && mayMove && (
          <span
            className={grid.handle}
            data-dragging={isDragged}
            title={say('tasks.drag')}
            aria-hidden="true"
            onPointerDown={(event) => acts.drag(event, recordId)}
          >
            <DragIcon />
          </span>
        )}
        <span className={styles.numberLong}>{say('tasks.rowOf', { number })}</span>
        <span className={styles.numberShort}>{number}</span>
      </td>
      {specs.map((spec) => (
        <td role="cell" key={spec.id} data-field={spec.id} data-label={spec.label[language]}>
          <TaskCell
            spec={spec}
            record={record}
            number={number}
            state={task.state}
            others={presence.peopleByCell.get(cellKey(recordId, spec.id))}
            edited={edited?.field === spec.id ? edited : null}
            acts={acts}
          />
          {spec.id === TASK_FIELDS.measure && <TaskSource record={record} caseId={caseId} />}
        </td>
      ))}
      <td role="cell" className={styles.state} data-field="state" data-label={say('tasks.state')}>
        <TaskStateCell task={task} number={number} work={work} me={me} />
      </td>
      <td role="cell" className={styles.more} data-field="more">
        {mayWrite && <TaskMenu recordId={recordId} number={number} isLast={isLast} mayMove={mayMove} acts={acts} />}
      </td>
    </tr>
  );
}, looksTheSame);

// biome-ignore-end lint/a11y/noRedundantRoles: laid out as a grid, a row is none to every browser any more.

/** Whether a row would look as before. */
function looksTheSame(a: TaskRowProps, b: TaskRowProps): boolean {
  return (
    a.record === b.record &&
    a.number === b.number &&
    a.isLast === b.isLast &&
    a.mayMove === b.mayMove &&
    a.specs === b.specs &&
    a.work === b.work &&
    a.me === b.me &&
    a.caseId === b.caseId &&
    a.edited === b.edited &&
    a.isDragged === b.isDragged &&
    a.acts === b.acts &&
    isSameTask(a.task, b.task) &&
    (a.presence === b.presence || isSameCompany(a, b.presence))
  );
}

/** The readings are made anew with every event; what has happened to this one task decides. */
function isSameTask(a: TaskReading, b: TaskReading): boolean {
  return (
    a === b ||
    (a.history.length === b.history.length &&
      a.ignored.length === b.ignored.length &&
      a.state === b.state &&
      a.leadAgencyIds.join() === b.leadAgencyIds.join())
  );
}

/** The same people in the same cells of the row; a cell's list is the same object as long as nobody came or went. */
function isSameCompany({ record, specs, presence }: TaskRowProps, next: Presence): boolean {
  return specs.every(({ id }) => {
    const key = cellKey(record.recordId, id);
    return presence.peopleByCell.get(key) === next.peopleByCell.get(key);
  });
}
