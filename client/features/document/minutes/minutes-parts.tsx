/**
 * What minutes have beside their header and their text: attendance and agenda above the text, decisions below it, and the
 * keys, buttons and labels that tie the text to its decisions. The text itself is drawn by whoever holds this.
 */
import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import type { CaseDetail, Directory, DocumentSummary } from '../../../../shared/api.ts';
import type { FieldRecord } from '../../../../shared/fields/records.ts';
import type { DocumentKindSpec } from '../../../../shared/kinds/kind.ts';
import { readAgenda } from '../../../../shared/minutes/agenda.ts';
import { readAttendance } from '../../../../shared/minutes/attendance.ts';
import type {
  AnchoredSentence,
  NotedSentence,
  ProseHandle,
  SentenceAdditions,
} from '../../../editor/editor-contract.ts';
import { useEditing } from '../../../fields/editing-context.tsx';
import type { Presence } from '../../../fields/presence.ts';
import { useWords } from '../../../language/use-words.ts';
import type { PersonSession } from '../../../replica/contract.ts';
import { useNotice } from '../../../ui/notices.tsx';
import { AgendaSection } from './agenda-section.tsx';
import { AttendanceSection } from './attendance-section.tsx';
import { DecisionsSection, decisionElementId } from './decisions-section.tsx';
import styles from './minutes.module.css';
import { type TaskWish, ToTask } from './to-task.tsx';
import { decide, decisionOf, type PlacedDecision, placeToPositions, useDecisions } from './use-decisions.ts';
import { useLinkedPlans } from './use-linked-plans.ts';
import { keepOneCopy } from './write-task.ts';

interface MinutesPartsProps {
  session: PersonSession;
  detail: CaseDetail;
  directory: Directory;
  summary: DocumentSummary;
  kind: DocumentKindSpec;
  header: FieldRecord | undefined;
  presence: Presence;
  /** Draws the text, with what is added to it. */
  children: (sentences: SentenceAdditions) => ReactNode;
}

const DECIDE_KEYS = 'Mod-Alt-D';
const TO_TASK_KEYS = 'Mod-Alt-T';

export function MinutesParts(props: MinutesPartsProps) {
  const { session, detail, directory, summary, kind, header, presence, children } = props;
  const say = useWords();
  const notify = useNotice();
  const { editing } = useEditing();
  const attendance = useReading('attendance');
  const agendaReading = useReading('agenda');
  const attendees = useMemo(() => readAttendance(attendance), [attendance]);
  const agenda = useMemo(() => readAgenda(agendaReading, header), [agendaReading, header]);
  const decisions = useDecisions(editing);
  const plans = useLinkedPlans(
    session,
    decisions.flatMap(({ tasks }) => tasks.map(({ documentId }) => documentId)),
    detail.members,
  );
  const [handle, setHandle] = useState<ProseHandle | null>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [wish, setWish] = useState<TaskWish | null>(null);

  const reveal = useCallback(
    (decision: PlacedDecision) => {
      setCurrentId(decision.decisionId);
      if (decision.place !== null) handle?.reveal(placeToPositions(editing.doc, decision.place));
    },
    [handle, editing],
  );
  useDecisionInAddress(decisions, handle, reveal);

  const goToRow = (decisionId: string) => {
    setCurrentId(decisionId);
    // A new one is in the list after this turn.
    requestAnimationFrame(() => {
      const row = document.getElementById(decisionElementId(decisionId));
      row?.scrollIntoView({ block: 'center' });
      row?.querySelector<HTMLElement>('button')?.focus();
    });
  };
  const makeDecision = (sentence: AnchoredSentence | null) => {
    if (sentence === null) return notify({ text: say('decisions.noSentence') });
    const known = decisionOf(editing.doc, decisions, sentence);
    if (known !== null) return goToRow(known.decisionId);
    const { decisionId, number } = decide(editing, summary.documentId, decisions, sentence);
    setCurrentId(decisionId);
    notify({
      text: say('decisions.made', { number }),
      act: { label: say('decisions.toTask'), onClick: () => setWish({ number, sentence, decisionId }) },
    });
  };
  const makeTask = (sentence: AnchoredSentence | null) => {
    if (sentence === null) return notify({ text: say('decisions.noSentence') });
    const known = decisionOf(editing.doc, decisions, sentence);
    if (known === null) return setWish({ number: decisions.length + 1, sentence, decisionId: null });
    return askForTask(known);
  };
  const askForTask = (decision: PlacedDecision) => {
    const isLinked = decision.tasks.some(({ documentId, recordId }) => plans.get(documentId)?.(recordId) !== 'deleted');
    if (isLinked) return goToRow(decision.decisionId);
    const { decisionId, number, place, words } = decision;
    setWish({ number, sentence: { words: place?.words ?? words }, decisionId });
  };

  const notes = useMemo(
    () =>
      decisions.flatMap((decision): NotedSentence[] => {
        if (decision.place === null) return [];
        const [link] = decision.tasks;
        const task = link === undefined ? undefined : plans.get(link.documentId)?.(link.recordId);
        const label = [say('decisions.label', { number: decision.number })];
        if (typeof task === 'object') label.push(say(`task.state.${task.reading.state}`));
        return [
          {
            id: decision.decisionId,
            label: label.join(' · '),
            ...placeToPositions(editing.doc, decision.place),
            isCurrent: decision.decisionId === currentId,
          },
        ];
      }),
    [decisions, plans, say, editing, currentId],
  );
  const sentences: SentenceAdditions = {
    acts: [
      {
        id: 'decide',
        word: 'decisions.make',
        keys: DECIDE_KEYS,
        keywords: ['决定', '议定', 'decision'],
        run: makeDecision,
      },
      {
        id: 'toTask',
        word: 'decisions.toTask',
        keys: TO_TASK_KEYS,
        keywords: ['任务', '方案', 'task'],
        run: makeTask,
      },
    ],
    notes,
    onReady: setHandle,
  };

  return (
    <>
      <AttendanceSection
        specs={kind.records?.attendance ?? []}
        formerSpecs={kind.formerFields ?? []}
        records={attendance.records}
        attendees={attendees}
        agenda={agenda}
        header={header}
        members={detail.members}
        presence={presence}
      />
      <AgendaSection
        specs={kind.records?.agenda ?? []}
        records={agendaReading.records}
        agenda={agenda}
        presence={presence}
      />
      <div className={styles.text}>{children(sentences)}</div>
      <DecisionsSection
        caseId={detail.caseId}
        specs={kind.records?.decisions ?? []}
        decisions={decisions}
        plans={plans}
        presence={presence}
        currentId={currentId}
        keys={DECIDE_KEYS.replace('Mod', 'Ctrl').replaceAll('-', '+')}
        onReveal={reveal}
        onToTask={askForTask}
        onKeepOne={(link) => void keepOneCopy(session, link)}
      />
      {wish !== null && (
        <ToTask
          session={session}
          detail={detail}
          directory={directory}
          documentId={summary.documentId}
          wish={wish}
          decide={(sentence) => decide(editing, summary.documentId, decisions, sentence).decisionId}
          onClose={() => setWish(null)}
        />
      )}
    </>
  );
}

function useReading(root: 'attendance' | 'agenda') {
  const { editing } = useEditing();
  const { view } = editing.records(root);
  return useSyncExternalStore(view.subscribe, view.read);
}

/** Goes to the decision that the address names (`#decision-<id>`), once, when the text is there. */
function useDecisionInAddress(
  decisions: readonly PlacedDecision[],
  handle: ProseHandle | null,
  reveal: (decision: PlacedDecision) => void,
): void {
  const [location] = useLocation();
  const [hash, setHash] = useState(() => window.location.hash);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link within the product changes the location alone
  useEffect(() => {
    const read = () => setHash(window.location.hash);
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [location]);
  const [done, setDone] = useState('');
  useEffect(() => {
    if (handle === null || hash === '' || hash === done) return;
    const wanted = decisions.find(({ decisionId }) => hash === `#${decisionElementId(decisionId)}`);
    if (wanted === undefined) return;
    setDone(hash);
    reveal(wanted);
  }, [handle, hash, done, decisions, reveal]);
}
