/** What a deadline says besides its day: overdue by so many days, due today, so many days left. Pure. */

import type { TaskState } from '../../../../shared/events/task-rules.ts';
import { isOverdue } from '../../../../shared/events/task-state.ts';
import type { WordKey } from '../../../language/catalogue.ts';
import { daysUntil } from '../../../language/dates.ts';
import type { WordParams } from '../../../language/use-words.ts';
import type { Tone } from '../../../ui/chip.tsx';

/** A deadline this near is said in amber. */
const SOON_DAYS = 7;

export interface DueWords {
  readonly key: WordKey;
  readonly params?: WordParams;
  readonly tone: Extract<Tone, 'bad' | 'warn'>;
}

/** null when there is nothing to add: no deadline, far away, or done. Both days are `YYYY-MM-DD`. */
export function dueToWords(due: string | null, state: TaskState, today: string): DueWords | null {
  if (due === null || state === 'closed' || state === 'cancelled') return null;
  const days = daysUntil(due, today);
  if (days === null) return null;
  if (isOverdue(due, state, today)) return { key: 'tasks.overdue', params: { count: -days }, tone: 'bad' };
  if (days === 0) return { key: 'tasks.dueToday', tone: 'warn' };
  return days <= SOON_DAYS ? { key: 'tasks.dueSoon', params: { count: days }, tone: 'warn' } : null;
}
