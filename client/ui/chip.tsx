/** A short word with a meaning: state, role, range. Colour only supports the word. */
import type { ReactNode } from 'react';
import styles from './chip.module.css';

/** Accent for the present, green done or durable, amber waiting or soon, red overdue or blocking. */
export type Tone = 'plain' | 'brand' | 'ok' | 'warn' | 'bad';

export function Chip({ tone = 'plain', dot = false, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone}>
      {dot && <span className={styles.dot} aria-hidden="true" />}
      {children}
    </span>
  );
}
