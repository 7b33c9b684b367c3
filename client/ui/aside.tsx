/**
 * What stands beside a page on the right: a column that folds where there is room, else a page of its own that slides
 * over. Either way one button in the bar opens it and says how many there are. What is in it is the page's affair.
 */
import { Button, CloseButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import styles from './aside.module.css';
import { useEnvironment } from './environment.tsx';

export interface PageAside {
  readonly label: string;
  /** Shown after the label; left out at 0. */
  readonly count: number;
  readonly isOpen: boolean;
  setOpen(isOpen: boolean): void;
  readonly children: ReactNode;
}

/** Whether there is room for it beside the page. */
export function useIsAsideBeside(): boolean {
  return useMediaQuery('(min-width: 1101px)', true, { getInitialValueInEffect: false });
}

/**
 * Whether an aside is open. Beside the page what the person chose last on this device holds, and before that whether
 * there is something in it; over the page it opens only when asked.
 * @param id the aside's name in the store of choices
 */
export function useAside(id: string, hasContent: boolean): Pick<PageAside, 'isOpen' | 'setOpen'> {
  const { choices } = useEnvironment();
  const isBeside = useIsAsideBeside();
  const key = `concord-aside-${id}`;
  const [chosen, setChosen] = useState(() => choices.getItem(key));
  const [isOver, setOver] = useState(false);
  // What was in it may go while one reads: it does not fold by itself.
  const [hadContent, setHadContent] = useState(hasContent);
  if (hasContent && !hadContent) setHadContent(true);
  if (!isBeside) return { isOpen: isOver, setOpen: setOver };
  return {
    isOpen: chosen === null ? hadContent : chosen === 'open',
    setOpen: (isOpen) => {
      choices.setItem(key, isOpen ? 'open' : 'folded');
      setChosen(isOpen ? 'open' : 'folded');
      setOver(false);
    },
  };
}

export function AsideButton({ aside }: { aside: PageAside }) {
  const { label, count, isOpen, setOpen } = aside;
  return (
    <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className={styles.button}>
      {label}
      {count > 0 && <span className={styles.count}>{count}</span>}
    </Button>
  );
}

export function AsidePanel({ aside }: { aside: PageAside }) {
  const say = useWords();
  return (
    <aside className={styles.panel} aria-label={aside.label}>
      <div className={styles.head}>
        <AsideTitle aside={aside} />
        <CloseButton aria-label={say('general.fold', { name: aside.label })} onClick={() => aside.setOpen(false)} />
      </div>
      {aside.children}
    </aside>
  );
}

export function AsideTitle({ aside: { label, count } }: { aside: PageAside }) {
  return (
    <span className={styles.title}>
      {label}
      {count > 0 && <span className={styles.count}>{count}</span>}
    </span>
  );
}
