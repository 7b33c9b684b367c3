/**
 * The prose of a document in its editor, which is loaded apart from the first page. When it cannot be loaded (no network at
 * the first time) the rest of the document stays, this place says so, and tries again when there is a network.
 */
import { Button } from '@mantine/core';
import { type ComponentType, useEffect, useState } from 'react';
import type { ProseEditorProps } from '../../editor/prose-editor.tsx';
import { useWords } from '../../language/use-words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './document-page.module.css';

/** The editor's code; asked for once, early, so that it is here when the network is not. */
export async function loadProseEditor(): Promise<ComponentType<ProseEditorProps>> {
  return (await import('../../editor/prose-editor.tsx')).ProseEditor;
}

export function ProseSection(props: ProseEditorProps) {
  const say = useWords();
  const [loaded, setLoaded] = useState<{ Editor: ComponentType<ProseEditorProps> } | 'loading' | 'failed'>('loading');

  useEffect(() => {
    if (loaded !== 'loading') return;
    let isShown = true;
    loadProseEditor().then(
      (Editor) => isShown && setLoaded({ Editor }),
      () => isShown && setLoaded('failed'),
    );
    return () => {
      isShown = false;
    };
  }, [loaded]);

  useEffect(() => {
    if (loaded !== 'failed') return;
    const again = () => setLoaded('loading');
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [loaded]);

  return (
    <section className={styles.prose} aria-label={say('document.prose')}>
      {loaded === 'loading' ? (
        <EmptyState title={say('general.loading')} />
      ) : loaded === 'failed' ? (
        <EmptyState
          title={say('document.editorNotLoaded')}
          next={say('document.editorNotLoadedNext')}
          act={<Button onClick={() => setLoaded('loading')}>{say('document.editorTryAgain')}</Button>}
        />
      ) : (
        <loaded.Editor {...props} />
      )}
    </section>
  );
}
