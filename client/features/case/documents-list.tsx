/** The documents of a case that the person may see, with what each is, who sees it, and how far it is. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { CaseDetail, DocumentSummary } from '../../../shared/api.ts';
import { specOfKind } from '../../../shared/kinds/all-kinds.ts';
import { formatMomentShort } from '../../language/dates.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import { HeldMark } from '../../recovery/held-mark.tsx';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import text from '../../ui/page-text.module.css';
import table from '../../ui/table.module.css';

interface DocumentsListProps {
  session: PersonSession;
  detail: CaseDetail;
  /** The button that makes a document, for those who may. */
  create: ReactNode;
}

export function DocumentsList({ session, detail, create }: DocumentsListProps) {
  const say = useWords();
  const { now } = useEnvironment();
  const outbox = useObservable(session.outbox);
  const directory = useObservable(session.catalogue.directory);
  const nameOf = (personId: string | null | undefined) =>
    [...detail.members, ...directory.people].find((person) => person.personId === personId)?.name ?? null;
  const waitingIds = new Set(
    outbox.flatMap(({ command }) => (command.type === 'registerDocument' ? [command.documentId] : [])),
  );
  const documents = [...detail.documents].sort((a, b) => b.changedAtMs - a.changedAtMs);
  return (
    <section aria-labelledby="documents-heading">
      <div className={text.heading}>
        <h2 id="documents-heading">{say('case.documents')}</h2>
      </div>
      <div className={table.frame}>
        {documents.length === 0 ? (
          <EmptyState
            title={say('case.documentsEmpty')}
            next={say(create === undefined ? 'case.documentsEmptyReader' : 'case.documentsEmptyNext')}
            act={create}
          />
        ) : (
          <table className={table.table}>
            <colgroup>
              <col />
              <col className={table.lesser} style={{ width: '17%' }} />
              <col className={table.lesser} style={{ width: '17%' }} />
              <col className={table.lesser} style={{ width: 100 }} />
              <col className={table.lesser} style={{ width: 156 }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{say('case.column.document')}</th>
                <th scope="col" className={table.lesser}>
                  {say('case.column.kind')}
                </th>
                <th scope="col" className={table.lesser}>
                  {say('case.column.audience')}
                </th>
                <th scope="col" className={table.lesser}>
                  {say('case.column.state')}
                </th>
                <th scope="col" className={table.lesser}>
                  {say('case.column.changed')}
                </th>
              </tr>
            </thead>
            <tbody>
              {documents.map((each) => (
                <DocumentRow
                  key={each.documentId}
                  session={session}
                  summary={each}
                  agencyName={detail.members.find((member) => member.agencyId === each.audienceAgencyId)?.agencyName}
                  isWaiting={waitingIds.has(each.documentId)}
                  changedBy={nameOf(each.changedBy)}
                  nowMs={now()}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

interface DocumentRowProps {
  session: PersonSession;
  summary: DocumentSummary;
  /** Of an agency's own document. */
  agencyName: string | undefined;
  isWaiting: boolean;
  /** Who last wrote in it; null where nobody has or nobody knows. */
  changedBy: string | null;
  nowMs: number;
}

function DocumentRow({ session, summary, agencyName, isWaiting, changedBy, nowMs }: DocumentRowProps) {
  const say = useWords();
  const language = useLanguage();
  const kind = specOfKind(summary.kind).name[language];
  const audience = say(`audience.short.${summary.audience}`);
  const seenBy = agencyName === undefined ? audience : `${audience} · ${agencyName}`;
  const changed = formatMomentShort(summary.changedAtMs, nowMs);
  const state = <Chip tone={summary.state === 'draft' ? 'plain' : 'ok'}>{say(`documentState.${summary.state}`)}</Chip>;
  return (
    <tr className={table.row}>
      <td>
        <Link href={`/cases/${summary.caseId}/documents/${summary.documentId}`} className={table.link}>
          {summary.title || say('document.untitled')}
        </Link>{' '}
        {isWaiting && <Chip tone="warn">{say('cases.waiting')}</Chip>}
        <HeldMark session={session} caseId={summary.caseId} documentId={summary.documentId} held={summary.held} />
        {summary.number !== null && <div className={table.note}>{summary.number}</div>}
        <div className={table.below}>
          <span>{kind}</span>
          <span>{seenBy}</span>
          {state}
          <span>{changed}</span>
          {changedBy !== null && <span>{changedBy}</span>}
        </div>
      </td>
      <td className={table.lesser}>{kind}</td>
      <td className={table.lesser}>{seenBy}</td>
      <td className={table.lesser}>{state}</td>
      <td className={table.lesser}>
        {changed} {changedBy !== null && <span className={table.note}>{changedBy}</span>}
      </td>
    </tr>
  );
}
