/** What happened in the case, newest first, day by day: to see at a glance what one missed. Also offline, as of the last time online. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../../../shared/api.ts';
import { useNames } from '../../../fields/use-names.ts';
import { dayOf, formatDay } from '../../../language/dates.ts';
import { useLanguage, useWords } from '../../../language/use-words.ts';
import type { PersonSession } from '../../../replica/contract.ts';
import { useObservable } from '../../../replica/hooks.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useEnvironment } from '../../../ui/environment.tsx';
import { useNotice } from '../../../ui/notices.tsx';
import text from '../../../ui/page-text.module.css';
import table from '../../../ui/table.module.css';
import styles from './activity.module.css';
import { activityDays } from './activity-days.ts';
import { ActivityLine } from './activity-line.tsx';

const DAY_MS = 86_400_000;

export function ActivitySection({ session, detail }: { session: PersonSession; detail: CaseDetail }) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const { now } = useEnvironment();
  const [isBusy, setBusy] = useState(false);
  const { caseId } = detail;
  const activity = useObservable(session.activity.of(caseId));
  const isOffline = useObservable(session.status).kind === 'offline';
  const outbox = useObservable(session.outbox);
  const directory = useObservable(session.catalogue.directory);
  const names = useNames(session, detail.members);
  const waiting = outbox.filter(({ state }) => state === 'waiting').map(({ command }) => command);
  const days = activityDays(activity?.items ?? [], waiting, { detail, me: session.me, directory });

  const dayInWords = (day: string) => {
    if (day === dayOf(now())) return say('activity.today');
    if (day === dayOf(now() - DAY_MS)) return say('activity.yesterday');
    return formatDay(day, language);
  };
  const showOlder = async () => {
    setBusy(true);
    const isThere = await session.activity.more(caseId);
    setBusy(false);
    if (!isThere) notify({ text: say('activity.olderFailed') });
  };

  return (
    <section aria-labelledby="activity-heading">
      <div className={text.heading}>
        <h2 id="activity-heading">{say('activity.heading')}</h2>
        {activity !== null && !activity.isFresh && isOffline && (
          <span className={text.note}>{say('activity.notFresh')}</span>
        )}
      </div>
      <div className={table.frame}>
        {days.length === 0 ? (
          <EmptyState title={say('activity.unknown')} />
        ) : (
          days.map(({ day, items }) => (
            <div key={day ?? 'waiting'} className={styles.day}>
              {day !== null && <h3 className={styles.dayName}>{dayInWords(day)}</h3>}
              <ul className={styles.lines}>
                {items.map((item) => (
                  <ActivityLine key={item.key} item={item} caseId={caseId} agencyShortName={names.agencyShortName} />
                ))}
              </ul>
            </div>
          ))
        )}
        {activity?.before != null && (
          <div className={styles.older}>
            <Button variant="subtle" loading={isBusy} onClick={() => void showOlder()}>
              {say('activity.older')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
