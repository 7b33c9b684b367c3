/**
 * A small form in a dialog: fields, one main button, cancel. Enter sends it, but never while an input method composes.
 */
import { Button, Group, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../language/use-words.ts';
import styles from './form-dialog.module.css';

/** What frames a form: `FormDialog`, or `InlineForm` where it stands in a page. */
export interface FormFrameProps {
  opened: boolean;
  title: string;
  /** null when there is nothing to send: then the dialog can only be closed. */
  submitLabel: string | null;
  busy?: boolean;
  /** Why the last try did not work. */
  error?: string | null;
  /** Enter sends at once, as where everything is filled in already. */
  isSubmitFocused?: boolean;
  children: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}

export function FormDialog(props: FormFrameProps) {
  const {
    opened,
    title,
    submitLabel,
    busy = false,
    error = null,
    isSubmitFocused = false,
    children,
    onSubmit,
    onClose,
  } = props;
  const say = useWords();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': say('general.close') }}>
      <form onSubmit={submit} className={styles.form} noValidate>
        {children}
        {error !== null && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <Group justify="flex-end" mt="xs" gap="sm">
          <Button variant="default" onClick={onClose}>
            {say(submitLabel === null ? 'general.close' : 'general.cancel')}
          </Button>
          {submitLabel !== null && (
            <Button type="submit" loading={busy} data-autofocus={isSubmitFocused || undefined}>
              {submitLabel}
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  );
}
