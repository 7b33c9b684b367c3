/**
 * The tasks of an open plan, following the three things they show: the rows, the events of the work room and who is where.
 * A change of one of them draws the table and not the page; a change of the page, such as its status, does not draw the table.
 */
import { memo, useSyncExternalStore } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { usePresence } from '../../../fields/use-presence.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { useTaskReadings } from '../use-task-events.ts';
import { TaskTable } from './task-table.tsx';
import { useTaskInAddress } from './use-task-in-address.ts';

interface PlanTasksProps {
  specs: readonly FieldSpec[];
  work: RoomReplica;
  ownPersonId: string;
  members: readonly ActingMember[];
  caseId: string;
}

export const PlanTasks = memo(function PlanTasks({ specs, work, ownPersonId, members, caseId }: PlanTasksProps) {
  const { editing, body } = useEditing();
  const reading = useSyncExternalStore(editing.tasksView.subscribe, editing.tasksView.read);
  useTaskInAddress(reading);
  const readings = useTaskReadings(work, reading.records, members);
  const presence = usePresence(body.awareness, ownPersonId);
  const me = members.find((member) => member.personId === ownPersonId);
  return (
    <TaskTable
      specs={specs}
      reading={reading}
      readings={readings}
      work={work}
      me={me}
      presence={presence}
      caseId={caseId}
    />
  );
});
