/** The same small form as in a dialog, standing in the page: fields and one main button. Takes the place of `FormDialog`. */
import { Button } from '@mantine/core';
import { useWords } from '../language/use-words.ts';
import styles from './form-dialog.module.css';
import type { FormFrameProps } from './form-dialog.tsx';

export function InlineForm({ title, submitLabel, busy = false, error = null, children, onSubmit }: FormFrameProps) {
  const say = useWords();
  return (
    <form
      aria-label={title}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      noValidate
    >
      {children}
      {error !== null && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button type="submit" loading={busy}>
          {submitLabel ?? say('general.save')}
        </Button>
      </div>
    </form>
  );
}
