/** The first page: every case the person is in, newest change first, and the way to a new one. Works offline. */
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { CaseSummary } from '../../../shared/api.ts';
import { formatMoment, formatMomentShort } from '../../language/dates.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { later, onlyWhenFailed } from '../../ui/later.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import table from '../../ui/table.module.css';
import { KeptMark } from './kept-mark.tsx';

/** The list is the first page: what making a case needs is loaded after it. */
export const CreateCaseDialog = later(async () => (await import('./case-form.tsx')).CaseForm, onlyWhenFailed);

interface CasesPageProps {
  session: PersonSession;
  onOpenCase: (caseId: string) => void;
  /** Goes on with the guided start, where it was put off. */
  onFirstSteps?: (() => void) | undefined;
}

export function CasesPage({ session, onOpenCase, onFirstSteps }: CasesPageProps) {
  const say = useWords();
  const language = useLanguage();
  const { now } = useEnvironment();
  const cases = useObservable(session.catalogue.cases);
  const fetchedAtMs = useObservable(session.catalogue.fetchedAtMs);
  const outbox = useObservable(session.outbox);
  const kept = useObservable(session.keeping.cases);
  const isFetching = useObservable(session.keeping.progress).kind === 'running';
  const [isCreating, setCreating] = useState<boolean | null>(null);

  const waitingCaseIds = new Set(
    outbox.flatMap(({ command }) => (command.type === 'createCase' ? [command.caseId] : [])),
  );
  const sorted = [...cases].sort((a, b) => b.changedAtMs - a.changedAtMs);
  const create = <Button onClick={() => setCreating(true)}>{say('cases.create')}</Button>;

  return (
    <Page path={<Path above={[]} here={say('cases.title')} />} acts={sorted.length > 0 ? create : undefined}>
      <div className={text.column}>
        <h1 className={text.title}>{say('cases.title')}</h1>
        <p className={text.meta}>
          {fetchedAtMs !== null && say('cases.fetchedAt', { when: formatMoment(fetchedAtMs, language) })}
          {onFirstSteps !== undefined && (
            <Button variant="subtle" size="compact-sm" onClick={onFirstSteps}>
              {say('firstSteps.resume')}
            </Button>
          )}
        </p>
        <div className={table.frame}>
          {sorted.length === 0 ? (
            fetchedAtMs === null ? (
              <EmptyState title={say('cases.neverFetched')} next={say('cases.neverFetchedNext')} act={create} />
            ) : (
              <EmptyState title={say('cases.empty')} next={say('cases.emptyNext')} act={create} />
            )
          ) : (
            <table className={table.table}>
              <colgroup>
                <col />
                <col className={table.lesser} style={{ width: '22%' }} />
                <col className={table.lesser} style={{ width: '18%' }} />
                <col className={table.lesser} style={{ width: 100 }} />
                <col className={table.lesser} style={{ width: 100 }} />
                <col className={table.lesser} style={{ width: 112 }} />
              </colgroup>
              <thead>
                <tr>
                  <th scope="col">{say('cases.column.title')}</th>
                  <th scope="col" className={table.lesser}>
                    {say('cases.column.number')}
                  </th>
                  <th scope="col" className={table.lesser}>
                    {say('cases.column.lead')}
                  </th>
                  <th scope="col" className={table.lesser}>
                    {say('cases.column.myRole')}
                  </th>
                  <th scope="col" className={table.lesser}>
                    {say('cases.column.documents')}
                  </th>
                  <th scope="col" className={table.lesser}>
                    {say('cases.column.changed')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {sorted.map((each) => (
                  <CaseRow
                    key={each.caseId}
                    summary={each}
                    isWaiting={waitingCaseIds.has(each.caseId)}
                    mark={<KeptMark kept={kept[each.caseId]} isFetching={isFetching} />}
                    nowMs={now()}
                  />
                ))}
              </tbody>
            </table>
          )}
        </div>
      </div>
      {isCreating !== null && (
        <CreateCaseDialog
          opened={isCreating}
          session={session}
          onClose={() => setCreating(false)}
          onCreated={onOpenCase}
        />
      )}
    </Page>
  );
}

interface CaseRowProps {
  summary: CaseSummary;
  isWaiting: boolean;
  /** Whether it is complete on this device. */
  mark: ReactNode;
  nowMs: number;
}

function CaseRow({ summary, isWaiting, mark, nowMs }: CaseRowProps) {
  const say = useWords();
  const changed = formatMomentShort(summary.changedAtMs, nowMs);
  const number = summary.number ?? say('cases.numberPending');
  const role = say(`role.${summary.myRole}`);
  return (
    <tr className={table.row}>
      <td>
        <Link href={`/cases/${summary.caseId}`} className={table.link}>
          {summary.title}
        </Link>{' '}
        {isWaiting && <Chip tone="warn">{say('cases.waiting')}</Chip>} {mark}
        <div className={table.note}>{say(`category.${summary.category}`)}</div>
        <div className={table.below}>
          <span>{number}</span>
          <span>{summary.leadAgencyName}</span>
          <span>{role}</span>
          <span>{changed}</span>
        </div>
      </td>
      <td className={table.lesser}>
        {summary.number === null ? <span className={table.note}>{number}</span> : number}
      </td>
      <td className={table.lesser}>{summary.leadAgencyName}</td>
      <td className={table.lesser}>{role}</td>
      <td className={table.lesser}>{summary.documentCount}</td>
      <td className={table.lesser}>{changed}</td>
    </tr>
  );
}
