/**
 * From which state, to which, by whom: the life of a task as one table, used by the reducer (which ignores what was not
 * allowed) and by the interface (which says so before). Rule: the lead agency does the work, another agency or the host
 * strikes it off (four eyes), the host cancels and reopens.
 */
import { capability, type SaidRole } from '../permissions.ts';
import type { TaskEventType } from './task-events.ts';

/** 待启动, 已签收, 有异议, 进行中, 受阻, 待核验, 退回, 已销号, 取消. Overdue is derived, not a state. */
export const TASK_STATES = [
  'planned',
  'accepted',
  'objected',
  'inProgress',
  'blocked',
  'submitted',
  'returned',
  'closed',
  'cancelled',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** A member of the case as far as rights go. */
export interface ActingMember {
  readonly personId: string;
  readonly agencyId: string;
  readonly role: SaidRole;
}

/** What the rules need to know of a task and of how far it is. */
export interface TaskStanding {
  /** The lead agency; more than one while two people's choices are unresolved. */
  readonly leadAgencyIds: readonly string[];
  readonly state: TaskState;
  /** Who submitted it last; they cannot strike it off themselves. */
  readonly submittedBy: string | null;
}

export type TaskRefusal =
  | 'not-a-member'
  | 'read-only-role'
  | 'wrong-state'
  | 'not-lead-agency'
  | 'not-verifier'
  | 'not-host';

interface TaskRule {
  readonly from: readonly TaskState[];
  /** null: the state stays. */
  readonly to: TaskState | null;
  readonly who: 'lead' | 'verifier' | 'host';
}

const OPEN: readonly TaskState[] = TASK_STATES.filter((state) => state !== 'closed' && state !== 'cancelled');

const RULES: Readonly<Record<TaskEventType, TaskRule>> = {
  taskAccepted: { from: ['planned', 'objected'], to: 'accepted', who: 'lead' },
  taskObjected: { from: ['planned', 'accepted'], to: 'objected', who: 'lead' },
  taskStarted: { from: ['accepted', 'blocked', 'returned'], to: 'inProgress', who: 'lead' },
  taskBlocked: { from: ['inProgress'], to: 'blocked', who: 'lead' },
  taskProgress: { from: ['inProgress', 'blocked'], to: null, who: 'lead' },
  taskSubmitted: { from: ['inProgress'], to: 'submitted', who: 'lead' },
  taskClosed: { from: ['submitted'], to: 'closed', who: 'verifier' },
  taskReturned: { from: ['submitted'], to: 'returned', who: 'verifier' },
  taskCancelled: { from: OPEN, to: 'cancelled', who: 'host' },
  taskReopened: { from: ['closed'], to: 'inProgress', who: 'host' },
};

/** The state after an allowed event. */
export function stateAfter(state: TaskState, type: TaskEventType): TaskState {
  return RULES[type].to ?? state;
}

/** Why this member may not do this now; null when they may. */
export function taskRefusal(
  member: ActingMember | undefined,
  task: TaskStanding,
  type: TaskEventType,
): TaskRefusal | null {
  if (!member) return 'not-a-member';
  if (!canWriteWork(member)) return 'read-only-role';
  const rule = RULES[type];
  if (!rule.from.includes(task.state)) return 'wrong-state';
  const isOfLead = task.leadAgencyIds.includes(member.agencyId);
  switch (rule.who) {
    case 'lead':
      return isOfLead ? null : 'not-lead-agency';
    case 'host':
      return member.role === 'host' ? null : 'not-host';
    case 'verifier': {
      const isFourEyes = member.personId !== task.submittedBy && (!isOfLead || member.role === 'host');
      return isFourEyes ? null : 'not-verifier';
    }
  }
}

/** Whether this member may do this to the task now. */
export function canDoTaskEvent(member: ActingMember | undefined, task: TaskStanding, type: TaskEventType): boolean {
  return taskRefusal(member, task, type) === null;
}

function canWriteWork({ role, agencyId }: ActingMember): boolean {
  const question = {
    role,
    actingAgencyId: agencyId,
    audience: 'joint',
    audienceAgencyId: null,
    state: 'draft',
  } as const;
  return capability({ ...question, room: 'work' }) === 'write';
}
