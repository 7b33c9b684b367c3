/**
 * What has not reached the server: which documents, how many requests; sending it now, taking it out as a file, and bringing
 * such a file in again.
 */
import { Button, FileButton, Group } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { openableDocuments } from '../../../shared/api.ts';
import { type Say, useWords } from '../../language/use-words.ts';
import { useExportUnsynced } from '../../recovery/export-unsynced.ts';
import type { PersonSession, UnsyncedImport } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import text from '../../ui/page-text.module.css';
import styles from './device-page.module.css';

export function UnsyncedSection({ session }: { session: PersonSession }) {
  const say = useWords();
  const waiting = useObservable(session.waitingDocuments);
  const requests = useObservable(session.outbox).filter(({ state }) => state === 'waiting').length;
  const status = useObservable(session.status);
  const exportUnsynced = useExportUnsynced(session);
  const [isBusy, setBusy] = useState(false);
  const [imported, setImported] = useState<UnsyncedImport | null>(null);
  const isNothing = waiting.length === 0 && requests === 0;

  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    setImported(null);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };
  const bringIn = (file: File | null) => {
    if (file === null) return;
    void during(async () => setImported(await session.importUnsynced(await file.text())));
  };

  return (
    <section aria-labelledby="unsynced-heading">
      <div className={text.heading}>
        <h2 id="unsynced-heading">{say('device.unsynced')}</h2>
      </div>
      <p role="status">
        {isNothing
          ? say('device.unsyncedNone')
          : say('device.unsyncedSome', { documents: waiting.length, commands: requests })}
      </p>
      {waiting.length > 0 && (
        <ul className={styles.list}>
          {waiting.map((documentId) => (
            <WaitingDocument key={documentId} session={session} documentId={documentId} />
          ))}
        </ul>
      )}
      <Group gap="sm" mt="xs">
        {!isNothing && status.kind !== 'offline' && (
          <Button loading={isBusy} onClick={() => void during(() => session.syncNow())}>
            {say('device.syncNow')}
          </Button>
        )}
        {!isNothing && (
          <Button variant="default" onClick={() => void exportUnsynced()}>
            {say('device.export')}
          </Button>
        )}
        <FileButton accept="application/json,.json" onChange={bringIn}>
          {(props) => (
            <Button variant="default" loading={isBusy} {...props}>
              {say('device.import')}
            </Button>
          )}
        </FileButton>
      </Group>
      <p className={styles.note}>{say('device.exportExplanation')}</p>
      {imported !== null && (
        <p role="status" className={imported.ok ? styles.done : styles.failed}>
          {importedInWords(imported, say)}
        </p>
      )}
    </section>
  );
}

/** By its title where the catalogue knows it. */
function WaitingDocument({ session, documentId }: { session: PersonSession; documentId: string }) {
  const say = useWords();
  const cases = useObservable(session.catalogue.cases);
  for (const { caseId, title } of cases) {
    const detail = session.catalogue.caseDetail(caseId).get();
    if (detail === null) continue;
    const found = openableDocuments(detail).find((each) => each.documentId === documentId);
    if (found === undefined) continue;
    const isRecord = detail.record?.documentId === documentId;
    return (
      <li>
        <Link href={isRecord ? `/cases/${caseId}` : `/cases/${caseId}/documents/${documentId}`}>
          {isRecord ? title : found.title || say('document.untitled')}
        </Link>{' '}
        {!isRecord && <span className={text.note}>{title}</span>}
      </li>
    );
  }
  return <li>{say('device.unknownDocument')}</li>;
}

function importedInWords(imported: UnsyncedImport, say: Say): string {
  if (!imported.ok) return say(`device.importFailed.${imported.reason}`);
  const { documents, commands, alreadyHere } = imported;
  if (documents === 0 && commands === 0) return say('device.importedNothing');
  const told = say('device.imported', { documents, commands });
  return alreadyHere === 0
    ? told
    : `${told}${say('general.pause')}${say('device.importedAlready', { count: alreadyHere })}`;
}
