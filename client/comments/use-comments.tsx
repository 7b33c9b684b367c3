/**
 * The comments of an open document, a case's record among them, in one piece: threads, drafts, which one is being read, and how the panel, the text and
 * the fields speak to each other. The page mounts what it returns.
 */
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { CaseDetail, DocumentSummary } from '../../shared/api.ts';
import { type Anchor, MAX_QUOTE_LENGTH } from '../../shared/events/review-events.ts';
import { mentionsPerson, type Thread } from '../../shared/events/threads.ts';
import type { SaidRole } from '../../shared/permissions.ts';
import type { CommentPlace, EditorComments, EditorCommentsHandle } from '../editor/anchors/comment-contract.ts';
import type { Names } from '../fields/names.ts';
import { useWords } from '../language/use-words.ts';
import type { DocumentReplica, PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { type PageAside, useAside, useIsAsideBeside } from '../ui/aside.tsx';
import { useEnvironment } from '../ui/environment.tsx';
import { useNotice } from '../ui/notices.tsx';
import { type Audienced, describePerson, whoMaySee } from './comment-people.ts';
import { CommentingProvider } from './commenting-context.tsx';
import { CommentsPanel, type PanelItem } from './comments-panel.tsx';
import { FieldComments } from './field-comments.tsx';
import { type FieldPlace, fieldElement, fieldKey, fieldQuote } from './field-places.ts';
import { mentionsIn } from './mention-query.ts';
import { focusCard } from './thread-card.tsx';
import {
  fieldCounts,
  inDocumentOrder,
  isShown,
  marksOf,
  type StateFilter,
  type WhoFilter,
  whereabouts,
} from './thread-view.ts';
import { useCommentKeys } from './use-comment-keys.ts';
import { useDrafts } from './use-drafts.ts';
import { useRecordReview, useThreads } from './use-threads.ts';

interface CommentsOptions {
  readonly session: PersonSession;
  readonly replica: DocumentReplica;
  readonly detail: CaseDetail;
  /** What kind of document it is and who may see it. */
  readonly summary: Audienced & Pick<DocumentSummary, 'kind'>;
  readonly names: Names;
  readonly role: SaidRole;
  /** Nothing more may be written until a problem is settled. */
  readonly isStopped: boolean;
}

export interface Comments {
  readonly mayComment: boolean;
  /** What one may do here, in words. */
  readonly standing: string;
  readonly aside: PageAside;
  readonly editor: EditorComments;
  /** Laid over the fields; to be put into the element that holds them. */
  readonly overFields: ReactNode;
  /** Begins a comment on what is selected in the text, else on the document. */
  readonly comment: () => void;
}

export function useComments(options: CommentsOptions): Comments {
  const { session, replica, detail, summary, names, role, isStopped } = options;
  const say = useWords();
  const notify = useNotice();
  const { uuid } = useEnvironment();
  const { review } = replica.rooms;
  const me = session.me.person.personId;
  const view = useObservable(review.view);
  const { documentState } = useObservable(replica.rooms.body.view);
  const mayComment = view.mayWrite && !isStopped;
  // The record of a case is fields and rows only.
  const hasText = summary.kind !== 'caseRecord';
  const { threads, unreadable } = useThreads(review, detail.members);
  const drafts = useDrafts(session.drafts, replica.documentId, review);
  const recordEvent = useRecordReview(review, me);
  const people = useMemo(() => whoMaySee(detail, summary, names), [detail, summary, names]);

  const [state, setState] = useState<StateFilter>('open');
  const [who, setWho] = useState<WhoFilter>('all');
  const [activeId, setActiveId] = useState<string | null>(null);
  /** The draft that was just begun here: shown although it is empty, with the focus. */
  const [freshId, setFreshId] = useState<string | null>(null);
  const [places, setPlaces] = useState<readonly CommentPlace[]>([]);
  const [labels, setLabels] = useState<ReadonlyMap<string, string | null>>(new Map());
  const text = useRef<EditorCommentsHandle | null>(null);
  const before = useRef<HTMLElement | null>(null);

  const news = useMemo(
    () => [...drafts.news].filter(([id, draft]) => draft.text.trim() !== '' || id === freshId),
    [drafts.news, freshId],
  );
  const open = threads.filter((thread) => !thread.isResolved);
  const aside = useAside('comments', open.length > 0 || news.length > 0);
  const isBeside = useIsAsideBeside();
  const marks = useMemo(() => marksOf(threads, news, activeId, state), [threads, news, activeId, state]);

  /** A card in which one is writing does not go away under the hand, whatever a colleague makes of its thread. */
  const isAnswering = ({ threadId }: Thread) => state === 'open' && drafts.textOf('reply', threadId) !== null;
  const items = panelItems();
  function panelItems(): PanelItem[] {
    const placeById = new Map(places.map((place) => [place.threadId, place]));
    const shown = threads.filter((thread) => isShown(thread, state, who, me) || isAnswering(thread));
    const fieldOrder = [...labels.keys()];
    const all = [
      ...shown.map((thread): PanelItem => {
        const { threadId: id, anchor, firstAnchor } = thread;
        return { kind: 'thread', id, anchor, thread, where: whereabouts(anchor, firstAnchor, placeById.get(id)) };
      }),
      ...(state === 'open' ? news : []).map(([id, draft]): PanelItem => {
        return { kind: 'draft', id, anchor: draft.anchor, draft, isFocused: id === freshId };
      }),
    ];
    return inDocumentOrder(all, places, (place) => fieldOrder.indexOf(fieldKey(place)));
  }

  function begin(anchor: Anchor): void {
    if (!mayComment) {
      const why = role === 'observer' ? 'comments.mayNotRole' : 'comments.mayNotNow';
      notify({ text: say(why, { role: say(`role.${role}`) }) });
      return;
    }
    rememberFocus();
    for (const [id, draft] of drafts.news) if (draft.text.trim() === '') drafts.setNew(id, null);
    const draftId = uuid();
    drafts.setNew(draftId, { anchor, text: '', isBlocking: false });
    setFreshId(draftId);
    setActiveId(null);
    setState('open');
    aside.setOpen(true);
  }

  const quoteOf = (place: FieldPlace) => fieldQuote(document, place).slice(0, MAX_QUOTE_LENGTH);
  const beginOn = (place: FieldPlace) => begin({ of: 'field', ...place, quote: quoteOf(place) });

  /** What has the focus outside the panel, to go back to. */
  function rememberFocus(): void {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.closest('[data-thread]') === null) {
      before.current = activeElement;
    }
  }

  function anchorOf(id: string): Anchor | undefined {
    return threads.find(({ threadId }) => threadId === id)?.anchor ?? drafts.news.get(id)?.anchor;
  }

  function reveal(id: string): void {
    const anchor = anchorOf(id);
    if (anchor === undefined || anchor.of === 'document') return;
    if (!isBeside) aside.setOpen(false);
    if (anchor.of === 'prose') text.current?.reveal(id);
    else fieldElement(document, anchor)?.scrollIntoView({ block: 'center' });
  }

  /** Makes it the one being read, with its card in sight. */
  function show(thread: Thread): void {
    const { threadId, isResolved } = thread;
    setActiveId(threadId);
    if (!isShown(thread, state, who, me)) {
      setState(isResolved ? 'resolved' : 'open');
      setWho('all');
    }
    aside.setOpen(true);
  }

  function openThread(threadId: string): void {
    const thread = threads.find((each) => each.threadId === threadId);
    if (thread !== undefined) show(thread);
  }

  function go(by: -1 | 1): void {
    const shown = items.flatMap((item) => (item.kind === 'thread' ? [item.thread] : []));
    const at = shown.findIndex(({ threadId }) => threadId === activeId);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length];
    if (next === undefined) {
      notify({ text: say(threads.length === 0 ? 'comments.empty' : 'comments.emptyOpen') });
      return;
    }
    rememberFocus();
    show(next);
    if (!isBeside) return;
    // The card is there after this turn.
    requestAnimationFrame(() => {
      focusCard(next.threadId);
      reveal(next.threadId);
    });
  }

  function backToText(): void {
    if (!isBeside) aside.setOpen(false);
    if (activeId !== null && text.current?.enter(activeId) === true) return;
    if (before.current?.isConnected === true) before.current.focus();
    else document.querySelector<HTMLElement>('.prose-text')?.focus();
  }

  useCommentKeys({ go, comment: (place) => (place === null ? begin({ of: 'document' }) : beginOn(place)) });

  const commenting = {
    me,
    role,
    review,
    mayComment,
    hasText,
    people,
    drafts,
    waiting: view.connected ? NONE : drafts.waiting,
    personOf: (personId: string) => describePerson(personId, detail, names, say),
    placeLabel: (place: FieldPlace) => {
      const label = labels.get(fieldKey(place));
      return label === undefined ? say('comments.somewhere') : label;
    },
    record: (event: Parameters<typeof recordEvent>[0]) => {
      const isNaming = event.type === 'comment' || event.type === 'reply' || event.type === 'edit';
      const key = recordEvent(isNaming ? { ...event, mentions: mentionsIn(event.text, people) } : event);
      drafts.noteSent(key);
      return key;
    },
    reveal,
    backToText,
  };
  const active = activeId === null ? undefined : anchorOf(activeId);
  const standing = mayComment
    ? say(documentState !== 'draft' ? 'comments.mayFrozen' : hasText ? 'comments.may' : 'comments.mayFields')
    : say(role === 'observer' ? 'comments.mayNotRole' : 'comments.mayNotNow', { role: say(`role.${role}`) });

  return {
    mayComment,
    standing,
    comment: () => (text.current === null ? begin({ of: 'document' }) : text.current.comment()),
    aside: {
      ...aside,
      label: say('comments.title'),
      count: open.length,
      children: (
        <CommentingProvider value={commenting}>
          <CommentsPanel
            items={items}
            counts={{
              open: open.length,
              resolved: threads.length - open.length,
              mentionsMe: open.filter((thread) => mentionsPerson(thread, me)).length,
            }}
            state={state}
            who={who}
            activeId={activeId}
            standing={standing}
            unreadable={unreadable}
            isFailed={view.load.kind === 'failed'}
            onState={setState}
            onWho={setWho}
            onOpen={(threadId) => {
              setActiveId(threadId);
              requestAnimationFrame(() => reveal(threadId));
            }}
            onGo={go}
            onDraftDone={(threadId) => {
              setFreshId(null);
              if (threadId === null) return;
              setActiveId(threadId);
              requestAnimationFrame(() => focusCard(threadId));
            }}
            onWriteOnDocument={() => begin({ of: 'document' })}
          />
        </CommentingProvider>
      ),
    },
    editor: {
      marks,
      mayComment,
      begin: (anchor) => begin(anchor ?? { of: 'document' }),
      open: openThread,
      reanchor: (threadId, anchor) => void recordEvent({ type: 'reanchor', threadId, anchor }),
      placed: setPlaces,
      connect: (handle) => {
        text.current = handle;
      },
    },
    overFields: (
      <FieldComments
        counts={fieldCounts(open)}
        active={active?.of === 'field' ? active : null}
        mayComment={mayComment}
        onOpen={openThread}
        onComment={beginOn}
        onLabels={setLabels}
      />
    ),
  };
}

const NONE: ReadonlySet<string> = new Set();
