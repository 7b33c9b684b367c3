/**
 * One case: what it is and who its parties are (a document edited in place), its documents, who works on it. The record is
 * opened beside the rest, so that the lists are there also while it loads, is not on this device yet or cannot be read.
 */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseDetail } from '../../../shared/api.ts';
import { canCommand } from '../../../shared/permissions.ts';
import { CommentLine } from '../../comments/comment-line.tsx';
import { useComments } from '../../comments/use-comments.tsx';
import { HeldChanges } from '../../fields/held-changes.tsx';
import { useNames } from '../../fields/use-names.ts';
import { usePresence } from '../../fields/use-presence.ts';
import { useWords } from '../../language/use-words.ts';
import { DocumentProblem, HeldProblem, useExport } from '../../recovery/document-problem.tsx';
import { ReplicaStatus } from '../../recovery/replica-status.tsx';
import { UnreadableCopy } from '../../recovery/unreadable-copy.tsx';
import type { DocumentReplica, PersonSession, RoomView } from '../../replica/contract.ts';
import { useDocument, useObservable, useObserved } from '../../replica/hooks.ts';
import type { PageAside } from '../../ui/aside.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Faces } from '../../ui/face.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import { ActivitySection } from './activity/activity-section.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseMayDo } from './case-may-do.tsx';
import { CaseMeta } from './case-meta.tsx';
import styles from './case-record.module.css';
import { CreateDocumentDialog } from './create-document-dialog.tsx';
import { DocumentsList } from './documents-list.tsx';
import { KeepSwitch } from './keep-switch.tsx';
import { MembersSection } from './members-section.tsx';
import { OpenRecord } from './open-record.tsx';
import { useRecordNews } from './use-record-news.ts';

interface CasePageProps {
  session: PersonSession;
  caseId: string;
  onOpenDocument: (documentId: string) => void;
  /** To the changes of the record that the relay did not take. */
  onHeld: () => void;
  onSignIn: () => void;
  onReload: () => void;
  toCases: () => void;
}

export function CasePage(props: CasePageProps) {
  const { session, caseId, toCases } = props;
  const say = useWords();
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  const replica = useDocument(session, caseId);
  const exportCopy = useExport(replica);
  if (detail === null) {
    return (
      <Page
        path={<Path above={[{ label: say('navigation.cases'), href: '/' }]} here={say('case.unknown')} />}
        notes={replica !== null && <HeldProblem {...props} replica={replica} onExport={exportCopy} />}
      >
        <EmptyState
          title={say('case.unknown')}
          next={say('case.unknownNext')}
          act={<Button onClick={toCases}>{say('general.toCases')}</Button>}
        />
      </Page>
    );
  }
  return replica === null ? (
    <CaseFrame {...props} detail={detail} record={<PlainHead session={session} detail={detail} />} />
  ) : (
    <WithRecord {...props} detail={detail} replica={replica} />
  );
}

interface WithRecordProps extends CasePageProps {
  detail: CaseDetail;
  replica: DocumentReplica;
}

/** The record among documents: everybody on the case may read it. */
const RECORD = { kind: 'caseRecord', audience: 'joint', audienceAgencyId: null } as const;

const roomPart = ({ load, synced, connected, mayWrite, documentState }: RoomView) => ({
  load,
  synced,
  connected,
  mayWrite,
  documentState,
});

function WithRecord(props: WithRecordProps) {
  const { session, detail, replica, onSignIn, onReload, onHeld } = props;
  const say = useWords();
  const { body } = replica.rooms;
  const problem = useObserved(replica.status, (status) => (status.kind === 'needsAttention' ? status.problem : null));
  const { load, synced, connected, mayWrite, documentState } = useObserved(body.view, roomPart);
  const presence = usePresence(body.awareness, session.me.person.personId);
  const exportCopy = useExport(replica);
  useRecordNews(session, detail, body);
  const isStopped = problem?.kind === 'editsHeld' || problem?.kind === 'otherPerson';
  const names = useNames(session, detail.members);
  const comments = useComments({
    session,
    replica,
    detail,
    summary: RECORD,
    names,
    role: detail.myRole,
    isStopped,
  });
  const mayEdit = mayWrite && documentState === 'draft' && !isStopped;
  const isEmpty = body.doc.store.clients.size === 0;
  const head = { session, detail };
  const hosts = detail.members.filter((member) => member.role === 'host').map((member) => member.name);
  const mayDo = (
    <CaseMayDo
      role={detail.myRole}
      mayWrite={mayEdit}
      mayComment={comments.mayComment}
      isStopped={isStopped}
      needsUpdate={problem?.kind === 'closed' && problem.close === 'updateClient'}
      hosts={hosts.join(say('general.separator'))}
    />
  );

  let record: ReactNode;
  let isOpen = false;
  if (load.kind === 'failed') {
    record = (
      <PlainHead {...head}>
        <UnreadableCopy replica={replica} message={load.message} onExport={exportCopy} onReload={onReload} />
      </PlainHead>
    );
  } else if (load.kind === 'loading') {
    record = <PlainHead {...head} />;
  } else if (isEmpty && !synced) {
    record = (
      <PlainHead {...head}>
        <p className={text.note}>{say(connected ? 'caseRecord.fetching' : 'caseRecord.notHere')}</p>
      </PlainHead>
    );
  } else {
    record = (
      <>
        {comments.overFields}
        <OpenRecord {...head} rooms={replica.rooms} mayWrite={mayEdit} presence={presence} mayDo={mayDo} />
      </>
    );
    isOpen = true;
  }
  return (
    <CaseFrame
      {...props}
      status={<ReplicaStatus replica={replica} />}
      faces={<Faces people={presence.people} />}
      more={
        <CaseActs
          role={detail.myRole}
          hasHeld={detail.record?.held !== undefined}
          onHeld={onHeld}
          onExport={exportCopy}
        />
      }
      notes={
        problem === null ? undefined : (
          <DocumentProblem
            problem={problem}
            replica={replica}
            onSignIn={onSignIn}
            onReload={onReload}
            onExport={exportCopy}
            onHeld={onHeld}
          />
        )
      }
      record={record}
      over={<HeldChanges room={body} />}
      tools={isOpen && !mayEdit && <CommentLine comments={comments} />}
      aside={comments.aside}
    />
  );
}

/** The head of the case from the catalogue alone: nothing to edit, and below it what keeps the record away. */
function PlainHead({
  session,
  detail,
  children,
}: {
  session: PersonSession;
  detail: CaseDetail;
  children?: ReactNode;
}) {
  return (
    <>
      <h1 className={styles.plainTitle}>{detail.title}</h1>
      <CaseMeta session={session} detail={detail} mayDo={null} />
      <div className={styles.waiting}>{children}</div>
    </>
  );
}

interface CaseFrameProps extends CasePageProps {
  detail: CaseDetail;
  /** Left out until there is a record to speak of: then what is true of the whole device. */
  status?: ReactNode;
  faces?: ReactNode;
  more?: ReactNode;
  notes?: ReactNode;
  record: ReactNode;
  /** What hangs over the page. */
  over?: ReactNode;
  /** For somebody who may comment and not edit. */
  tools?: ReactNode;
  aside?: PageAside;
}

function CaseFrame(props: CaseFrameProps) {
  const { session, detail, status, faces, more, notes, record, over, tools, aside, onOpenDocument } = props;
  const say = useWords();
  const [isCreating, setCreating] = useState(false);
  const { caseId } = detail;
  const create = canCommand(detail.myRole, 'registerDocument') ? (
    <Button onClick={() => setCreating(true)}>{say('createDocument.title')}</Button>
  ) : undefined;
  return (
    <Page
      path={<Path above={[{ label: say('navigation.cases'), href: '/' }]} here={detail.title} />}
      status={status}
      notes={notes}
      tools={tools}
      {...(aside !== undefined && { aside })}
      acts={
        <>
          {faces}
          {create}
          {more}
        </>
      }
    >
      {over}
      <div className={text.column}>
        <article className={styles.paper}>{record}</article>
        <div className={styles.keep}>
          <KeepSwitch session={session} caseId={caseId} title={detail.title} />
        </div>
        <DocumentsList session={session} detail={detail} create={create} />
        <div className={styles.beside}>
          <MembersSection session={session} detail={detail} />
          <ActivitySection session={session} detail={detail} />
        </div>
      </div>
      <CreateDocumentDialog
        opened={isCreating}
        session={session}
        detail={detail}
        onClose={() => setCreating(false)}
        onCreated={onOpenDocument}
      />
    </Page>
  );
}
