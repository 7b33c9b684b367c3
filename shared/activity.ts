/**
 * What happens in a case, as words for a list: closed lists of kinds of happening. The relay notes them as they happen
 * (sync-server/store/activity.ts), the client has a sentence for each. A fact of who, what and when; never a measure of anybody.
 */
import { taskEventSchema } from './events/task-events.ts';
import type { RoomKind } from './rooms.ts';

/** Done by commands, each noted once. */
export const COMMAND_ACTIVITIES = [
  'caseCreated',
  'caseNumbered',
  'documentRegistered',
  'documentFrozen',
  'documentReopened',
  'documentNumbered',
  'memberInvited',
  'roleChanged',
  'memberRemoved',
  'heldAdded',
  'heldDone',
  'heldDiscarded',
] as const;

/** Done by writing, noted once for each person, document and day. */
export const WRITING_ACTIVITIES = [
  /** The words, fields or rows of a document. */
  'wrote',
  'comment',
  'reply',
  'resolve',
  'reopen',
  ...taskEventSchema.options.map((option) => option.shape.type.value),
] as const;

export type CommandActivity = (typeof COMMAND_ACTIVITIES)[number];
export type WritingActivity = (typeof WRITING_ACTIVITIES)[number];
export type Activity = CommandActivity | WritingActivity;

const EVENT_TYPES: ReadonlySet<string> = new Set(WRITING_ACTIVITIES.filter((each) => each !== 'wrote'));

/** The activity that an event of a review or work room is; null for one that is nothing to tell (an edit, a re-anchoring). */
export function activityOfEvent(room: RoomKind, type: unknown): WritingActivity | null {
  if (room !== 'review' && room !== 'work') return null;
  return typeof type === 'string' && EVENT_TYPES.has(type) ? (type as WritingActivity) : null;
}
