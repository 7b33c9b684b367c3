/** The frame of the pages before anybody is signed in: the product's name, one form, the language. */
import type { ReactNode } from 'react';
import { useWords } from '../../language/use-words.ts';
import { LanguageSwitch } from '../../ui/preferences.tsx';
import styles from './entrance.module.css';

export function Entrance({
  title,
  note,
  children,
}: {
  title: string;
  /** What is true of working offline here. */
  note?: ReactNode;
  children: ReactNode;
}) {
  const say = useWords();
  return (
    <div className={styles.entrance}>
      <header className={styles.head}>
        <span className={styles.product}>{say('general.product')}</span>
        <span className={styles.tagline}>{say('general.tagline')}</span>
      </header>
      <main className={styles.form}>
        <h1 className={styles.title}>{title}</h1>
        {children}
        {note}
      </main>
      <footer>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
