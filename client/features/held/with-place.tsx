/** The document into which words may be added, opened for as long as its held changes are being settled. */
import type { ReactNode } from 'react';
import type { DocumentSummary } from '../../../shared/api.ts';
import type { DocumentReplica, PersonSession } from '../../replica/contract.ts';
import { useDocument, useObserved } from '../../replica/hooks.ts';

/** Where words may be added now. */
export interface Place {
  readonly replica: DocumentReplica;
  readonly documentId: string;
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
  if (text.load.kind === 'loading' || talk.load.kind === 'loading') return children(null);
  // The record of a case is fields and rows only; of a kind of a newer version nothing is known.
  const hasText = summary.kind !== 'caseRecord' && summary.kind !== 'unknown';
  return children({
    replica,
    documentId: summary.documentId,
    mayWriteText: hasText && text.mayWrite && text.documentState === 'draft',
    mayComment: talk.mayWrite,
  });
}
