/** A note across the page: what is the matter, what it means, what to do next. Stands in the flow, hides nothing. */
import type { ReactNode } from 'react';
import styles from './banner.module.css';

interface BannerProps {
  tone: 'plain' | 'warn' | 'bad';
  title: ReactNode;
  children?: ReactNode;
  /** Buttons. */
  acts?: ReactNode;
}

export function Banner({ tone, title, children, acts }: BannerProps) {
  return (
    <div className={styles.banner} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className={styles.words}>
        <strong className={styles.title}>{title}</strong>
        {children !== undefined && <div className={styles.text}>{children}</div>}
      </div>
      {acts !== undefined && <div className={styles.acts}>{acts}</div>}
    </div>
  );
}
