/**
 * A document on a wall: large type, no carets and nothing to press, for the people in the room. It goes where the recorder
 * goes. Whoever scrolls it by hand keeps it there until the recorder moves on; Esc leaves. It writes nothing.
 */
import { useEffect } from 'react';
import type { CaseDetail, DocumentSummary } from '../../../../shared/api.ts';
import { specOfKind } from '../../../../shared/kinds/all-kinds.ts';
import { HEADER_RECORD } from '../../../../shared/kinds/kind.ts';
import { readTitle } from '../../../../shared/kinds/title.ts';
import { BODY_ROOTS } from '../../../../shared/rooms.ts';
import { useNames } from '../../../fields/use-names.ts';
import { useWords } from '../../../language/use-words.ts';
import type { DocumentReplica, PersonSession, RoomReplica } from '../../../replica/contract.ts';
import { useDocument, useObservable } from '../../../replica/hooks.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SaveStatusChip } from '../../../ui/save-status.tsx';
import { recorderOf } from '../follow/recorder.ts';
import { useFollowReading, useShowView } from '../follow/use-follow.ts';
import { ProjectedMinutes } from './projected-minutes.tsx';
import { ProjectedPlan } from './projected-plan.tsx';
import { ProjectedProse } from './projected-prose.tsx';
import styles from './projection.module.css';
import { useRecords } from './use-records.ts';

interface ProjectionPageProps {
  session: PersonSession;
  caseId: string;
  documentId: string;
  onLeave: () => void;
}

export function ProjectionPage({ session, caseId, documentId, onLeave }: ProjectionPageProps) {
  const say = useWords();
  const replica = useDocument(session, documentId);
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  const summary = detail?.documents.find((each) => each.documentId === documentId);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) onLeave();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onLeave]);
  return (
    <div className={styles.wall}>
      {replica === null || detail === null || summary === undefined ? (
        <EmptyState title={say(detail !== null && summary === undefined ? 'document.unknown' : 'general.loading')} />
      ) : (
        <Projected session={session} replica={replica} detail={detail} summary={summary} />
      )}
      <button type="button" className={styles.leave} onClick={onLeave}>
        {say('project.leave')}
      </button>
    </div>
  );
}

interface ProjectedProps {
  session: PersonSession;
  replica: DocumentReplica;
  detail: CaseDetail;
  summary: DocumentSummary;
}

function Projected({ session, replica, detail, summary }: ProjectedProps) {
  const say = useWords();
  const { body, work } = replica.rooms;
  const { personId } = session.me.person;
  const status = useObservable(replica.status);
  const names = useNames(session, detail.members);
  const fields = useRecords(body, BODY_ROOTS.fields);
  const header = fields.records.get(HEADER_RECORD);
  const recorderId = recorderOf(header, detail.members);
  const isHere = useFollowingFromWall(body, personId, recorderId);
  const kind = specOfKind(summary.kind);
  return (
    <>
      {/* The page that follows looks for what scrolls by this name; keys scroll it too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys. */}
      <main id="content" tabIndex={0} className={styles.content}>
        <article className={styles.sheet} data-wide={kind.tasks !== undefined}>
          <h1 className={styles.title}>{readTitle(body.doc) ?? summary.title}</h1>
          {kind.tasks !== undefined && <ProjectedPlan body={body} work={work} detail={detail} names={names} />}
          {kind.records?.decisions === undefined ? (
            <ProjectedProse doc={body.doc} labels={NO_LABELS} />
          ) : (
            <ProjectedMinutes body={body} header={header} names={names} />
          )}
        </article>
      </main>
      <footer className={styles.foot}>
        <SaveStatusChip status={status} />
        <span>
          {recorderId === null
            ? say('project.nobody')
            : say(isHere ? 'project.following' : 'project.alone', { name: names.personLabel(recorderId) })}
        </span>
      </footer>
    </>
  );
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();

/** Asks the recorder for their view, as a wall and not as somebody who is here; whether they are in the document. */
function useFollowingFromWall(body: RoomReplica, ownPersonId: string, recorderId: string | null): boolean {
  const { awareness } = body;
  const reading = useFollowReading(awareness, ownPersonId);
  useEffect(() => {
    awareness.setLocalState({ projects: true, following: recorderId });
    return () => awareness.setLocalState({});
  }, [awareness, recorderId]);
  useShowView(reading, recorderId);
  return recorderId !== null && reading.present.has(recorderId);
}
