/**
 * A part of the product whose code is loaded apart from the first page: said while it comes, said when it cannot come (no
 * network at the first time, a server that has moved on), and tried again when there is a network. Once here it is shown
 * at once. The service worker keeps all of it on the device; this is for the visit before that and for browsers without.
 */
import { Button } from '@mantine/core';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import { EmptyState } from './empty-state.tsx';

export interface Later<P> {
  (props: P): ReactNode;
  /** Fetches the code; rejects when it cannot be had now. */
  preload(): Promise<void>;
}

/**
 * @param load the dynamic import, answering with the component
 * @param frame what stands around the words while the component is not here, such as a page's bar
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  frame: (words: ReactNode, isFailed: boolean) => ReactNode = (words) => words,
): Later<P> {
  // What the module loader remembers too: code that is here stays here.
  let here: ComponentType<P> | null = null;
  const preload = async () => {
    here ??= await load();
  };

  function LoadedLater(props: P) {
    const [Loaded, setLoaded] = useState<{ part: ComponentType<P> } | null>(() => here && { part: here });
    const [isFailed, setFailed] = useState(false);
    useEffect(() => {
      if (Loaded !== null || isFailed) return;
      let isShown = true;
      preload().then(
        () => isShown && here !== null && setLoaded({ part: here }),
        () => isShown && setFailed(true),
      );
      return () => {
        isShown = false;
      };
    }, [Loaded, isFailed]);
    useEffect(() => {
      if (!isFailed) return;
      const again = () => setFailed(false);
      window.addEventListener('online', again);
      return () => window.removeEventListener('online', again);
    }, [isFailed]);

    if (Loaded !== null) return <Loaded.part {...props} />;
    return frame(isFailed ? <NotLoaded onAgain={() => setFailed(false)} /> : <Loading />, isFailed);
  }
  return Object.assign(LoadedLater, { preload });
}

/** The frame of what appears over a page: nothing for the moment until it is here, words when it cannot come. */
export function onlyWhenFailed(words: ReactNode, isFailed: boolean): ReactNode {
  return isFailed ? words : null;
}

function Loading() {
  return <EmptyState title={useWords()('general.loading')} />;
}

function NotLoaded({ onAgain }: { onAgain: () => void }) {
  const say = useWords();
  return (
    <EmptyState
      title={say('general.partNotLoaded')}
      next={say('general.partNotLoadedNext')}
      act={<Button onClick={onAgain}>{say('general.tryAgain')}</Button>}
    />
  );
}
