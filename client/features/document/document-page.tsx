/**
 * The page of one document: opens its replica for as long as it is shown and says what is the matter when it cannot be
 * shown. Never an empty page: loading, failed, not yet fetched and unknown each say what they are and what to do next.
 */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import type { CaseDetail, DocumentSummary } from '../../../shared/api.ts';
import type { WordKey } from '../../language/catalogue.ts';
import { useWords } from '../../language/use-words.ts';
import { DocumentProblem, heldProblem, useExport } from '../../recovery/document-problem.tsx';
import { ReplicaStatus } from '../../recovery/replica-status.tsx';
import { UnreadableCopy } from '../../recovery/unreadable-copy.tsx';
import type { DocumentReplica, PersonSession, RoomView } from '../../replica/contract.ts';
import { useDocument, useObservable, useObserved } from '../../replica/hooks.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import { OpenDocument } from './open-document.tsx';

export interface DocumentPageProps {
  session: PersonSession;
  caseId: string;
  documentId: string;
  onSignIn: () => void;
  onReload: () => void;
  onHeld: () => void;
  /** To the same document on a wall. */
  onProject: () => void;
  /** To the case, or to the list of cases when this device knows no such case. */
  onLeave: (isCaseKnown: boolean) => void;
}

export function DocumentPage(props: DocumentPageProps) {
  const { session, caseId, documentId } = props;
  const say = useWords();
  const replica = useDocument(session, documentId);
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  const summary = detail?.documents.find((each) => each.documentId === documentId);
  if (detail === null || summary === undefined) {
    return <Unknown {...props} caseTitle={detail?.title} replica={replica} />;
  }
  if (replica === null) {
    return (
      <Page path={<DocumentPath detail={detail} summary={summary} />}>
        <EmptyState title={say('general.loading')} />
      </Page>
    );
  }
  return <WithReplica {...props} replica={replica} detail={detail} summary={summary} />;
}

function DocumentPath({ detail, summary }: { detail: CaseDetail; summary: DocumentSummary }) {
  const say = useWords();
  return (
    <Path
      above={[
        { label: say('navigation.cases'), href: '/' },
        { label: detail.title, href: `/cases/${detail.caseId}` },
      ]}
      here={summary.title || say('document.untitled')}
    />
  );
}

interface UnknownProps extends DocumentPageProps {
  caseTitle: string | undefined;
}

/** Not in the catalogue (any more). */
function Unknown({ replica, ...props }: UnknownProps & { replica: DocumentReplica | null }) {
  return replica === null ? <UnknownFrame {...props} status="" /> : <UnknownCopy {...props} replica={replica} />;
}

/** What this device holds of it can still be taken out, and what it could not deliver is told of: somebody was removed. */
function UnknownCopy({ replica, ...props }: UnknownProps & { replica: DocumentReplica }) {
  const { session, onSignIn, onReload, onHeld } = props;
  const say = useWords();
  const exportCopy = useExport(replica);
  const problem = useObserved(replica.status, heldProblem);
  // Looked at again when the copy has been read, and when something came.
  const { connected } = useObserved(replica.rooms.body.view, roomPart);
  useEffect(() => {
    // The relay lets the person in: it is in the catalogue by now.
    if (connected) void session.catalogue.refresh();
  }, [session, connected]);
  const acts = { onSignIn, onReload, onExport: exportCopy, onHeld };
  if (problem !== null) {
    const notes = <DocumentProblem problem={problem} replica={replica} {...acts} />;
    return (
      <UnknownFrame {...props} title={problem.reason === 'no-access' ? 'problem.noAccess' : undefined} notes={notes} />
    );
  }
  // Nothing of it is here: there is nothing whose saving could be told.
  if (replica.rooms.body.doc.store.clients.size === 0) return <UnknownFrame {...props} status="" />;
  return (
    <UnknownFrame
      {...props}
      title="document.notListed"
      act={
        <Button variant="default" onClick={exportCopy}>
          {say('problem.export')}
        </Button>
      }
    />
  );
}

interface UnknownFrameProps extends UnknownProps {
  title?: WordKey | undefined;
  status?: string;
  notes?: ReactNode;
  act?: ReactNode;
}

function UnknownFrame(props: UnknownFrameProps) {
  const { caseTitle, caseId, onLeave, title = 'document.unknown', act, ...frame } = props;
  const say = useWords();
  const isCaseKnown = caseTitle !== undefined;
  const above = [{ label: caseTitle ?? say('navigation.cases'), href: isCaseKnown ? `/cases/${caseId}` : '/' }];
  return (
    <Page path={<Path above={above} here={say(title)} />} status={frame.status} notes={frame.notes}>
      <EmptyState
        title={say(title)}
        next={(title === 'document.unknown' || title === 'document.notListed') && say(`${title}Next`)}
        act={
          <>
            <Button onClick={() => onLeave(isCaseKnown)}>
              {say(isCaseKnown ? 'document.toCase' : 'general.toCases')}
            </Button>
            {act}
          </>
        }
      />
    </Page>
  );
}

interface WithReplicaProps extends DocumentPageProps {
  replica: DocumentReplica;
  detail: CaseDetail;
  summary: DocumentSummary;
}

const roomPart = ({ load, synced, connected }: RoomView) => ({ load, synced, connected });

function WithReplica(props: WithReplicaProps) {
  const { session, replica, detail, summary, onSignIn, onReload, onHeld } = props;
  const say = useWords();
  const problem = useObserved(replica.status, (status) => (status.kind === 'needsAttention' ? status.problem : null));
  const { load, synced, connected } = useObserved(replica.rooms.body.view, roomPart);
  const exportCopy = useExport(replica);
  const frame = {
    path: <DocumentPath detail={detail} summary={summary} />,
    status: <ReplicaStatus replica={replica} />,
    notes:
      problem === null ? undefined : (
        <DocumentProblem
          problem={problem}
          replica={replica}
          onSignIn={onSignIn}
          onReload={onReload}
          onExport={exportCopy}
          onHeld={onHeld}
        />
      ),
  };

  if (load.kind === 'failed') {
    return (
      <Page path={frame.path} status={frame.status}>
        <UnreadableCopy replica={replica} message={load.message} onExport={exportCopy} onReload={onReload} />
      </Page>
    );
  }
  if (load.kind === 'loading') {
    return (
      <Page {...frame}>
        <EmptyState title={say('general.loading')} />
      </Page>
    );
  }
  if (!synced && replica.rooms.body.doc.store.clients.size === 0) {
    return (
      <Page {...frame}>
        <EmptyState title={say(connected ? 'document.waitingFirst' : 'document.waitingFirstOffline')} />
      </Page>
    );
  }
  return (
    <OpenDocument
      session={session}
      replica={replica}
      detail={detail}
      summary={summary}
      frame={frame}
      isStopped={problem?.kind === 'editsHeld' || problem?.kind === 'otherPerson'}
      isProgramOld={problem?.kind === 'closed' && problem.close === 'updateClient'}
      onReload={onReload}
      onHeld={onHeld}
      onProject={props.onProject}
      onExport={exportCopy}
    />
  );
}
