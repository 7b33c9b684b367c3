/**
 * A plan's tasks: what is to be done are fields of the body, how far it is are facts of the work room. Adding and deleting,
 * the empty table and the deleted tasks are here; the table that one edits in place is task-grid.tsx.
 */
import { Button } from '@mantine/core';
import { useMemo, useRef } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import { liveRecords, type RecordsReading } from '../../../../shared/fields/records.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import { DeletedTasks } from './deleted-tasks.tsx';
import type { Grid } from './grid/use-grid.ts';
import { TaskGrid } from './task-grid.tsx';
import styles from './task-table.module.css';

interface TaskTableProps {
  specs: readonly FieldSpec[];
  reading: RecordsReading;
  readings: ReadonlyMap<string, TaskReading>;
  work: RoomReplica;
  me: ActingMember | undefined;
  presence: Presence;
  caseId: string;
}

export function TaskTable({ specs, reading, readings, work, me, presence, caseId }: TaskTableProps) {
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { editing, mayWrite, undo } = useEditing();
  const rows = useMemo(() => liveRecords(reading), [reading]);
  const grid = useRef<Grid | null>(null);
  const addPlace = useRef<HTMLButtonElement>(null);
  const firstField = specs[0]?.id;

  const add = (index?: number) => {
    const recordId = uuid();
    editing.history.createRecord(editing.tasks, { recordId, values: {}, ...(index === undefined ? {} : { index }) });
    // The new row is on the page after this turn: begin with its first cell.
    requestAnimationFrame(() => {
      if (firstField !== undefined) grid.current?.begin({ recordId, field: firstField });
      document.querySelector(`[data-record="${recordId}"]`)?.scrollIntoView({ block: 'nearest' });
    });
  };
  const remove = (recordId: string, number: number) => {
    editing.history.deleteRecord(editing.tasks, recordId);
    notify({ text: say('tasks.deleted', { number }), act: { label: say('general.undo'), onClick: undo } });
  };
  const addButton = mayWrite ? (
    <Button ref={addPlace} variant="default" onClick={() => add()}>
      {say('tasks.add')}
    </Button>
  ) : undefined;

  return (
    <section aria-labelledby="tasks-heading" className={styles.section}>
      <div className={styles.heading}>
        <h2 id="tasks-heading">{say('tasks.title')}</h2>
        {rows.length > 0 && addButton}
      </div>
      {rows.length === 0 ? (
        <div className={styles.frame}>
          <EmptyState
            title={say('tasks.empty')}
            next={say(mayWrite ? 'tasks.emptyNext' : 'tasks.emptyReader')}
            act={addButton}
          />
        </div>
      ) : (
        <TaskGrid
          specs={specs}
          rows={rows}
          readings={readings}
          work={work}
          me={me}
          presence={presence}
          caseId={caseId}
          gridRef={grid}
          onAdd={add}
          onDelete={remove}
          onLeave={() => addPlace.current?.focus()}
        />
      )}
      <DeletedTasks reading={reading} />
      {reading.invalid.length > 0 && (
        <p className={styles.note}>{say('tasks.invalid', { count: reading.invalid.length })}</p>
      )}
    </section>
  );
}
