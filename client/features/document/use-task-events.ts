/** How far every task is, read from the work room: read anew when an event arrives, the rights or a lead agency change. */
import { useEffect, useMemo, useState } from 'react';
import { type EventReading, type LoggedEvent, readEvents } from '../../../shared/events/event-log.ts';
import { type TaskEvent, taskEventSchema } from '../../../shared/events/task-events.ts';
import type { ActingMember } from '../../../shared/events/task-rules.ts';
import { type TaskReading, taskStates } from '../../../shared/events/task-state.ts';
import type { FieldRecord } from '../../../shared/fields/records.ts';
import { TASK_FIELDS } from '../../../shared/kinds/action-plan.ts';
import { EVENTS_ROOT } from '../../../shared/rooms.ts';
import type { RoomReplica } from '../../replica/contract.ts';

/** The visible values of a task's lead agency. */
export function leadAgencies(record: FieldRecord | undefined): string[] {
  return (record?.fields.get(TASK_FIELDS.leadAgency) ?? []).flatMap(({ value }) =>
    typeof value === 'string' ? [value] : [],
  );
}

export function useTaskReadings(
  work: RoomReplica,
  records: ReadonlyMap<string, FieldRecord>,
  members: readonly ActingMember[],
): ReadonlyMap<string, TaskReading> {
  const events = useEventReading(work);
  // Of the rows only who leads decides: not every change of a cell goes through all events.
  const leads = useMemo(
    () => [...records].map(([taskId, record]) => `${taskId} ${leadAgencies(record).join()}`).join('\n'),
    [records],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `leads` is what is read of the records.
  return useMemo(() => {
    const memberById = new Map(members.map((member) => [member.personId, member]));
    return taskStates(events.events, {
      memberById: (personId) => memberById.get(personId),
      leadAgencyByTask: (taskId) => leadAgencies(records.get(taskId)),
    });
  }, [events, members, leads]);
}

function useEventReading(work: RoomReplica): EventReading<TaskEvent> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a room of its own for each copy of the document.
  const known = useMemo(() => new Map<string, LoggedEvent<TaskEvent> | null>(), [work]);
  const read = () => readEvents(work.doc.getMap(EVENTS_ROOT), taskEventSchema, known);
  const [reading, setReading] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is of the room alone.
  useEffect(() => {
    const map = work.doc.getMap(EVENTS_ROOT);
    const onChange = () => setReading(read());
    onChange();
    map.observe(onChange);
    return () => map.unobserve(onChange);
  }, [work]);
  return reading;
}
