/** What a person may do with a task now, in the order it is offered, or why there is nothing. Pure. */
import type { TaskEventType } from '../../../../shared/events/task-events.ts';
import {
  type ActingMember,
  canDoTaskEvent,
  type TaskRefusal,
  type TaskStanding,
  type TaskState,
  taskRefusal,
} from '../../../../shared/events/task-rules.ts';
import type { Tone } from '../../../ui/chip.tsx';

/** The usual way forward first, what ends a task last. */
const OFFERED: readonly TaskEventType[] = [
  'taskAccepted',
  'taskStarted',
  'taskProgress',
  'taskSubmitted',
  'taskClosed',
  'taskReturned',
  'taskObjected',
  'taskBlocked',
  'taskReopened',
  'taskCancelled',
];

export function taskActions(member: ActingMember | undefined, task: TaskStanding): TaskEventType[] {
  return OFFERED.filter((type) => canDoTaskEvent(member, task, type));
}

/** The step that everybody waits for in each state; the reason why this person cannot take it. */
const NEXT: Readonly<Record<TaskState, TaskEventType>> = {
  planned: 'taskAccepted',
  accepted: 'taskStarted',
  objected: 'taskAccepted',
  inProgress: 'taskProgress',
  blocked: 'taskStarted',
  submitted: 'taskClosed',
  returned: 'taskStarted',
  closed: 'taskReopened',
  cancelled: 'taskReopened',
};

export function whyNothing(member: ActingMember | undefined, task: TaskStanding): TaskRefusal | null {
  return taskRefusal(member, task, NEXT[task.state]);
}

export const STATE_TONE: Readonly<Record<TaskState, Tone>> = {
  planned: 'plain',
  accepted: 'plain',
  objected: 'warn',
  inProgress: 'brand',
  blocked: 'bad',
  submitted: 'brand',
  returned: 'warn',
  closed: 'ok',
  cancelled: 'plain',
};
