/**
 * Changes that the relay did not merge: all of a document's for whoever acts as its host, who reads them and says what becomes
 * of each; for everybody else their own, with what became of them. Only online: they are on no device's copy.
 */
import { useEffect, useState } from 'react';
import { type Member, openableDocuments } from '../../../shared/api.ts';
import type { HeldList } from '../../../shared/held.ts';
import { canSettleHeld } from '../../../shared/permissions.ts';
import { useNames } from '../../fields/use-names.ts';
import { useWords } from '../../language/use-words.ts';
import { noteHeldSeen } from '../../recovery/held-seen.ts';
import type { PersonSession } from '../../replica/contract.ts';
import type { HeldAnswer } from '../../replica/held-reading.ts';
import { useObservable } from '../../replica/hooks.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import { HeldEdit, SHORT_BYTES } from './held-edit.tsx';
import styles from './held-page.module.css';
import type { ReadingContext } from './use-effect-words.ts';
import { WithPlace } from './with-place.tsx';

const NO_MEMBERS: readonly Member[] = [];

interface HeldPageProps {
  session: PersonSession;
  caseId: string;
  documentId: string;
}

export function HeldPage({ session, caseId, documentId }: HeldPageProps) {
  const say = useWords();
  const detail = useObservable(session.catalogue.caseDetail(caseId));
  const summary =
    detail === null ? undefined : openableDocuments(detail).find((each) => each.documentId === documentId);
  const maySettle = detail !== null && summary !== undefined && canSettleHeld(detail.myRole, summary.audience);
  const outbox = useObservable(session.outbox);
  const sending = outbox.flatMap(({ command, state }) =>
    command.type === 'settleHeld' && command.documentId === documentId && state === 'waiting' ? [command.heldId] : [],
  );
  // What would make it another list: what the server says of it, and what is settled here.
  const loaded = useHeldList(session, documentId, JSON.stringify([maySettle, summary?.held, sending]));
  const cases = useObservable(session.catalogue.cases);
  const isFetched = useObservable(session.catalogue.fetchedAtMs) !== null;
  // Of a case one has left nothing will come any more.
  const isOnItsWay = detail === null && (!isFetched || cases.some((each) => each.caseId === caseId));
  const names = useNames(session, detail?.members ?? NO_MEMBERS);
  const kind = summary?.kind ?? 'unknown';
  const list = (place: ReadingContext['place']) => (
    <HeldItems
      session={session}
      documentId={documentId}
      loaded={loaded}
      sending={sending}
      reading={{ place, kind, names }}
      maySettle={maySettle}
    />
  );

  const above = [
    { label: say('navigation.cases'), href: '/' },
    ...(detail === null ? [] : [{ label: detail.title, href: `/cases/${caseId}` }]),
    // The case's own record is the case's page.
    ...(documentId === caseId || summary === undefined
      ? []
      : [{ label: summary.title || say('document.untitled'), href: `/cases/${caseId}/documents/${documentId}` }]),
  ];
  return (
    <Page path={<Path above={above} here={say('held.title')} />}>
      <div className={text.column}>
        <h1 className={text.title}>{say('held.title')}</h1>
        <p className={text.meta}>{say(maySettle ? 'held.explanation' : 'held.explanationOwn')}</p>
        {summary === undefined ? (
          list(isOnItsWay ? null : 'none')
        ) : (
          <WithPlace session={session} summary={summary}>
            {list}
          </WithPlace>
        )}
      </div>
    </Page>
  );
}

/** The list as the server tells it now; what was shown stays until there is a newer one. */
function useHeldList(session: PersonSession, documentId: string, changes: string): HeldAnswer<HeldList> | null {
  const [loaded, setLoaded] = useState<HeldAnswer<HeldList> | null>(null);
  const status = useObservable(session.status).kind;
  const isOnline = status !== 'offline' && status !== 'needsAttention';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when one of them has become another
  useEffect(() => {
    let isShown = true;
    void session.held.list(documentId).then((next) => {
      if (isShown) setLoaded((before) => (next.kind === 'offline' && before?.kind === 'ok' ? before : next));
    });
    return () => {
      isShown = false;
    };
  }, [session, documentId, changes, isOnline]);
  return loaded;
}

interface HeldItemsProps {
  session: PersonSession;
  documentId: string;
  loaded: HeldAnswer<HeldList> | null;
  sending: readonly string[];
  reading: ReadingContext;
  maySettle: boolean;
}

/** So many are open from the start, when they are short: most often there are no more. */
const OPEN_AT_FIRST = 10;

function HeldItems({ session, documentId, loaded, sending, reading, maySettle }: HeldItemsProps) {
  const say = useWords();
  const list = loaded?.kind === 'ok' ? loaded.value : null;
  const items = list?.items ?? null;
  const me = session.me.person.personId;
  useEffect(() => {
    if (items === null) return;
    const settled = items.filter(({ authorId, settled }) => authorId === me && settled !== null).length;
    if (settled > 0) noteHeldSeen(session.drafts, documentId, settled);
  }, [session, documentId, items, me]);

  if (loaded === null) return <EmptyState title={say('general.loading')} />;
  if (loaded.kind === 'offline') return <EmptyState title={say('held.offline')} />;
  if (list === null) return <EmptyState title={say('held.notAllowed')} next={say('held.notAllowedNext')} />;
  if (list.items.length === 0) {
    return <EmptyState title={say('held.empty')} next={say(maySettle ? 'held.emptyNext' : 'held.emptyOwnNext')} />;
  }
  return (
    <>
      {list.total > list.items.length && (
        <p className={styles.note}>{say('held.cut', { total: String(list.total), count: list.items.length })}</p>
      )}
      <ul className={styles.list}>
        {list.items.map((held, index) => (
          <HeldEdit
            key={held.heldId}
            session={session}
            documentId={documentId}
            held={held}
            isSending={sending.includes(held.heldId)}
            isOpenAtFirst={index < OPEN_AT_FIRST && held.bytes <= SHORT_BYTES}
            reading={reading}
            maySettle={maySettle}
          />
        ))}
      </ul>
    </>
  );
}
