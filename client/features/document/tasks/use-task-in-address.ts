/** Goes to the task that the address names (`#task-<id>`), once, when its row is on the page. */
import { useEffect, useRef } from 'react';
import type { RecordsReading } from '../../../../shared/fields/records.ts';

const NAMED = /^#task-([0-9a-f-]{36})$/;

/** @param tasks looked at again whenever it changes: the plan may still be arriving */
export function useTaskInAddress(tasks: RecordsReading): void {
  const done = useRef('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: that the tasks changed is why
  useEffect(() => {
    const { hash } = window.location;
    const taskId = NAMED.exec(hash)?.[1];
    if (taskId === undefined || hash === done.current) return;
    const row = document.querySelector<HTMLElement>(`[data-record="${taskId}"]`);
    if (row === null) return;
    done.current = hash;
    row.scrollIntoView({ block: 'center' });
    row.querySelector<HTMLElement>('[tabindex], button')?.focus({ preventScroll: true });
  }, [tasks]);
}
