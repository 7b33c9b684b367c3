/** One happening as a sentence, with the document in it as a way there, and its time. */
import { Fragment } from 'react';
import { Link } from 'wouter';
import type { Activity } from '../../../../shared/activity.ts';
import { COMMAND_ACTIVITIES, WRITING_ACTIVITIES } from '../../../../shared/activity.ts';
import { formatClock } from '../../../language/dates.ts';
import { useWords } from '../../../language/use-words.ts';
import { Chip } from '../../../ui/chip.tsx';
import styles from './activity.module.css';
import type { ShownActivity } from './activity-days.ts';

/** Stands for a part of the sentence that is more than words; no text has it. */
const WHO = '\ue000';
const DOCUMENT = '\ue001';

interface ActivityLineProps {
  item: ShownActivity;
  caseId: string;
  agencyShortName: (name: string) => string;
}

export function ActivityLine({ item, caseId, agencyShortName }: ActivityLineProps) {
  const say = useWords();
  const { what, times, document, agencyName, personName } = item;
  const known = [...COMMAND_ACTIVITIES, ...WRITING_ACTIVITIES].find((each): each is Activity => each === what);
  const key =
    known !== undefined ? (`activity.${known}` as const) : document === null ? 'activity.otherCase' : 'activity.other';
  const sentence = say(key, {
    who: WHO,
    document: DOCUMENT,
    count: times,
    number: item.number ?? '',
    subject: item.subjectName ?? say('author.unknown'),
    role: item.role === null ? '' : say(`role.${item.role}`),
  });
  const who =
    agencyName === null
      ? personName
      : say('general.bracketed', { text: personName, note: agencyShortName(agencyName) });
  return (
    <li className={styles.line}>
      <span className={styles.sentence}>
        {sentence.split(/([\ue000\ue001])/).map((part, index) => {
          const at = `${index}`;
          if (part === WHO) return <Fragment key={at}>{who}</Fragment>;
          if (part === DOCUMENT) return <DocumentName key={at} document={document} caseId={caseId} />;
          return <Fragment key={at}>{part}</Fragment>;
        })}
      </span>
      {item.isWaiting ? (
        <Chip tone="warn">{say('cases.waiting')}</Chip>
      ) : (
        <time className={styles.time} dateTime={new Date(item.atMs).toISOString()}>
          {formatClock(item.atMs)}
        </time>
      )}
    </li>
  );
}

function DocumentName({ document, caseId }: { document: ShownActivity['document']; caseId: string }) {
  const say = useWords();
  if (document === null) return null;
  // The case's own record is this very page.
  if (document.kind === 'caseRecord') return <>{say('caseRecord.title')}</>;
  return (
    <Link href={`/cases/${caseId}/documents/${document.documentId}`} className={styles.document}>
      {say('activity.documentTitle', { title: document.title || say('document.untitled') })}
    </Link>
  );
}
