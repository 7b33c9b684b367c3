/**
 * A decision on its way to becoming a task: reads the sentence, asks for confirmation, then writes the task into the plan and
 * the link into the decision. Until then nothing is written, not even the decision.
 */
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { CaseDetail, Directory } from '../../../../shared/api.ts';
import { recordLinkToValue } from '../../../../shared/fields/record-link.ts';
import { KINDS } from '../../../../shared/kinds/all-kinds.ts';
import { DECISION_FIELDS } from '../../../../shared/kinds/joint-minutes.ts';
import { taskIdOf } from '../../../../shared/minutes/decisions.ts';
import { canCommand } from '../../../../shared/permissions.ts';
import type { AnchoredSentence } from '../../../editor/editor-contract.ts';
import { findDay } from '../../../fields/date-words.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { PersonSession } from '../../../replica/contract.ts';
import { createDocument } from '../../../replica/create-document.ts';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import { type KnownAgency, recogniseTask } from './recognise-task.ts';
import { ToTaskDialog } from './to-task-dialog.tsx';
import { type NewTask, writeTask } from './write-task.ts';

/** What is to become a task: a decision, or a sentence that is to be decided by that. */
export type TaskWish =
  | { readonly number: number; readonly sentence: Pick<AnchoredSentence, 'words'>; readonly decisionId: string }
  | { readonly number: number; readonly sentence: AnchoredSentence; readonly decisionId: null };

interface ToTaskProps {
  session: PersonSession;
  detail: CaseDetail;
  directory: Directory;
  documentId: string;
  wish: TaskWish;
  /** Makes the decision and returns its id. */
  decide: (sentence: AnchoredSentence) => string;
  onClose: () => void;
}

export function ToTask({ session, detail, directory, documentId, wish, decide, onClose }: ToTaskProps) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const environment = useEnvironment();
  const [, navigate] = useLocation();
  const { editing, today } = useEditing();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { words } = wish.sentence;
  const recognised = useMemo(
    () =>
      recogniseTask(words, {
        agencies: knownAgencies(detail, directory),
        people: detail.members.map(({ personId, name, agencyId, role }) => ({
          id: personId,
          name,
          agencyId,
          mayOwn: canCommand(role, 'registerDocument'),
        })),
        deadline: findDay(words, today),
      }),
    [words, detail, directory, today],
  );

  const confirm = async (task: NewTask, chosenPlanId: string | null) => {
    setBusy(true);
    setError(null);
    const planId = chosenPlanId ?? environment.uuid();
    if (chosenPlanId === null) {
      const isCreated = await createDocument(session, environment, {
        documentId: planId,
        caseId: detail.caseId,
        kind: 'actionPlan',
        title: KINDS.actionPlan.name[language],
        audience: 'joint',
        audienceAgencyId: detail.myAgencyId,
        language,
      });
      if (!isCreated) {
        setBusy(false);
        return setError(say('createDocument.failed'));
      }
    }
    const decisionId = wish.decisionId ?? decide(wish.sentence);
    const decision = { documentId, recordId: decisionId };
    const outcome = await writeTask({ session, planId, decision, task, environment });
    setBusy(false);
    if (outcome !== 'done') return setError(say(`toTask.${outcome}`));
    const link = recordLinkToValue({ documentId: planId, recordId: taskIdOf(decision) });
    editing.history.setField(editing.records('decisions').map, decisionId, DECISION_FIELDS.task, link);
    onClose();
    notify({
      text: say('toTask.done', { number: wish.number }),
      act: {
        label: say('toTask.open'),
        onClick: () => navigate(`/cases/${detail.caseId}/documents/${planId}#task-${taskIdOf(decision)}`),
      },
    });
  };
  return (
    <ToTaskDialog
      number={wish.number}
      sentence={words}
      recognised={recognised}
      detail={detail}
      isBusy={isBusy}
      error={error}
      onConfirm={(task, planId) => void confirm(task, planId)}
      onClose={onClose}
    />
  );
}

/** The case's agencies first, so that of two with one name theirs counts. */
function knownAgencies({ members }: CaseDetail, { agencies }: Directory): KnownAgency[] {
  const inCase = new Set(members.map(({ agencyId }) => agencyId));
  const known = agencies
    .map(({ agencyId: id, shortName, name }) => ({ id, names: [shortName, name] }))
    .sort((a, b) => Number(inCase.has(b.id)) - Number(inCase.has(a.id)));
  const listed = new Set(known.map(({ id }) => id));
  // A device that has not fetched the directory knows agencies from the members alone.
  const others = members.filter(({ agencyId }) => !listed.has(agencyId));
  return [...known, ...others.map(({ agencyId: id, agencyName }) => ({ id, names: [agencyName] }))];
}
