/** Changes that the relay did not merge, for the host: by whom, when, why, and the words in them to read and copy. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { type Held, heldSchema } from '../../../shared/api.ts';
import { formatMoment } from '../../language/dates.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useEnvironment } from '../../ui/environment.tsx';
import { Face } from '../../ui/face.tsx';
import { useNotice } from '../../ui/notices.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import styles from './held-page.module.css';
import { heldWords } from './held-words.ts';

type Loaded =
  | { readonly kind: 'loading' | 'offline' | 'notAllowed' }
  | { readonly kind: 'ready'; readonly held: readonly Held[] };

interface HeldPageProps {
  session: PersonSession;
  caseId: string;
  documentId: string;
}

export function HeldPage({ session, caseId, documentId }: HeldPageProps) {
  const say = useWords();
  const { fetch } = useEnvironment();
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  useEffect(() => {
    let isShown = true;
    void loadHeld(fetch, documentId).then((next) => {
      if (isShown) setLoaded(next);
    });
    return () => {
      isShown = false;
    };
  }, [fetch, documentId]);

  const title = detail?.documents.find((each) => each.documentId === documentId)?.title;
  const above = [
    { label: say('navigation.cases'), href: '/' },
    { label: detail?.title ?? say('navigation.cases'), href: `/cases/${caseId}` },
    // The case's own record is the case's page.
    ...(documentId === caseId
      ? []
      : [{ label: title ?? say('document.untitled'), href: `/cases/${caseId}/documents/${documentId}` }]),
  ];
  return (
    <Page path={<Path above={above} here={say('held.title')} />}>
      <div className={text.column}>
        <h1 className={text.title}>{say('held.title')}</h1>
        <p className={text.meta}>{say('held.explanation')}</p>
        <div className={styles.list}>
          {loaded.kind === 'ready' ? (
            loaded.held.length === 0 ? (
              <EmptyState title={say('held.empty')} next={say('held.emptyNext')} />
            ) : (
              [...loaded.held]
                .sort((a, b) => b.receivedAtMs - a.receivedAtMs)
                .map((held) => <HeldChange key={held.heldId} held={held} />)
            )
          ) : (
            <EmptyState title={say(LOADED_WORDS[loaded.kind])} />
          )}
        </div>
      </div>
    </Page>
  );
}

const LOADED_WORDS = { loading: 'general.loading', offline: 'held.offline', notAllowed: 'held.notAllowed' } as const;

function HeldChange({ held }: { held: Held }) {
  const say = useWords();
  const language = useLanguage();
  const notify = useNotice();
  const words = heldWords(held.update) ?? [];
  const reason =
    held.reason === 'may-not-write' || held.reason === 'frozen' ? (held.reason as 'may-not-write' | 'frozen') : 'other';
  const copy = async () => {
    await navigator.clipboard.writeText(words.join('\n'));
    notify({ text: say('held.copied') });
  };
  return (
    <article className={styles.held}>
      <header className={styles.head}>
        <Face person={{ personId: held.authorId, name: held.authorName }} size={24} />
        <b>{held.authorName}</b>
        <span className={styles.note}>{formatMoment(held.receivedAtMs, language)}</span>
        <span className={styles.note}>{say(`held.room.${held.room}`)}</span>
        <Chip tone="warn">{say(`held.reason.${reason}`)}</Chip>
        {words.length > 0 && window.isSecureContext && (
          <Button variant="subtle" size="compact-sm" className={styles.copy} onClick={() => void copy()}>
            {say('held.copy')}
          </Button>
        )}
      </header>
      {words.length === 0 ? (
        <p className={styles.note}>{say('held.nothingReadable')}</p>
      ) : (
        <blockquote className={styles.words} aria-label={say('held.readable')}>
          {words.join('\n')}
        </blockquote>
      )}
    </article>
  );
}

async function loadHeld(fetch: typeof globalThis.fetch, documentId: string): Promise<Loaded> {
  try {
    const response = await fetch(`/api/held/${documentId}`);
    if (response.status === 401 || response.status === 403 || response.status === 404) return { kind: 'notAllowed' };
    const parsed = z.array(heldSchema).safeParse(await response.json());
    return parsed.success ? { kind: 'ready', held: parsed.data } : { kind: 'offline' };
  } catch {
    // No answer, or none that can be read: both mean that it cannot be shown now.
    return { kind: 'offline' };
  }
}
