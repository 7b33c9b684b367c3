/** What a comment is about, above its words: the quotation, a field with what stood in it, or the whole document. */
import { useWords } from '../language/use-words.ts';
import { useCommenting } from './commenting-context.tsx';
import styles from './comments.module.css';
import type { Whereabouts } from './thread-view.ts';

export function About({ where, onReveal }: { where: Whereabouts; onReveal: () => void }) {
  const say = useWords();
  const { placeLabel, hasText } = useCommenting();
  switch (where.kind) {
    case 'document':
      return <p className={styles.quiet}>{say(hasText ? 'comments.onDocument' : 'comments.onCase')}</p>;
    case 'gone':
      return (
        <button type="button" className={styles.quote} data-gone="true" onClick={onReveal}>
          <b>{say('comments.gone')}</b> {where.quote}
        </button>
      );
    case 'field': {
      const label = placeLabel(where);
      return (
        <button type="button" className={styles.quote} data-gone={label === null} onClick={onReveal}>
          <b>{label ?? say('comments.goneRow')}</b> {where.quote}
        </button>
      );
    }
    case 'words':
      return (
        <>
          <button
            type="button"
            className={styles.quote}
            aria-label={say('comments.showWords', { words: where.quote })}
            onClick={onReveal}
          >
            {where.quote}
          </button>
          {where.now !== null && <p className={styles.now}>{say('comments.changed', { words: where.now })}</p>}
        </>
      );
  }
}
