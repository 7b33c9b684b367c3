/** The common course of the two account forms: check, send, say what was wrong, fetch the directory anew. */
import { useState } from 'react';
import type { z } from 'zod';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useNotice } from '../../ui/notices.tsx';
import type { AccountFailure, AccountOutcome } from './account-api.ts';

const FAILURE_WORDS = {
  offline: 'people.offline',
  'not-allowed': 'people.notAllowed',
  'name-taken': 'people.nameTaken',
  invalid: 'people.invalid',
  failed: 'people.failed',
} as const satisfies Record<AccountFailure, string>;

export function useAccountForm<T>({
  session,
  schema,
  input,
  send,
  onDone,
}: {
  session: PersonSession;
  schema: z.ZodType<T>;
  input: unknown;
  send: (input: T) => Promise<AccountOutcome>;
  onDone: () => void;
}) {
  const say = useWords();
  const notify = useNotice();
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<AccountFailure | null>(null);
  const parsed = schema.safeParse(input);
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0]));

  const run = async () => {
    setTried(true);
    if (!parsed.success || isBusy) return;
    setBusy(true);
    setFailure(null);
    const outcome = await send(parsed.data);
    setBusy(false);
    if (!outcome.ok) {
      setFailure(outcome.reason);
      return;
    }
    onDone();
    notify({ text: say('people.saved') });
    await session.catalogue.refresh();
  };

  return {
    isBusy,
    error: failure === null ? null : say(FAILURE_WORDS[failure]),
    isWrong: (field: string) => isTried && wrong.has(field),
    submit: () => void run(),
  };
}
