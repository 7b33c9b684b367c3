/**
 * A document that is open: title, what it is and what one may do, header fields, a plan's tasks, prose. Gathers rights
 * and names once and hands them down; one undo stack serves all of it. Tasks and who is where are followed by the parts
 * that show them.
 */
import { Menu } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { CaseDetail, DocumentSummary } from '../../../shared/api.ts';
import { readRecordState } from '../../../shared/events/record-state.ts';
import { specOfKind } from '../../../shared/kinds/all-kinds.ts';
import { HEADER_RECORD, TITLE_FIELD } from '../../../shared/kinds/kind.ts';
import { readTitle } from '../../../shared/kinds/title.ts';
import { EVENTS_ROOT } from '../../../shared/rooms.ts';
import { CommentLine } from '../../comments/comment-line.tsx';
import { useComments } from '../../comments/use-comments.tsx';
import type { SentenceAdditions } from '../../editor/editor-contract.ts';
import { EditingProvider } from '../../fields/editing-context.tsx';
import { HeaderFields } from '../../fields/header-fields.tsx';
import { HeldChanges } from '../../fields/held-changes.tsx';
import { NewerNote } from '../../fields/newer-note.tsx';
import { TitleHeading } from '../../fields/title-heading.tsx';
import { useEditingContext } from '../../fields/use-editing-context.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import { HeldMark } from '../../recovery/held-mark.tsx';
import type { DocumentReplica, PersonSession } from '../../replica/contract.ts';
import { useObservable, useObserved } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { Faces } from '../../ui/face.tsx';
import { useNotice } from '../../ui/notices.tsx';
import { Page } from '../../ui/shell.tsx';
import { useSame } from '../../ui/use-same.ts';
import { DocumentActs } from './document-acts.tsx';
import styles from './document-page.module.css';
import { FollowMenu, FollowNote, FollowRecorder } from './follow/follow-parts.tsx';
import { recorderOf } from './follow/recorder.ts';
import { useFollow } from './follow/use-follow.ts';
import { MinutesParts } from './later-parts.ts';
import { MayDo } from './may-do.tsx';
import { ProseSection } from './prose-section.tsx';
import { PlanTasks } from './tasks/plan-tasks.tsx';
import { UnknownKind } from './unknown-kind.tsx';
import { usePartyAliases } from './use-party-aliases.ts';
import { VisibleTo } from './visible-to.tsx';
import { WithPresence } from './with-presence.tsx';

interface OpenDocumentProps {
  session: PersonSession;
  replica: DocumentReplica;
  detail: CaseDetail;
  summary: DocumentSummary;
  frame: { path: ReactNode; status: ReactNode; notes: ReactNode };
  /** Nothing more may be written until a problem is settled. */
  isStopped: boolean;
  /** The program on the server is newer than this page. */
  isProgramOld: boolean;
  onReload: () => void;
  onHeld: () => void;
  onExport: () => void;
  /** To the same document on a wall. */
  onProject: () => void;
}

export function OpenDocument(props: OpenDocumentProps) {
  const { session, replica, detail, summary, frame, isStopped, isProgramOld, onReload, onHeld } = props;
  const { onExport, onProject } = props;
  const say = useWords();
  const language = useLanguage();
  const environment = useEnvironment();
  const notify = useNotice();
  const { body, work, record } = replica.rooms;
  const kind = specOfKind(summary.kind);
  const { person } = session.me;

  const view = useObserved(body.view, ({ mayWrite, documentState }) => ({ mayWrite, documentState }));
  const mayWriteWork = useObserved(work.view, ({ mayWrite }) => mayWrite);
  // Fetched again whenever something in the case changes; seldom do they say anything else.
  const directory = useSame(useObservable(session.catalogue.directory));
  const members = useSame(detail.members);
  const state = view.documentState;
  // Of a kind that came after this version nothing is known but its text: what may be said in it is not for us to change.
  const isKnownKind = summary.kind !== 'unknown';
  const mayWrite = view.mayWrite && state === 'draft' && !isStopped && isKnownKind;

  const editingContext = useEditingContext(session, body, mayWrite, detail);
  const { editing, names } = editingContext;
  const fields = useSyncExternalStore(editing.fieldsView.subscribe, editing.fieldsView.read);
  const header = fields.records.get(HEADER_RECORD);
  const title = readTitle(body.doc);
  useEffect(() => {
    if (title !== null) session.catalogue.noteTitle(summary.documentId, title);
  }, [session, summary.documentId, title]);
  const number = useNumber(record.doc) ?? summary.number;

  const here = { body, ownPersonId: person.personId };
  const [toolbarPlace, setToolbarPlace] = useState<HTMLElement | null>(null);
  const me = members.find((member) => member.personId === person.personId);
  const role = me?.role ?? detail.myRole;
  const hosts = members.filter((member) => member.role === 'host').map((member) => member.name);
  const comments = useComments({ session, replica, detail, summary, names, role, isStopped });
  const aliases = usePartyAliases(session, detail.caseId);
  const mentionables = useMemo(
    () => ({
      people: names.people,
      agencies: names.agencies,
      parties: aliases.map((label) => ({ id: label, label })),
    }),
    [names, aliases],
  );

  const recorderId = recorderOf(header, members);
  const following = useFollow(
    body.awareness,
    person.personId,
    useCallback(
      (personId: string) => notify({ text: say('follow.ended', { name: names.personLabel(personId) }) }),
      [notify, say, names],
    ),
  );

  const proseSection = (sentences?: SentenceAdditions) => (
    <ProseSection
      doc={body.doc}
      awareness={body.awareness}
      editable={mayWrite}
      comments={comments.editor}
      toolbarPlace={toolbarPlace}
      history={editing.history}
      me={{ personId: person.personId, name: person.name, agencyName: me?.agencyName ?? '' }}
      mentionables={mentionables}
      agencyLabel={names.agencyShortName}
      holdRemoteChanges={body.holdRemoteChanges}
      newBlockId={environment.uuid}
      language={language}
      {...(sentences !== undefined && { sentences })}
    />
  );

  return (
    <Page
      {...frame}
      notes={
        <>
          {frame.notes}
          {!isKnownKind && <UnknownKind onReload={onReload} onExport={onExport} />}
        </>
      }
      acts={
        <>
          <WithPresence {...here}>{({ people }) => <Faces people={people} />}</WithPresence>
          <FollowRecorder following={following} recorderId={recorderId} />
          <VisibleTo detail={detail} summary={summary} />
          <DocumentActs
            first={
              <>
                <FollowMenu following={following} recorderId={recorderId} />
                <Menu.Item onClick={onProject}>{say('project.open')}</Menu.Item>
              </>
            }
            session={session}
            summary={summary}
            role={role}
            state={state}
            number={number}
            onHeld={onHeld}
            onExport={onExport}
          />
        </>
      }
      // The line stands before the editor is loaded, so that nothing jumps when it is.
      tools={mayWrite ? <div ref={setToolbarPlace} className={styles.tools} /> : <CommentLine comments={comments} />}
      aside={comments.aside}
    >
      <EditingProvider value={editingContext}>
        <HeldChanges room={body} />
        <FollowNote following={following} nameOf={names.personLabel} />
        <article className={styles.paper} data-wide={kind.tasks !== undefined}>
          {comments.overFields}
          <WithPresence {...here}>
            {(presence) => <TitleHeading values={header?.fields.get(TITLE_FIELD.id) ?? []} presence={presence} />}
          </WithPresence>
          <div className={styles.meta}>
            {number !== null ? (
              <span>{number}</span>
            ) : (
              kind.numberSeries !== undefined && <span>{say('document.numberPending')}</span>
            )}
            <span>{kind.name[language]}</span>
            <Chip tone={state === 'draft' ? 'plain' : 'ok'}>{say(`documentState.${state}`)}</Chip>
            <Chip>{say(`audience.short.${summary.audience}`)}</Chip>
            <MayDo
              standing={{
                role,
                state,
                mayWriteBody: view.mayWrite,
                mayWriteWork,
                hasTasks: kind.tasks !== undefined,
                mayComment: comments.mayComment,
                isStopped,
                needsUpdate: !isKnownKind ? 'kind' : isProgramOld ? 'program' : null,
              }}
              hosts={hosts.join(say('general.separator'))}
            />
            <HeldMark session={session} caseId={detail.caseId} documentId={summary.documentId} held={summary.held} />
          </div>
          {isKnownKind && <NewerNote spec={kind} rooms={replica.rooms} />}
          <WithPresence {...here}>
            {(presence) => (
              <HeaderFields
                specs={kind.fields.filter((spec) => spec.id !== TITLE_FIELD.id)}
                header={header}
                presence={presence}
              />
            )}
          </WithPresence>
          {kind.tasks !== undefined && (
            <PlanTasks
              specs={kind.tasks}
              work={work}
              ownPersonId={person.personId}
              members={members}
              caseId={detail.caseId}
            />
          )}
          {kind.records?.decisions === undefined ? (
            proseSection()
          ) : (
            <WithPresence {...here}>
              {(presence) => (
                <MinutesParts
                  session={session}
                  detail={detail}
                  directory={directory}
                  summary={summary}
                  kind={kind}
                  header={header}
                  presence={presence}
                >
                  {proseSection}
                </MinutesParts>
              )}
            </WithPresence>
          )}
        </article>
      </EditingProvider>
    </Page>
  );
}

/** The official number in the record room, as soon as the relay has given it. */
function useNumber(doc: DocumentReplica['rooms']['record']['doc']): string | null {
  const [number, setNumber] = useState<string | null>(null);
  useEffect(() => {
    const map = doc.getMap(EVENTS_ROOT);
    const read = () => setNumber(readRecordState(map).number);
    read();
    map.observe(read);
    return () => map.unobserve(read);
  }, [doc]);
  return number;
}
