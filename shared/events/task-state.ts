/**
 * How far each task of a plan is: a pure reading of the work room's events in their order. Events the rules do not allow
 * (two agencies acted at once, a right that was not there) change nothing and are listed with the reason, the same on
 * every replica. Overdue is derived from the deadline and a given day.
 */
import type { LoggedEvent } from './event-log.ts';
import type { TaskEvent } from './task-events.ts';
import {
  type ActingMember,
  stateAfter,
  type TaskRefusal,
  type TaskStanding,
  type TaskState,
  taskRefusal,
} from './task-rules.ts';

export interface TaskReading extends TaskStanding {
  readonly taskId: string;
  /** 0 to 100, as last reported. */
  readonly percent: number;
  /** The note of the last progress, or the reason of the last objection, blocking, return, cancelling or reopening. */
  readonly lastNote: string | null;
  /** What was handed in last. */
  readonly evidence: readonly string[];
  /** Who struck it off; null unless closed. */
  readonly closedBy: string | null;
  /** Events that counted, oldest first. */
  readonly history: readonly LoggedEvent<TaskEvent>[];
  readonly ignored: readonly { readonly event: LoggedEvent<TaskEvent>; readonly reason: TaskRefusal }[];
}

export interface TaskContext {
  readonly memberById: (personId: string) => ActingMember | undefined;
  /** The visible values of the task's lead agency; empty while there is none. */
  readonly leadAgencyByTask: (taskId: string) => readonly string[];
}

/** A task nobody has said anything about. */
export function plannedTask(taskId: string, leadAgencyIds: readonly string[]): TaskReading {
  return {
    taskId,
    leadAgencyIds,
    state: 'planned',
    submittedBy: null,
    percent: 0,
    lastNote: null,
    evidence: [],
    closedBy: null,
    history: [],
    ignored: [],
  };
}

/** Every task with at least one event, by id. `events` in the order of `readEvents`. */
export function taskStates(
  events: readonly LoggedEvent<TaskEvent>[],
  context: TaskContext,
): ReadonlyMap<string, TaskReading> {
  const tasks = new Map<string, TaskReading>();
  for (const event of events) {
    const { taskId, type } = event.value;
    const task = tasks.get(taskId) ?? plannedTask(taskId, context.leadAgencyByTask(taskId));
    const reason = taskRefusal(context.memberById(event.personId), task, type);
    const next =
      reason === null ? applyTaskEvent(task, event) : { ...task, ignored: [...task.ignored, { event, reason }] };
    tasks.set(taskId, next);
  }
  return tasks;
}

function applyTaskEvent(task: TaskReading, event: LoggedEvent<TaskEvent>): TaskReading {
  const { value, personId } = event;
  const next: TaskReading = {
    ...task,
    state: stateAfter(task.state, value.type),
    closedBy: null,
    history: [...task.history, event],
  };
  switch (value.type) {
    case 'taskProgress':
      return { ...next, percent: value.percent, lastNote: value.note.trim() || next.lastNote };
    case 'taskSubmitted':
      return { ...next, evidence: value.evidence, submittedBy: personId };
    case 'taskClosed':
      return { ...next, closedBy: personId, lastNote: value.note?.trim() || next.lastNote };
    case 'taskObjected':
    case 'taskBlocked':
    case 'taskReturned':
    case 'taskCancelled':
    case 'taskReopened':
      return { ...next, lastNote: value.reason };
    case 'taskAccepted':
    case 'taskStarted':
      return next;
  }
}

/** Whether a task's deadline has passed while it is not done. Both days are `YYYY-MM-DD`; the deadline's day itself is in time. */
export function isOverdue(due: string | null, state: TaskState, today: string): boolean {
  return due !== null && due < today && state !== 'closed' && state !== 'cancelled';
}
