/** In the place of the toolbar, for somebody who may not edit: what they may do here instead, and the button for it. */
import { Button } from '@mantine/core';
import { useWords } from '../language/use-words.ts';
import styles from './comments.module.css';
import type { Comments } from './use-comments.tsx';

export function CommentLine({ comments }: { comments: Comments }) {
  const say = useWords();
  if (!comments.mayComment) return null;
  return (
    <section className={styles.line} aria-label={say('document.mayTitle')}>
      <Button
        variant="default"
        title={say('editor.shortcut', { name: say('comments.write'), keys: 'Ctrl+Alt+M' })}
        // The selection in the text stays.
        onMouseDown={(event) => event.preventDefault()}
        onClick={comments.comment}
      >
        {say('comments.write')}
      </Button>
      <span>{comments.standing}</span>
    </section>
  );
}
