/** The cases that are kept on this device: complete or how far, and when they were last compared with the server. */
import { Link } from 'wouter';
import type { CaseSummary } from '../../../shared/api.ts';
import { formatMoment } from '../../language/dates.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { KeptCase, PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import text from '../../ui/page-text.module.css';
import table from '../../ui/table.module.css';

export function KeptCases({ session }: { session: PersonSession }) {
  const say = useWords();
  const cases = useObservable(session.catalogue.cases);
  const kept = useObservable(session.keeping.cases);
  const rows = cases.flatMap((summary) => {
    const each = kept[summary.caseId];
    return each?.isKept ? [{ summary, each }] : [];
  });
  return (
    <section aria-labelledby="kept-heading">
      <div className={text.heading}>
        <h2 id="kept-heading">{say('device.kept')}</h2>
      </div>
      <div className={table.frame}>
        {rows.length === 0 ? (
          <EmptyState title={say('keep.footNone')} next={say('device.keptNone')} />
        ) : (
          <table className={table.table}>
            <colgroup>
              <col />
              <col style={{ width: '42%' }} />
              <col className={table.lesser} style={{ width: '26%' }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{say('cases.column.title')}</th>
                <th scope="col">{say('device.column.here')}</th>
                <th scope="col" className={table.lesser}>
                  {say('device.column.checked')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ summary, each }) => (
                <KeptRow key={summary.caseId} summary={summary} kept={each} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

function KeptRow({ summary, kept }: { summary: CaseSummary; kept: KeptCase }) {
  const say = useWords();
  const language = useLanguage();
  const { documents: count, here, behind, syncedAtMs } = kept;
  const checked = syncedAtMs === null ? say('device.notChecked') : formatMoment(syncedAtMs, language);
  return (
    <tr className={table.row}>
      <td>
        <Link href={`/cases/${summary.caseId}`} className={table.link}>
          {summary.title}
        </Link>
        <div className={table.below}>{checked}</div>
      </td>
      <td>
        {here === count ? (
          <>
            <Chip tone="ok">{say('keep.mark')}</Chip>
            <div className={table.note}>{say('device.hereAll', { count })}</div>
          </>
        ) : (
          <Chip tone="warn">{say('device.hereSome', { here, count })}</Chip>
        )}
        {behind > 0 && <div className={table.note}>{say('device.behind', { count: behind })}</div>}
      </td>
      <td className={table.lesser}>{checked}</td>
    </tr>
  );
}
