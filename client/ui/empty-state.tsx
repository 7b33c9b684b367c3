/** What a list says when nothing is in it: what is missing, and the next step. */
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export function EmptyState({ title, next, act }: { title: ReactNode; next?: ReactNode; act?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {next !== undefined && <p className={styles.next}>{next}</p>}
      {act !== undefined && <div className={styles.act}>{act}</div>}
    </div>
  );
}
