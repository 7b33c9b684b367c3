/** The first administrator of a server without accounts, reached by its one-time link (already gone from the address). */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { setupSchema } from '../../../shared/api.ts';
import { useWords } from '../../language/use-words.ts';
import type { Device } from '../../replica/contract.ts';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';

const inputSchema = setupSchema.omit({ token: true });
const FAILURE_WORDS = { wrong: 'setup.wrong', offline: 'signIn.offline', 'too-fast': 'signIn.tooFast' } as const;

export function SetupPage({ device, note }: { device: Device; note: ReactNode }) {
  const say = useWords();
  const [values, setValues] = useState({ name: '', password: '', agencyName: '', agencyMark: '' });
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const [failure, setFailure] = useState<keyof typeof FAILURE_WORDS | null>(null);
  const parsed = inputSchema.safeParse(values);
  const wrongFields = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0]));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!parsed.success || isBusy) return;
    setBusy(true);
    setFailure(null);
    const outcome = await device.completeSetup(parsed.data);
    setBusy(false);
    if (!outcome.ok) setFailure(outcome.reason);
  };
  const field = (key: keyof typeof values) => ({
    name: key,
    value: values[key],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [key]: value }));
    },
    error:
      isTried && wrongFields.has(key) ? say(key === 'password' ? 'setup.passwordRule' : 'general.required') : undefined,
  });

  return (
    <Entrance title={say('setup.title')} note={note}>
      <p className={styles.explanation}>{say('setup.explanation')}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextInput label={say('signIn.name')} autoComplete="username" autoFocus {...field('name')} />
        <PasswordInput
          label={say('signIn.password')}
          description={say('setup.passwordRule')}
          autoComplete="new-password"
          {...field('password')}
        />
        <TextInput label={say('setup.agencyName')} autoComplete="organization" {...field('agencyName')} />
        <TextInput
          label={say('setup.agencyMark')}
          description={say('setup.agencyMarkExplanation')}
          autoComplete="off"
          {...field('agencyMark')}
        />
        {failure !== null && (
          <p className={styles.error} role="alert">
            {say(FAILURE_WORDS[failure])}
          </p>
        )}
        <Button type="submit" loading={isBusy} fullWidth>
          {say('setup.submit')}
        </Button>
      </form>
    </Entrance>
  );
}
