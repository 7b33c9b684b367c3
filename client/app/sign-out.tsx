/** Signs out at once when everything has reached the server; else the question what to do with the rest comes first. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../language/use-words.ts';
import type { PersonSession } from '../replica/contract.ts';
import { SignOutDialog } from './pages.tsx';

export function SignOut({ session }: { session: PersonSession }) {
  const say = useWords();
  const [isAsking, setAsking] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await session.signOut();
  };
  const ask = async () => {
    if ((await session.unsyncedCount()) === 0) await leave();
    else setAsking(true);
  };
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" loading={isLeaving} onClick={() => void ask()}>
        {say('account.signOut')}
      </Button>
      {isAsking && <SignOutDialog session={session} onLeave={() => void leave()} onClose={() => setAsking(false)} />}
    </>
  );
}
