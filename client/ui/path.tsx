/** Where one is: links to what is above, then the present page in bold. On a phone only the step up and the page. */
import { Link } from 'wouter';
import { useWords } from '../language/use-words.ts';
import { BackIcon } from './icons.tsx';
import styles from './path.module.css';

export interface PathStep {
  readonly label: string;
  readonly href: string;
}

export function Path({ above, here }: { above: readonly PathStep[]; here: string }) {
  const say = useWords();
  const up = above.at(-1);
  return (
    <nav className={styles.path} aria-label={say('general.path')}>
      <title>{`${here} · ${say('general.product')}`}</title>
      {up !== undefined && (
        <Link href={up.href} className={styles.up} aria-label={up.label}>
          <BackIcon />
        </Link>
      )}
      {above.map((step) => (
        <span key={step.href} className={styles.step}>
          <Link href={step.href}>{step.label}</Link>
          <span aria-hidden="true"> / </span>
        </span>
      ))}
      <b className={styles.here} aria-current="page" title={here}>
        {here}
      </b>
    </nav>
  );
}
