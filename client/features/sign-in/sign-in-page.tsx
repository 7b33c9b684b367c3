/** Signing in with name and password. What was wrong is said beside the form; the name stays as it was typed. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useWords } from '../../language/use-words.ts';
import type { Device, SignInOutcome } from '../../replica/contract.ts';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';

type Failure = Extract<SignInOutcome, { ok: false }>['reason'];

const FAILURE_WORDS = {
  wrong: 'signIn.wrong',
  offline: 'signIn.offline',
  'too-fast': 'signIn.tooFast',
} as const satisfies Record<Failure, string>;

interface SignInPageProps {
  device: Device;
  /** What is true of working offline here. */
  note?: ReactNode;
  /** Who was here before. */
  knownName?: string;
  /** Called once the device has its person. */
  onSignedIn?: () => void;
}

export function SignInPage({ device, note, knownName = '', onSignedIn }: SignInPageProps) {
  const say = useWords();
  const [name, setName] = useState(knownName);
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isTried, setTried] = useState(false);
  const passwordInput = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || password === '' || isBusy) return;
    setBusy(true);
    setFailure(null);
    const outcome = await device.signIn(name.trim(), password);
    setBusy(false);
    if (outcome.ok) {
      onSignedIn?.();
      return;
    }
    setFailure(outcome.reason);
    if (outcome.reason === 'wrong') passwordInput.current?.select();
  };

  return (
    <Entrance title={say('signIn.title')} note={note}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label={say('signIn.name')}
          name="username"
          autoComplete="username"
          autoFocus={knownName === ''}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isTried && name.trim() === '' ? say('general.required') : undefined}
        />
        <PasswordInput
          ref={passwordInput}
          label={say('signIn.password')}
          name="password"
          autoComplete="current-password"
          autoFocus={knownName !== ''}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isTried && password === '' ? say('general.required') : undefined}
        />
        {failure !== null && (
          <p className={styles.error} role="alert">
            {say(FAILURE_WORDS[failure])}
          </p>
        )}
        <Button type="submit" loading={isBusy} fullWidth>
          {say('signIn.submit')}
        </Button>
        <p className={styles.note}>{say('signIn.forgotten')}</p>
      </form>
    </Entrance>
  );
}
