/** The document that held changes are read against and words may be added to, opened for as long as they are looked at. */
import { type ReactNode, useEffect, useState } from 'react';
import type { DocumentSummary } from '../../../shared/api.ts';
import type { DocumentReplica, PersonSession } from '../../replica/contract.ts';
import { useDocument, useObserved } from '../../replica/hooks.ts';

/** The document as it is now, and where words may be added. */
export interface Place {
  readonly replica: DocumentReplica;
  /** Another number once what the document says has changed. */
  readonly version: number;
  /** This device's copy still has held changes in it: nothing can be told against it. */
  readonly hasHeldChanges: boolean;
  /** Into the text, which is being written and may be by this person. */
  readonly mayWriteText: boolean;
  readonly mayComment: boolean;
}

interface WithPlaceProps {
  session: PersonSession;
  summary: DocumentSummary;
  /** null while the document is being opened. */
  children: (place: Place | null) => ReactNode;
}

export function WithPlace({ session, summary, children }: WithPlaceProps) {
  const replica = useDocument(session, summary.documentId);
  return replica === null ? (
    children(null)
  ) : (
    <Opened replica={replica} summary={summary}>
      {children}
    </Opened>
  );
}

function Opened({ replica, summary, children }: { replica: DocumentReplica } & Omit<WithPlaceProps, 'session'>) {
  const { body, review } = replica.rooms;
  const text = useObserved(body.view, ({ load, mayWrite, documentState }) => ({ load, mayWrite, documentState }));
  const talk = useObserved(review.view, ({ load, mayWrite }) => ({ load, mayWrite }));
  const hasHeldChanges = useObserved(
    replica.status,
    (status) => status.kind === 'needsAttention' && status.problem.kind === 'editsHeld',
  );
  const version = useVersion(replica);
  if (text.load.kind === 'loading' || talk.load.kind === 'loading') return children(null);
  // The record of a case is fields and rows only; of a kind of a newer version nothing is known.
  const hasText = summary.kind !== 'caseRecord' && summary.kind !== 'unknown';
  return children({
    replica,
    version,
    hasHeldChanges,
    mayWriteText: hasText && text.mayWrite && text.documentState === 'draft',
    mayComment: talk.mayWrite,
  });
}

/** Held changes are read again this long after something has changed: each reading takes a look at the whole text. */
const SETTLE_MS = 1_000;

function useVersion({ rooms }: DocumentReplica): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const onUpdate = () => {
      timer ??= setTimeout(() => {
        timer = null;
        setVersion((before) => before + 1);
      }, SETTLE_MS);
    };
    // What came before anybody listened.
    onUpdate();
    const docs = [rooms.body.doc, rooms.review.doc, rooms.work.doc];
    for (const doc of docs) doc.on('update', onUpdate);
    return () => {
      if (timer !== null) clearTimeout(timer);
      for (const doc of docs) doc.off('update', onUpdate);
    };
  }, [rooms]);
  return version;
}
