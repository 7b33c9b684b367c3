// @vitest-environment happy-dom
/** React and the replica: values follow, and StrictMode's double effects open and release a document in pairs. */
import { act, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it } from 'vitest';
import type { DocumentReplica, Observable, PersonSession } from '../../../client/replica/contract.ts';
import { useDocument, useObservable, useObserved } from '../../../client/replica/hooks.ts';
import { observableOf } from '../../../client/replica/observable.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function DocumentPage({ session, see }: { session: PersonSession; see: (replica: DocumentReplica | null) => void }) {
  see(useDocument(session, 'd'));
  return null;
}

function ValuePage({ value, see }: { value: Observable<{ n: number }>; see: (n: number) => void }) {
  see(useObservable(value).n);
  return null;
}

function PartPage(props: { value: Observable<{ n: number; other: number }>; see: (part: { n: number }) => void }) {
  props.see(useObserved(props.value, ({ n }) => ({ n })));
  return null;
}

/** A session that only counts who has what open. */
function countingSession() {
  const open = new Map<DocumentReplica, number>();
  const replaced = observableOf(false);
  const made: DocumentReplica[] = [];
  const session = {
    openDocument: (documentId: string) => {
      const known = made.at(-1);
      const isFresh = known === undefined || replaced.get();
      const replica = isFresh
        ? ({
            documentId,
            replaced: isFresh && known !== undefined ? observableOf(false) : replaced,
            release: () => void open.set(replica, (open.get(replica) ?? 0) - 1),
          } as unknown as DocumentReplica)
        : known;
      if (isFresh) made.push(replica);
      open.set(replica, (open.get(replica) ?? 0) + 1);
      return replica;
    },
  } as PersonSession;
  return { session, open, replaced, made };
}

describe('useDocument', () => {
  it('has the document open exactly once under StrictMode and not at all afterwards', async () => {
    const { session, open } = countingSession();
    const seen: (DocumentReplica | null)[] = [];
    const root = createRoot(document.createElement('div'));
    await act(async () =>
      root.render(
        <StrictMode>
          <DocumentPage session={session} see={(replica) => seen.push(replica)} />
        </StrictMode>,
      ),
    );
    expect(seen.at(-1)?.documentId).toBe('d');
    expect([...open.values()]).toEqual([1]);
    await act(async () => root.unmount());
    expect([...open.values()]).toEqual([0]);
  });

  it('gives a fresh replica when the local copy was thrown away', async () => {
    const { session, open, replaced, made } = countingSession();
    const seen: (DocumentReplica | null)[] = [];
    const root = createRoot(document.createElement('div'));
    await act(async () => root.render(<DocumentPage session={session} see={(replica) => seen.push(replica)} />));
    expect(seen.at(-1)).toBe(made[0]);
    await act(async () => replaced.set(true));
    expect(made.length).toBe(2);
    expect(seen.at(-1)).toBe(made[1]);
    expect(made.map((replica) => open.get(replica))).toEqual([0, 1]);
    await act(async () => root.unmount());
  });
});

describe('useObservable', () => {
  it('renders when the value changes, and not when it is set to an equal one', async () => {
    const value = observableOf({ n: 1 });
    const seen: number[] = [];
    const root = createRoot(document.createElement('div'));
    await act(async () => root.render(<ValuePage value={value} see={(n) => seen.push(n)} />));
    await act(async () => value.set({ n: 1 }));
    await act(async () => value.set({ n: 2 }));
    expect(seen).toEqual([1, 2]);
    await act(async () => root.unmount());
  });
});

describe('useObserved', () => {
  it('renders only when the part that is taken changes', async () => {
    const value = observableOf({ n: 1, other: 1 });
    const seen: { n: number }[] = [];
    const root = createRoot(document.createElement('div'));
    await act(async () => root.render(<PartPage value={value} see={(part) => seen.push(part)} />));
    await act(async () => value.set({ n: 1, other: 2 }));
    await act(async () => value.set({ n: 2, other: 2 }));
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
    await act(async () => root.unmount());
  });
});
