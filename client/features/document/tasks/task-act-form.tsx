/** The words an act needs: a reason, a percentage with a note, or what shows that it is done. */
import { Button, Group, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type TaskEvent, type TaskEventType, taskEventSchema } from '../../../../shared/events/task-events.ts';
import type { TaskReading } from '../../../../shared/events/task-state.ts';
import { useWords } from '../../../language/use-words.ts';
import styles from './task-dialog.module.css';

interface TaskActFormProps {
  task: TaskReading;
  act: TaskEventType;
  onRecord: (event: TaskEvent) => void;
  onClose: () => void;
}

export function TaskActForm({ task, act, onRecord, onClose }: TaskActFormProps) {
  const say = useWords();
  const [text, setText] = useState('');
  const [percent, setPercent] = useState<number>(task.percent);
  const [isTried, setTried] = useState(false);
  const parsed = taskEventSchema.safeParse(toEvent(act, task.taskId, text, percent));

  const submit = () => {
    setTried(true);
    if (parsed.success) onRecord(parsed.data);
  };
  const isNoteOptional = act === 'taskProgress' || act === 'taskClosed';
  const label = isNoteOptional ? 'task.noteOptional' : act === 'taskSubmitted' ? 'task.evidence' : 'task.reason';
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {act === 'taskProgress' && (
        <NumberInput
          label={say('task.percent')}
          min={0}
          max={100}
          step={10}
          clampBehavior="strict"
          allowDecimal={false}
          suffix="%"
          data-autofocus
          value={percent}
          onChange={(next) => setPercent(typeof next === 'number' ? next : 0)}
        />
      )}
      <Textarea
        label={say(label)}
        description={act === 'taskSubmitted' ? say('task.evidenceExplanation') : undefined}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        data-autofocus={act === 'taskProgress' ? undefined : true}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={isTried && !parsed.success ? say('general.required') : undefined}
      />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {say('general.cancel')}
        </Button>
        <Button type="submit">{say(`task.do.${act}`)}</Button>
      </Group>
    </form>
  );
}

/** The event as typed so far; the schema says whether it is one. */
function toEvent(type: TaskEventType, taskId: string, text: string, percent: number): unknown {
  switch (type) {
    case 'taskProgress':
      return { type, taskId, percent, note: text.trim() };
    case 'taskSubmitted':
      return { type, taskId, evidence: text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])) };
    case 'taskClosed':
      return { type, taskId, ...(text.trim() === '' ? {} : { note: text.trim() }) };
    default:
      return { type, taskId, reason: text.trim() };
  }
}
