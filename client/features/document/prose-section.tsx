/** The prose of a document in its editor, which is loaded apart from the page: the rest of the document does not wait for it. */
import type { ProseEditorProps } from '../../editor/prose-editor.tsx';
import { useWords } from '../../language/use-words.ts';
import { later } from '../../ui/later.tsx';
import styles from './document-page.module.css';

/** The editor; `preload` it early, so that it is here when the network is not. */
export const ProseEditor = later(async () => (await import('../../editor/prose-editor.tsx')).ProseEditor);

export function ProseSection(props: ProseEditorProps) {
  const say = useWords();
  return (
    <section className={styles.prose} aria-label={say('document.prose')}>
      <ProseEditor {...props} />
    </section>
  );
}
