/** What has become of a decision: its task in the plan with who does it, by when and how far it is, or the way to make one. */
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { type RecordLink, recordLinkToValue } from '../../../../shared/fields/record-link.ts';
import { newestValue } from '../../../../shared/fields/register.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { formatDayShort } from '../../../language/dates.ts';
import { useWords } from '../../../language/use-words.ts';
import { Chip } from '../../../ui/chip.tsx';
import { dueToWords } from '../tasks/due-words.ts';
import { STATE_TONE } from '../tasks/task-actions.ts';
import styles from './minutes.module.css';
import type { PlacedDecision } from './use-decisions.ts';
import type { LinkedPlans, LinkedTask } from './use-linked-plans.ts';

interface DecisionTaskProps {
  caseId: string;
  decision: PlacedDecision;
  plans: LinkedPlans;
  /** Null for those who may not. */
  onToTask: (() => void) | null;
  onKeepOne: (link: RecordLink) => void;
}

export function DecisionTask({ caseId, decision, plans, onToTask, onKeepOne }: DecisionTaskProps) {
  const say = useWords();
  const toTask = onToTask !== null && (
    <Button variant="subtle" size="compact-sm" className={styles.toTask} onClick={onToTask}>
      {say('decisions.toTask')}
    </Button>
  );
  if (decision.tasks.length === 0) return toTask;
  return decision.tasks.map((link) => {
    const task = plans.get(link.documentId)?.(link.recordId) ?? 'unknown';
    return (
      <span key={recordLinkToValue(link)} className={styles.task}>
        {task === 'deleted' ? (
          <>
            <span className={styles.note}>{say('decisions.taskDeleted')}</span>
            {toTask}
          </>
        ) : (
          <>
            {task !== 'unknown' && <TaskWords task={task} />}
            <Link className={styles.taskLink} href={addressOf(caseId, link)}>
              {task === 'unknown' ? say('decisions.taskThere') : say('decisions.taskOf', { number: task.number })}
            </Link>
            {task === 'unknown' ? (
              <span className={styles.note}>{say('decisions.taskUnknown')}</span>
            ) : (
              <Chip tone={STATE_TONE[task.reading.state]} dot={task.reading.state === 'closed'}>
                {say(`task.state.${task.reading.state}`)}
              </Chip>
            )}
            {task !== 'unknown' && task.isTwice && (
              <>
                <span className={styles.twice}>{say('toTask.twice')}</span>
                {onToTask !== null && (
                  <Button variant="subtle" size="compact-sm" onClick={() => onKeepOne(link)}>
                    {say('toTask.keepOne')}
                  </Button>
                )}
              </>
            )}
          </>
        )}
      </span>
    );
  });
}

function addressOf(caseId: string, { documentId, recordId }: RecordLink): string {
  return `/cases/${caseId}/documents/${documentId}#task-${recordId}`;
}

/** Lead, person, deadline; of contested values the newest, the plan shows them all. */
function TaskWords({ task: { record, reading } }: { task: LinkedTask }) {
  const say = useWords();
  const { names, today } = useEditing();
  const textOf = (field: string) => {
    const value = newestValue(record.fields.get(field) ?? []);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const lead = textOf(TASK_FIELDS.leadAgency);
  const owner = textOf(TASK_FIELDS.owner);
  const due = textOf(TASK_FIELDS.due);
  const dueWords = due === null ? null : dueToWords(due, reading.state, today);
  return (
    <>
      {lead !== null && (
        <span>
          {say('decisions.lead')} {names.agencyLabel(lead)}
        </span>
      )}
      {owner !== null && <span>{names.personLabel(owner)}</span>}
      {due !== null && (
        <span data-tone={dueWords?.tone} className={styles.due}>
          {formatDayShort(due, today)}
          {dueWords !== null && ` · ${say(dueWords.key, dueWords.params)}`}
        </span>
      )}
    </>
  );
}
