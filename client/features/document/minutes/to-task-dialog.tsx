/**
 * Before a decision becomes a task: its sentence with the recognised words marked, and what was recognised, each in a box to
 * change. Enter confirms, Esc leaves; nothing is written before. Without a plan in the case one is created first.
 */
import { Autocomplete, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail, DocumentSummary } from '../../../../shared/api.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import { KINDS } from '../../../../shared/kinds/all-kinds.ts';
import { canCommand } from '../../../../shared/permissions.ts';
import { parseDateText } from '../../../fields/date-text.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { labelToValue } from '../../../fields/words-to-value.ts';
import { formatDay } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import type { Recognised, RecognisedTask } from './recognise-task.ts';
import styles from './to-task-dialog.module.css';
import type { NewTask } from './write-task.ts';

interface ToTaskDialogProps {
  number: number;
  sentence: string;
  recognised: RecognisedTask;
  detail: CaseDetail;
  isBusy: boolean;
  error: string | null;
  /** `planId` is null when the case has no plan: one is to be created. */
  onConfirm: (task: NewTask, planId: string | null) => void;
  onClose: () => void;
}

export function ToTaskDialog(props: ToTaskDialogProps) {
  const { number, sentence, recognised, detail, isBusy, error, onConfirm, onClose } = props;
  const say = useWords();
  const language = useLanguage();
  const { names, today } = useEditing();
  const plans = detail.documents.filter(({ kind }) => kind === 'actionPlan');
  const [planId, setPlanId] = useState(newest(plans)?.documentId ?? null);
  const [problem, setProblem] = useState(recognised.problem);
  const [measure, setMeasure] = useState(recognised.measure);
  const [lead, setLead] = useState(labelOf(recognised.lead, names.agencyLabel));
  const [supporting, setSupporting] = useState(recognised.supporting.map(({ value }) => names.agencyLabel(value)));
  const [owner, setOwner] = useState(labelOf(recognised.owner, names.personLabel));
  const [due, setDue] = useState(recognised.due?.value ?? '');
  const parsedDue = due.trim() === '' ? null : parseDateText(due, today);
  const isDueUnread = due.trim() !== '' && parsedDue === null;
  const mayCreate = plans.length > 0 || canCommand(detail.myRole, 'registerDocument');

  const label = (id: string) => fieldLabel(id, language);
  const origin = (found: Recognised | null) =>
    found === null ? undefined : say(found.spot === null ? 'toTask.proposed' : 'toTask.recognised');
  const agencies = [...new Set(names.agencies.map((each) => each.label))];
  const submit = () => {
    if (isBusy || isDueUnread || !mayCreate) return;
    const orNull = (text: string, known: Parameters<typeof labelToValue>[1]) =>
      text.trim() === '' ? null : labelToValue(text, known);
    onConfirm(
      {
        problem: problem.trim(),
        measure: measure.trim(),
        lead: orNull(lead, names.agencies),
        supporting: supporting.map((each) => labelToValue(each, names.agencies)),
        owner: orNull(owner, names.people),
        due: parsedDue?.day ?? null,
      },
      planId,
    );
  };
  /** A line is enough for most; Shift+Enter makes a further one. */
  const enterSends = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  return (
    <FormDialog
      opened
      title={say('toTask.title', { number })}
      submitLabel={mayCreate ? say(plans.length > 0 ? 'toTask.confirm' : 'toTask.confirmNew') : null}
      busy={isBusy}
      error={error}
      isSubmitFocused
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={styles.explanation}>{say('toTask.explanation')}</p>
      <p className={styles.sentence}>
        <Marked sentence={sentence} recognised={recognised} label={label} />
      </p>
      <Textarea
        label={label(TASK_FIELDS.measure)}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2000}
        value={measure}
        onChange={(event) => setMeasure(event.currentTarget.value)}
        onKeyDown={enterSends}
      />
      <Textarea
        label={label(TASK_FIELDS.problem)}
        autosize
        minRows={1}
        maxRows={3}
        maxLength={500}
        value={problem}
        onChange={(event) => setProblem(event.currentTarget.value)}
        onKeyDown={enterSends}
      />
      <div className={styles.pair}>
        <Autocomplete
          label={label(TASK_FIELDS.leadAgency)}
          description={origin(recognised.lead)}
          inputWrapperOrder={['label', 'input', 'description']}
          data={agencies}
          value={lead}
          onChange={setLead}
        />
        <TagsInput
          label={label(TASK_FIELDS.supportingAgencies)}
          description={origin(recognised.supporting[0] ?? null)}
          inputWrapperOrder={['label', 'input', 'description']}
          data={agencies}
          value={supporting}
          onChange={setSupporting}
          splitChars={[',', '，', '、', ';', '；']}
        />
        <Autocomplete
          label={label(TASK_FIELDS.owner)}
          description={origin(recognised.owner)}
          inputWrapperOrder={['label', 'input', 'description']}
          data={[...new Set(names.people.map((each) => each.label))]}
          value={owner}
          onChange={setOwner}
        />
        <TextInput
          label={label(TASK_FIELDS.due)}
          placeholder={say('toTask.due')}
          description={parsedDue === null ? undefined : formatDay(parsedDue.day, language)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={isDueUnread ? say('toTask.dueUnread') : undefined}
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
        />
      </div>
      {plans.length > 1 && (
        <Select
          label={say('toTask.plan')}
          data={plans.map((plan) => ({ value: plan.documentId, label: plan.title || say('document.untitled') }))}
          value={planId}
          onChange={setPlanId}
          allowDeselect={false}
        />
      )}
      {plans.length === 0 && (
        <p className={styles.explanation}>{say(mayCreate ? 'toTask.noPlan' : 'toTask.noPlanAndMayNot')}</p>
      )}
    </FormDialog>
  );
}

function newest(plans: readonly DocumentSummary[]): DocumentSummary | undefined {
  const drafts = plans.filter(({ state }) => state === 'draft');
  return [...(drafts.length > 0 ? drafts : plans)].sort((a, b) => b.changedAtMs - a.changedAtMs)[0];
}

function labelOf(found: Recognised | null, label: (value: string) => string): string {
  return found === null ? '' : label(found.value);
}

function fieldLabel(id: string, language: 'zh-CN' | 'en'): string {
  return KINDS.actionPlan.tasks?.find((spec) => spec.id === id)?.label[language] ?? '';
}

/** The sentence with the words that were recognised marked; the field each went to is its title. */
function Marked(props: { sentence: string; recognised: RecognisedTask; label: (id: string) => string }) {
  const { sentence, recognised, label } = props;
  const marks = [
    { found: recognised.lead, field: TASK_FIELDS.leadAgency },
    ...recognised.supporting.map((found) => ({ found, field: TASK_FIELDS.supportingAgencies })),
    { found: recognised.owner, field: TASK_FIELDS.owner },
    { found: recognised.due, field: TASK_FIELDS.due },
  ]
    .flatMap(({ found, field }) => (found?.spot ? [{ ...found.spot, field }] : []))
    .sort((a, b) => a.start - b.start);
  const pieces: React.ReactNode[] = [];
  let at = 0;
  for (const { start, end, field } of marks) {
    if (start < at) continue;
    pieces.push(sentence.slice(at, start));
    pieces.push(
      <mark key={start} className={styles.mark}>
        {sentence.slice(start, end)}
        <span className={styles.markLabel}>{label(field)}</span>
      </mark>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      {sentence.slice(at)}
    </>
  );
}
