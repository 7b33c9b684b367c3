/**
 * Short answers to what a person just did ("already saved", "task deleted · undo"), one at a time at the foot of the
 * page, read out politely and gone after a while. Problems are banners, not notices.
 */
import { Button, CloseButton } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import styles from './notices.module.css';

export interface Notice {
  readonly text: string;
  /** One act offered with it, such as undo. */
  readonly act?: { readonly label: string; readonly onClick: () => void };
}

/** Long enough to read two lines and reach the button. */
const SHOWN_MS = 6_000;

const NoticeContext = createContext<((notice: Notice) => void) | null>(null);

/** Says something at the foot of the page. */
export function useNotice(): (notice: Notice) => void {
  const notify = useContext(NoticeContext);
  if (notify === null) throw new Error('no place for notices');
  return notify;
}

export function Notices({ children }: { children: ReactNode }) {
  const say = useWords();
  const [notice, setNotice] = useState<Notice | null>(null);
  const notify = useCallback((next: Notice) => setNotice({ ...next }), []);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const { act } = notice ?? {};
  return (
    <NoticeContext value={notify}>
      {children}
      <div className={styles.place} role="status" aria-live="polite">
        {notice !== null && (
          <div className={styles.notice}>
            <span>{notice.text}</span>
            {act !== undefined && (
              <Button
                variant="subtle"
                onClick={() => {
                  setNotice(null);
                  act.onClick();
                }}
              >
                {act.label}
              </Button>
            )}
            <CloseButton aria-label={say('general.close')} onClick={() => setNotice(null)} />
          </div>
        )}
      </div>
    </NoticeContext>
  );
}
