/**
 * How React reads the replica: values through `useSyncExternalStore`, a document opened for as long as a
 * component shows it. Nothing here owns a Y.Doc; StrictMode's double effects open and release in pairs.
 */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { DocumentReplica, Observable, PersonSession } from './contract.ts';
import { isSameData } from './observable.ts';

/** The value now, and a render whenever it changes. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.get);
}

/**
 * What is taken from the value, and a render only when that changes: a page is not drawn anew for every keystroke that
 * waits for its acknowledgement. Compared as plain data.
 */
export function useObserved<T, Part>(observable: Observable<T>, take: (value: T) => Part): Part {
  const known = useRef<{ part: Part } | null>(null);
  const read = () => {
    const part = take(observable.get());
    if (known.current === null || !isSameData(known.current.part, part)) known.current = { part };
    return known.current.part;
  };
  return useSyncExternalStore(observable.subscribe, read);
}

/**
 * The document while this component shows it; null for the first moment. A fresh copy (after `startFresh`, here or in
 * another tab) comes as another object: key whatever is bound to its Y.Docs by it.
 */
export function useDocument(session: PersonSession, documentId: string): DocumentReplica | null {
  const [replica, setReplica] = useState<DocumentReplica | null>(null);
  useEffect(() => {
    let end = () => {};
    let current: DocumentReplica | null = null;
    function open() {
      end();
      current?.release();
      const opened = session.openDocument(documentId);
      current = opened;
      end = opened.replaced.subscribe(open);
      setReplica(opened);
    }
    open();
    return () => {
      end();
      current?.release();
      setReplica(null);
    };
  }, [session, documentId]);
  return replica?.documentId === documentId ? replica : null;
}
