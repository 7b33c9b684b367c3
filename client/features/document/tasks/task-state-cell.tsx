/**
 * A task's state as a word with a thin bar, and under it what one may do: the usual step as a button, everything else and
 * the whole story in a dialog. Acts are facts in the work room under one's own name.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { appendEvent, nextEventMs } from '../../../../shared/events/event-log.ts';
import type { TaskEvent, TaskEventType } from '../../../../shared/events/task-events.ts';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import { makeUlid } from '../../../../shared/ids.ts';
import { ORIGIN } from '../../../../shared/origins.ts';
import { EVENTS_ROOT } from '../../../../shared/rooms.ts';
import { useWords } from '../../../language/use-words.ts';
import type { RoomReplica } from '../../../replica/contract.ts';
import { useObservable } from '../../../replica/hooks.ts';
import { Chip } from '../../../ui/chip.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { TaskDialog } from '../later-parts.ts';
import { STATE_TONE, taskActions } from './task-actions.ts';
import styles from './task-table.module.css';

interface TaskStateCellProps {
  task: TaskReading;
  number: number;
  work: RoomReplica;
  me: ActingMember | undefined;
}

/** Acts that need no words: done at once. */
const AT_ONCE: ReadonlySet<TaskEventType> = new Set(['taskAccepted', 'taskStarted']);

/** The usual way forward, offered on the row; objecting, cancelling and reopening are in the dialog. */
const ON_THE_ROW: ReadonlySet<TaskEventType> = new Set(['taskAccepted', 'taskStarted', 'taskProgress', 'taskClosed']);

export function TaskStateCell({ task, number, work, me }: TaskStateCellProps) {
  const say = useWords();
  const { now, randomBytes } = useEnvironment();
  const { mayWrite } = useObservable(work.view);
  const [opened, setOpened] = useState<{ act: TaskEventType | null } | null>(null);
  const actions = mayWrite ? taskActions(me, task) : [];
  const next = actions.find((type) => ON_THE_ROW.has(type));
  // A closed or cancelled task says all with its word.
  const isProgressShown = task.percent > 0 && task.state !== 'closed' && task.state !== 'cancelled';

  const record = (event: TaskEvent) => {
    if (me === undefined) return;
    const map = work.doc.getMap(EVENTS_ROOT);
    const ulid = makeUlid(nextEventMs(map, now()), randomBytes);
    work.doc.transact(() => appendEvent(map, me.personId, ulid, event), ORIGIN.model);
  };
  const begin = (type: TaskEventType) => {
    if (type === 'taskAccepted' || type === 'taskStarted') record({ type, taskId: task.taskId });
    else setOpened({ act: type });
  };

  return (
    <div className={styles.stateCell}>
      <button
        type="button"
        className={styles.stateButton}
        tabIndex={-1}
        aria-label={`${say('tasks.rowOf', { number })} ${say(`task.state.${task.state}`)} ${say('task.details')}`}
        onClick={() => setOpened({ act: null })}
      >
        <Chip tone={STATE_TONE[task.state]} dot={task.state === 'closed'}>
          {say(`task.state.${task.state}`)}
        </Chip>
        {isProgressShown && (
          <span className={styles.bar} role="img" aria-label={say('tasks.progress', { percent: task.percent })}>
            <span style={{ width: `${task.percent}%` }} />
          </span>
        )}
      </button>
      {next !== undefined && (
        <Button variant="subtle" size="compact-sm" className={styles.next} tabIndex={-1} onClick={() => begin(next)}>
          {say(`task.do.${next}`)}
        </Button>
      )}
      {opened !== null && (
        <TaskDialog
          task={task}
          number={number}
          me={me}
          actions={actions}
          initialAct={opened.act}
          onBegin={(type) => {
            if (!AT_ONCE.has(type)) return;
            begin(type);
            setOpened(null);
          }}
          onRecord={(event) => {
            record(event);
            setOpened(null);
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
}
