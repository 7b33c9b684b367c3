/**
 * A plan's tasks: what is to be done are fields of the body, how far it is are facts of the work room. Adding and deleting,
 * the empty table and the deleted tasks are here; the table that one edits in place is task-grid.tsx.
 */
import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import { plannedTask, type TaskReading } from '../../../../shared/events/task-state.ts';
import { liveRecords, type RecordsReading } from '../../../../shared/fields/records.ts';
import type { FieldSpec } from '../../../../shared/kinds/kind.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import { useLatest } from '../../../ui/use-latest.ts';
import { leadAgencies } from '../use-task-events.ts';
import { DeletedTasks } from './deleted-tasks.tsx';
import type { Grid } from './grid/use-grid.ts';
import { isInFilter, type TaskFilter } from './task-filter.ts';
import { TaskFilters } from './task-filters.tsx';
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
  const { editing, mayWrite, today, undo } = useEditing();
  const rows = useMemo(() => liveRecords(reading), [reading]);
  const grid = useRef<Grid | null>(null);
  const addPlace = useRef<HTMLButtonElement>(null);
  const firstField = specs[0]?.id;
  const [filter, setFilter] = useState<TaskFilter>('all');
  /** Rows one has been in since the filter was chosen: what one changes does not vanish from under one's hands. */
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const latestFilter = useLatest(filter);
  const keep = useCallback(
    (recordId: string) => {
      if (latestFilter.current === 'all') return;
      setKept((before) => (before.has(recordId) ? before : new Set([...before, recordId])));
    },
    [latestFilter],
  );
  const choose = (next: TaskFilter) => {
    setFilter(next);
    setKept(new Set());
  };
  const agencyId = me?.agencyId ?? null;
  const byFilter = useMemo(() => {
    const tasks = rows.map((record) => ({
      record,
      task: readings.get(record.recordId) ?? plannedTask(record.recordId, leadAgencies(record)),
    }));
    const inFilter = (each: TaskFilter): ReadonlySet<string> =>
      new Set(
        tasks.flatMap(({ record, task }) =>
          isInFilter(each, record, task, { today, agencyId }) ? [record.recordId] : [],
        ),
      );
    return { all: inFilter('all'), open: inFilter('open'), overdue: inFilter('overdue'), ours: inFilter('ours') };
  }, [rows, readings, today, agencyId]);
  const shown = useMemo(
    () =>
      filter === 'all' ? rows : rows.filter(({ recordId }) => byFilter[filter].has(recordId) || kept.has(recordId)),
    [rows, filter, byFilter, kept],
  );

  const add = (index?: number) => {
    const recordId = uuid();
    keep(recordId);
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
    <Button ref={addPlace} onClick={() => add()}>
      <span aria-hidden="true">＋&nbsp;</span>
      {say('tasks.add')}
    </Button>
  ) : undefined;

  return (
    <section aria-labelledby="tasks-heading" className={styles.section}>
      <div className={styles.heading}>
        <h2 id="tasks-heading">{say('tasks.title')}</h2>
        {rows.length > 0 && (
          <TaskFilters
            chosen={filter}
            counts={{
              all: rows.length,
              open: byFilter.open.size,
              overdue: byFilter.overdue.size,
              ours: byFilter.ours.size,
            }}
            onChoose={choose}
          />
        )}
        {rows.length > 0 && addButton}
      </div>
      <p role="status" className={styles.shown} hidden={filter === 'all' || rows.length === 0}>
        {filter !== 'all' && say('tasks.shown', { count: shown.length, total: rows.length })}
        {filter !== 'all' && mayWrite && ` ${say('tasks.noOrder')}`}
      </p>
      {shown.length === 0 && rows.length > 0 && filter !== 'all' ? (
        <div className={styles.frame}>
          <EmptyState
            title={say(`tasks.noneShown.${filter}`)}
            act={
              <Button variant="default" onClick={() => choose('all')}>
                {say('tasks.showAll')}
              </Button>
            }
          />
        </div>
      ) : (
        <TaskGrid
          specs={specs}
          rows={shown}
          all={rows}
          onEnter={keep}
          readings={readings}
          work={work}
          me={me}
          presence={presence}
          caseId={caseId}
          gridRef={grid}
          onAdd={add}
          onDelete={remove}
          onLeave={() => addPlace.current?.focus()}
          whenEmpty={
            <EmptyState
              title={say('tasks.empty')}
              next={say(mayWrite ? 'tasks.emptyNext' : 'tasks.emptyReader')}
              act={addButton}
            />
          }
        />
      )}
      <DeletedTasks reading={reading} />
    </section>
  );
}
