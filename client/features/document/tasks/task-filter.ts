/** Which tasks a meeting goes through: all, those not done, those overdue, those one's own agency leads. Pure. */
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import { isOverdue } from '../../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';

export const TASK_FILTERS = ['all', 'open', 'overdue', 'ours'] as const;
export type TaskFilter = (typeof TASK_FILTERS)[number];

/** Whose point of view, and on which day (`YYYY-MM-DD`). */
interface FilterView {
  readonly today: string;
  /** null for somebody who is not on the case. */
  readonly agencyId: string | null;
}

/** Where two deadlines stand until somebody picks, one of them passed is enough. */
export function isInFilter(filter: TaskFilter, record: FieldRecord, task: TaskReading, view: FilterView): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return task.state !== 'closed' && task.state !== 'cancelled';
    case 'overdue':
      return (record.fields.get(TASK_FIELDS.due) ?? []).some(
        ({ value }) => typeof value === 'string' && isOverdue(value, task.state, view.today),
      );
    case 'ours':
      return (record.fields.get(TASK_FIELDS.leadAgency) ?? []).some(({ value }) => value === view.agencyId);
  }
}
