/** The panel beside a document: filters, threads in the order of the document with what is being written among them. */
import { Button, SegmentedControl } from '@mantine/core';
import type { Anchor } from '../../shared/events/review-events.ts';
import type { Thread } from '../../shared/events/threads.ts';
import { useWords } from '../language/use-words.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useCommenting } from './commenting-context.tsx';
import styles from './comments.module.css';
import { DraftCard } from './draft-card.tsx';
import { ThreadCard } from './thread-card.tsx';
import type { StateFilter, Whereabouts, WhoFilter } from './thread-view.ts';
import type { NewComment } from './use-drafts.ts';

export type PanelItem =
  | {
      readonly kind: 'thread';
      readonly id: string;
      readonly anchor: Anchor;
      readonly thread: Thread;
      readonly where: Whereabouts;
    }
  | {
      readonly kind: 'draft';
      readonly id: string;
      readonly anchor: Anchor;
      readonly draft: NewComment;
      readonly isFocused: boolean;
    };

interface CommentsPanelProps {
  items: readonly PanelItem[];
  counts: { readonly open: number; readonly resolved: number; readonly mentionsMe: number };
  state: StateFilter;
  who: WhoFilter;
  activeId: string | null;
  /** What one may do here, in words. */
  standing: string;
  unreadable: number;
  isFailed: boolean;
  onState: (state: StateFilter) => void;
  onWho: (who: WhoFilter) => void;
  onOpen: (threadId: string) => void;
  onGo: (by: -1 | 1) => void;
  onDraftDone: (threadId: string | null) => void;
  onWriteOnDocument: () => void;
}

export function CommentsPanel(props: CommentsPanelProps) {
  const { items, counts, state, who, activeId, standing, unreadable, isFailed } = props;
  const say = useWords();
  const { mayComment, hasText } = useCommenting();
  return (
    <>
      {counts.open + counts.resolved > 0 && (
        <div className={styles.filters}>
          <SegmentedControl<StateFilter>
            fullWidth
            aria-label={say('comments.state')}
            value={state}
            onChange={props.onState}
            data={[
              { value: 'open', label: say('comments.open', { count: counts.open }) },
              { value: 'resolved', label: say('comments.resolved', { count: counts.resolved }) },
            ]}
          />
          <SegmentedControl<WhoFilter>
            fullWidth
            aria-label={say('comments.which')}
            value={who}
            onChange={props.onWho}
            data={[
              { value: 'all', label: say('comments.all') },
              { value: 'mine', label: say('comments.mine') },
              { value: 'mentionsMe', label: say('comments.mentionsMe', { count: counts.mentionsMe }) },
            ]}
          />
        </div>
      )}
      <div className={styles.scroll}>
        {isFailed && (
          <p role="alert" className={styles.note}>
            {say('comments.notLoaded')}
          </p>
        )}
        {items.length === 0 && !isFailed && <Empty {...props} />}
        <ol className={styles.list} aria-label={say('comments.list')}>
          {items.map((item) =>
            item.kind === 'thread' ? (
              <ThreadCard
                key={item.id}
                thread={item.thread}
                where={item.where}
                isActive={item.id === activeId}
                onOpen={() => props.onOpen(item.id)}
                onGo={props.onGo}
              />
            ) : (
              <DraftCard
                key={item.id}
                draftId={item.id}
                draft={item.draft}
                isFocused={item.isFocused}
                onDone={props.onDraftDone}
              />
            ),
          )}
        </ol>
        {unreadable > 0 && <p className={styles.note}>{say('comments.unreadable', { count: unreadable })}</p>}
      </div>
      <div className={styles.foot}>
        <p className={styles.quiet}>{standing}</p>
        {mayComment && (
          <Button variant="default" fullWidth onClick={props.onWriteOnDocument}>
            {say(hasText ? 'comments.writeOnDocument' : 'comments.writeOnCase')}
          </Button>
        )}
        {items.length > 1 && <p className={styles.keys}>{say(hasText ? 'comments.keys' : 'comments.keysFields')}</p>}
      </div>
    </>
  );
}

/** Says what is missing and the next step. */
function Empty({ counts, state }: CommentsPanelProps) {
  const say = useWords();
  const { mayComment, hasText } = useCommenting();
  if (counts.open + counts.resolved === 0) {
    const howTo = hasText ? 'comments.emptyNext' : 'comments.emptyNextFields';
    const next = mayComment ? say(howTo, { keys: 'Ctrl+Alt+M' }) : say('comments.emptyReader');
    return <EmptyState title={say('comments.empty')} next={next} />;
  }
  const inState = state === 'open' ? counts.open : counts.resolved;
  return (
    <EmptyState
      title={say(state === 'open' ? 'comments.emptyOpen' : 'comments.emptyResolved')}
      next={inState > 0 ? say('comments.emptyFiltered') : undefined}
    />
  );
}
