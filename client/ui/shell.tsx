/**
 * The frame of the signed-in product: navigation on the left (foldable; on a phone a drawer), the page on the right.
 * A page is a bar with where one is and what is true of it, perhaps a line of tools, then notes, then what scrolls; and
 * perhaps something beside it (aside.tsx).
 */
import { ActionIcon } from '@mantine/core';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import { AsideButton, AsidePanel, type PageAside, useIsAsideBeside } from './aside.tsx';
import { useEnvironment } from './environment.tsx';
import { MenuIcon } from './icons.tsx';
import { later, onlyWhenFailed } from './later.tsx';
import styles from './shell.module.css';

const NavigationDrawer = later(async () => (await import('./navigation-drawer.tsx')).NavigationDrawer, onlyWhenFailed);
const AsideDrawer = later(async () => (await import('./aside-drawer.tsx')).AsideDrawer, onlyWhenFailed);

/** Fetches what slides over the page, before it is asked for. */
export async function preloadDrawers(): Promise<void> {
  await Promise.all([NavigationDrawer.preload(), AsideDrawer.preload()]);
}

const FOLDED_KEY = 'concord-navigation-folded';

interface ShellState {
  readonly isFolded: boolean;
  setFolded(isFolded: boolean): void;
  openDrawer(): void;
  readonly status: ReactNode;
}

const ShellContext = createContext<ShellState | null>(null);

export function Shell({
  navigation,
  notes,
  status,
  children,
}: {
  /** @param close puts a drawer away after a choice */
  navigation: (close: () => void) => ReactNode;
  /** Banners about the whole device, above every page. */
  notes?: ReactNode;
  /** What is true of the whole device, on pages that have no status of their own. */
  status: ReactNode;
  children: ReactNode;
}) {
  const say = useWords();
  const { choices } = useEnvironment();
  const [isFolded, setIsFolded] = useState(() => choices.getItem(FOLDED_KEY) === 'yes');
  /** null until it is opened for the first time. */
  const [isDrawerOpen, setDrawerOpen] = useState<boolean | null>(null);
  const shell = useMemo<ShellState>(
    () => ({
      isFolded,
      setFolded: (next) => {
        choices.setItem(FOLDED_KEY, next ? 'yes' : 'no');
        setIsFolded(next);
      },
      openDrawer: () => setDrawerOpen(true),
      status,
    }),
    [isFolded, choices, status],
  );
  const closeDrawer = () => setDrawerOpen(false);
  return (
    <ShellContext value={shell}>
      <div className={styles.shell} data-folded={isFolded}>
        <a href="#content" className={styles.skip}>
          {say('general.skipToContent')}
        </a>
        {!isFolded && (
          <nav className={styles.navigation} aria-label={say('general.navigation')}>
            {navigation(closeDrawer)}
          </nav>
        )}
        <div className={styles.right}>
          {notes}
          {children}
        </div>
      </div>
      {isDrawerOpen !== null && (
        <NavigationDrawer opened={isDrawerOpen} onClose={closeDrawer}>
          {navigation(closeDrawer)}
        </NavigationDrawer>
      )}
    </ShellContext>
  );
}

interface PageProps {
  /** Where one is: usually a `Path`. */
  path: ReactNode;
  /** What is true, beside the title; of the whole device when left out. */
  status?: ReactNode;
  /** Faces, buttons. */
  acts?: ReactNode;
  /** One line of tools directly under the bar. */
  tools?: ReactNode;
  /** Banners about this page. */
  notes?: ReactNode;
  /** What stands beside the page on the right; on a narrow screen a page of its own behind a button with a count. */
  aside?: PageAside;
  children: ReactNode;
}

export function Page({ path, status, acts, tools, notes, aside, children }: PageProps) {
  const say = useWords();
  const shell = useContext(ShellContext);
  const isBeside = useIsAsideBeside();
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.bar}>
          {shell !== null && (
            <>
              <ActionIcon
                className={styles.wideOnly}
                onClick={() => shell.setFolded(!shell.isFolded)}
                aria-expanded={!shell.isFolded}
                aria-label={say(shell.isFolded ? 'general.unfoldNavigation' : 'general.foldNavigation')}
              >
                <MenuIcon />
              </ActionIcon>
              <ActionIcon
                className={styles.phoneOnly}
                onClick={shell.openDrawer}
                aria-label={say('general.openNavigation')}
              >
                <MenuIcon />
              </ActionIcon>
            </>
          )}
          {path}
          <div className={styles.status}>{status ?? shell?.status}</div>
          {(acts !== undefined || aside !== undefined) && (
            <div className={styles.acts}>
              {acts}
              {aside !== undefined && <AsideButton aside={aside} />}
            </div>
          )}
        </header>
        {tools}
        {notes}
        <main id="content" tabIndex={-1} className={styles.content}>
          {children}
        </main>
      </div>
      {aside !== undefined && isBeside && aside.isOpen && <AsidePanel aside={aside} />}
      {aside !== undefined && !isBeside && <AsideDrawer aside={aside} />}
    </div>
  );
}
