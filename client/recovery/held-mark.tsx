/**
 * Beside what a document is: that changes of it were not merged, for whoever settles them and for whoever wrote them, and the
 * way to them. Says nothing when nothing waits and the person has read what became of theirs.
 */
import { Link } from 'wouter';
import type { HeldCounts } from '../../shared/held.ts';
import { useWords } from '../language/use-words.ts';
import type { PersonSession } from '../replica/contract.ts';
import { Chip } from '../ui/chip.tsx';
import styles from './held-mark.module.css';
import { useHeldSeen } from './held-seen.ts';

interface HeldMarkProps {
  session: PersonSession;
  caseId: string;
  documentId: string;
  held: HeldCounts | undefined;
}

export function HeldMark({ held, ...rest }: HeldMarkProps) {
  return held === undefined ? null : <Mark {...rest} held={held} />;
}

function Mark({ session, caseId, documentId, held }: HeldMarkProps & { held: HeldCounts }) {
  const say = useWords();
  const seen = useHeldSeen(session.drafts, documentId);
  const { toSettle, ownWaiting, ownSettled } = held;
  const news = seen !== null && ownSettled > seen;
  const words =
    toSettle > 0
      ? say('held.mark.toSettle', { count: toSettle })
      : ownWaiting > 0
        ? say('held.mark.ownWaiting', { count: ownWaiting })
        : null;
  if (words === null && !news) return null;
  return (
    <Link href={`/cases/${caseId}/documents/${documentId}/held`} className={styles.mark}>
      {words !== null && <Chip tone="warn">{words}</Chip>}
      {news && <Chip tone="brand">{say('held.mark.ownSettled')}</Chip>}
    </Link>
  );
}
