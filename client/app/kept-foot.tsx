/**
 * At the foot of the navigation: how many cases are kept on this device and whether all of them work offline, and while
 * copies are being updated, how far that is. Leads to the page of this device. Says it quietly; nobody has to wait for it.
 */
import { Link, useRoute } from 'wouter';
import { type Say, useWords } from '../language/use-words.ts';
import type { BackgroundProgress, KeptCase, PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import styles from './navigation.module.css';

export function KeptFoot({ session, onChosen }: { session: PersonSession; onChosen: () => void }) {
  const say = useWords();
  const cases = useObservable(session.keeping.cases);
  const progress = useObservable(session.keeping.progress);
  const [isHere] = useRoute('/device');
  return (
    <Link
      href="/device"
      className={`${styles.link} ${isHere ? styles.here : ''}`}
      aria-current={isHere ? 'page' : undefined}
      onClick={onChosen}
    >
      <span className={styles.label}>{say('keep.page')}</span>
      <span className={styles.below}>{inWords(Object.values(cases), progress, say)}</span>
    </Link>
  );
}

function inWords(cases: readonly KeptCase[], progress: BackgroundProgress, say: Say): string {
  if (progress.kind === 'running') {
    return say('keep.footRunning', { done: progress.done, total: progress.total });
  }
  if (progress.kind === 'retrying') return say('keep.footRetrying', { count: progress.failed });
  const kept = cases.filter(({ isKept }) => isKept);
  const complete = kept.filter(({ documents, here }) => here === documents).length;
  if (kept.length === 0) return say('keep.footNone');
  return complete === kept.length
    ? say('keep.footAll', { count: kept.length })
    : say('keep.footSome', { count: kept.length, complete });
}
