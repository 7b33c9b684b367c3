/**
 * This device: what has not reached the server, what is kept here for work without a network, how much room there is.
 * Everything here is about the signed-in person's own store in this browser; another person has another one.
 */
import { Switch } from '@mantine/core';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { useNotice } from '../../ui/notices.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import { KeptCases } from './kept-cases.tsx';
import { StorageSection } from './storage-section.tsx';
import { UnsyncedSection } from './unsynced-section.tsx';

export function DevicePage({ session }: { session: PersonSession }) {
  const say = useWords();
  return (
    <Page path={<Path above={[]} here={say('keep.page')} />}>
      <div className={text.column}>
        <h1 className={text.title}>{say('keep.page')}</h1>
        <p className={text.meta}>{say('device.explanation', { name: session.me.person.name })}</p>
        <UnsyncedSection session={session} />
        <KeptCases session={session} />
        <KeepsNew session={session} />
        <StorageSection session={session} />
      </div>
    </Page>
  );
}

function KeepsNew({ session }: { session: PersonSession }) {
  const say = useWords();
  const notify = useNotice();
  const keepsNew = useObservable(session.keeping.keepsNew);
  return (
    <Switch
      mt="md"
      label={say('device.keepsNew')}
      description={say('device.keepsNewExplanation')}
      checked={keepsNew}
      onChange={(event) => {
        session.keeping.setKeepsNew(event.currentTarget.checked).catch(() => notify({ text: say('keep.failed') }));
      }}
    />
  );
}
