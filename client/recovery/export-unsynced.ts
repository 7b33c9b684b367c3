/** Hands everything that only this device has to the person as one file, and says what is in it. */
import { dayOf } from '../language/dates.ts';
import { useWords } from '../language/use-words.ts';
import type { PersonSession } from '../replica/contract.ts';
import { useEnvironment } from '../ui/environment.tsx';
import { useNotice } from '../ui/notices.tsx';
import { saveFile } from './save-file.ts';

export function useExportUnsynced(session: PersonSession): () => Promise<void> {
  const say = useWords();
  const notify = useNotice();
  const { now } = useEnvironment();
  return async () => {
    const { blob, documents, commands, unreadable } = await session.exportUnsynced();
    const name = say('device.exportName', { name: session.me.person.name, day: dayOf(now()) });
    saveFile(blob, `${name}.json`);
    const told = say('device.exported', { documents, commands });
    notify({
      text:
        unreadable === 0 ? told : `${told}${say('general.pause')}${say('device.unreadable', { count: unreadable })}`,
    });
  };
}
