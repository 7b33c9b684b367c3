/** The story of one task, oldest first, and everything one may do with it now; an act that needs words asks for them here. */
import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { LoggedEvent } from '../../../../shared/events/event-log.ts';
import type { TaskEvent, TaskEventType } from '../../../../shared/events/task-events.ts';
import type { ActingMember } from '../../../../shared/events/task-rules.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { formatMoment } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { Chip } from '../../../ui/chip.tsx';
import { TaskActForm } from './task-act-form.tsx';
import { STATE_TONE, whyNothing } from './task-actions.ts';
import styles from './task-dialog.module.css';

interface TaskDialogProps {
  task: TaskReading;
  number: number;
  me: ActingMember | undefined;
  actions: readonly TaskEventType[];
  /** The act the dialog was opened for; null for the story. */
  initialAct: TaskEventType | null;
  /** An act that needs no words. */
  onBegin: (type: TaskEventType) => void;
  onRecord: (event: TaskEvent) => void;
  onClose: () => void;
}

/** Never the main action, even when it is the only one. */
const ENDS_OR_UNDOES: readonly TaskEventType[] = ['taskCancelled', 'taskReopened', 'taskObjected', 'taskBlocked'];

const NEEDS_NO_WORDS: readonly TaskEventType[] = ['taskAccepted', 'taskStarted'];

export function TaskDialog(props: TaskDialogProps) {
  const { task, number, me, actions, initialAct, onBegin, onRecord, onClose } = props;
  const say = useWords();
  const [act, setAct] = useState(initialAct);
  const refusal = actions.length === 0 ? whyNothing(me, task) : null;
  const why =
    task.leadAgencyIds.length === 0 ? 'task.noLead' : refusal === null ? null : (`task.refusal.${refusal}` as const);
  const close = { 'aria-label': say('general.close') };

  if (act !== null) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={`${say('tasks.rowOf', { number })} · ${say(`task.do.${act}`)}`}
        closeButtonProps={close}
      >
        <TaskActForm task={task} act={act} onRecord={onRecord} onClose={onClose} />
      </Modal>
    );
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${say('tasks.rowOf', { number })} · ${say('task.details')}`}
      closeButtonProps={close}
    >
      <div className={styles.standing}>
        <Chip tone={STATE_TONE[task.state]}>{say(`task.state.${task.state}`)}</Chip>
        <span>{say('tasks.progress', { percent: task.percent })}</span>
      </div>
      <h3 className={styles.heading}>{say('task.history')}</h3>
      {task.history.length === 0 && task.ignored.length === 0 ? (
        <p className={styles.note}>{say('task.historyEmpty')}</p>
      ) : (
        <ol className={styles.history}>
          {task.history.map((event) => (
            <Happening key={event.ulid} event={event} />
          ))}
          {task.ignored.map(({ event, reason: why }) => (
            <Happening key={event.ulid} event={event} ignored={say(`task.refusal.${why}`)} />
          ))}
        </ol>
      )}
      {actions.length === 0 ? (
        <p className={styles.note}>
          {why === null ? say('task.nothingToDo') : say('task.nothingToDoBecause', { reason: say(why) })}
        </p>
      ) : (
        <Group gap="xs" mt="md">
          {actions.map((type, index) => (
            <Button
              key={type}
              variant={index === 0 && !ENDS_OR_UNDOES.includes(type) ? 'filled' : 'default'}
              onClick={() => (NEEDS_NO_WORDS.includes(type) ? onBegin(type) : setAct(type))}
            >
              {say(`task.do.${type}`)}
            </Button>
          ))}
        </Group>
      )}
    </Modal>
  );
}

function Happening({ event, ignored }: { event: LoggedEvent<TaskEvent>; ignored?: string }) {
  const say = useWords();
  const language = useLanguage();
  const { names } = useEditing();
  const { value } = event;
  const words = wordsOf(value, say('general.separator'));
  return (
    <li className={ignored === undefined ? undefined : styles.ignored}>
      <span className={styles.when}>{formatMoment(event.atMs, language)}</span>{' '}
      <b>{names.personName(event.personId) ?? say('author.unknown')}</b> {say(`task.did.${value.type}`)}
      {value.type === 'taskProgress' && ` ${value.percent}%`}
      {words !== '' && <div className={styles.words}>{words}</div>}
      {ignored !== undefined && <div className={styles.note}>{say('task.ignored', { reason: ignored })}</div>}
    </li>
  );
}

/** What its author wrote with an event. */
function wordsOf(event: TaskEvent, separator: string): string {
  switch (event.type) {
    case 'taskProgress':
      return event.note;
    case 'taskSubmitted':
      return event.evidence.join(separator);
    case 'taskClosed':
      return event.note ?? '';
    case 'taskObjected':
    case 'taskBlocked':
    case 'taskReturned':
    case 'taskCancelled':
    case 'taskReopened':
      return event.reason;
    case 'taskAccepted':
    case 'taskStarted':
      return '';
  }
}
