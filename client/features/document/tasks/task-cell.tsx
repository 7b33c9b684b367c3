/** One field of a task in the table: shown, or edited where the grid says so. Drawn anew only when something of it changed. */
import { memo } from 'react';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import type { RegisterValue } from '../../../../shared/fields/register.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { FieldCell } from '../../../fields/field-cell.tsx';
import { formatDayShort } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { FacePerson } from '../../../ui/face.tsx';
import { leadAgencies } from '../use-task-events.ts';
import { dueToWords } from './due-words.ts';
import type { EditedCell } from './grid/use-grid.ts';
import type { RowActs } from './row-acts.ts';
import styles from './task-table.module.css';

interface TaskCellProps {
  spec: FieldSpec;
  record: FieldRecord;
  number: number;
  state: TaskReading['state'];
  /** Who else is in the cell; left out for nobody. */
  others: readonly FacePerson[] | undefined;
  /** When it is this cell that is being edited. */
  edited: EditedCell | null;
  acts: RowActs;
}

const NOBODY: readonly FacePerson[] = [];
const NONE: readonly RegisterValue[] = [];

export const TaskCell = memo(function TaskCell({ spec, record, number, state, others, edited, acts }: TaskCellProps) {
  const say = useWords();
  const language = useLanguage();
  const { editing, today } = useEditing();
  const { recordId } = record;
  return (
    <FieldCell
      spec={spec}
      recordId={recordId}
      values={record.fields.get(spec.id) ?? NONE}
      label={say('tasks.cellOf', { number, field: spec.label[language] })}
      others={others ?? NOBODY}
      isDense
      control={{
        isEditing: edited !== null,
        typed: edited?.typed ?? '',
        begin: () => acts.begin({ recordId, field: spec.id }),
        end: acts.end,
      }}
      agenciesFirst={spec.id === TASK_FIELDS.owner ? leadAgencies(record) : undefined}
      onCommit={(value) => editing.history.setField(editing.tasks, recordId, spec.id, value)}
      renderWords={
        spec.id === TASK_FIELDS.due ? (value) => <Due day={String(value)} state={state} today={today} /> : undefined
      }
    />
  );
});

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
