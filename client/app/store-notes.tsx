/**
 * What the person must know of where their work is kept, besides a failure: that this device's store was removed or deleted,
 * with what was lost in it; that it is nearly full while there is still time to act; that the server was put back.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../language/use-words.ts';
import type { PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { Banner } from '../ui/banner.tsx';

export function StoreNotes({ session }: { session: PersonSession }) {
  const say = useWords();
  const [, navigate] = useLocation();
  const note = useObservable(session.storeNote);
  const isPutBack = useObservable(session.isPutBack);
  const { isNearlyFull } = useObservable(session.storage);
  const [isFullSeen, setFullSeen] = useState(false);
  return (
    <>
      {note !== null && (
        <Banner
          tone={note.lost > 0 ? 'bad' : 'warn'}
          title={say(`storeNote.${note.kind}`)}
          acts={
            <Button variant="default" onClick={session.dismissStoreNote}>
              {say('refusal.dismiss')}
            </Button>
          }
        >
          {say(`storeNote.${note.kind}Next`)}
          {note.lost > 0 && ` ${say('storeNote.lost', { count: note.lost })}`}
        </Banner>
      )}
      {isPutBack && (
        <Banner
          tone="plain"
          title={say('storeNote.putBack')}
          acts={
            <Button variant="default" onClick={() => void session.dismissPutBack()}>
              {say('refusal.dismiss')}
            </Button>
          }
        >
          {say('storeNote.putBackNext')}
        </Banner>
      )}
      {isNearlyFull && !isFullSeen && (
        <Banner
          tone="warn"
          title={say('storeNote.nearlyFull')}
          acts={
            <>
              <Button onClick={() => navigate('/device')}>{say('keep.page')}</Button>
              <Button variant="default" onClick={() => setFullSeen(true)}>
                {say('refusal.dismiss')}
              </Button>
            </>
          }
        >
          {say('storeNote.nearlyFullNext')}
        </Banner>
      )}
    </>
  );
}
