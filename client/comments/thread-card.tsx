/** One thread in the panel: what it is about, the comment, the replies, and what may be done with it. */
import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { settleRefusal } from '../../shared/events/review-rules.ts';
import type { Thread } from '../../shared/events/threads.ts';
import { formatMomentShort } from '../language/dates.ts';
import { useWords } from '../language/use-words.ts';
import { useEnvironment } from '../ui/environment.tsx';
import { About } from './about.tsx';
import { CommentBox } from './comment-box.tsx';
import { useCommenting } from './commenting-context.tsx';
import styles from './comments.module.css';
import { RemarkView } from './remark-view.tsx';
import type { Whereabouts } from './thread-view.ts';

interface ThreadCardProps {
  thread: Thread;
  where: Whereabouts;
  isActive: boolean;
  onOpen: () => void;
  onGo: (by: -1 | 1) => void;
}

export function ThreadCard({ thread, where, isActive, onOpen, onGo }: ThreadCardProps) {
  const say = useWords();
  const { now } = useEnvironment();
  const { drafts, people, review, personOf, record, backToText, mayComment } = useCommenting();
  const { threadId, comment, replies, settled, isResolved } = thread;
  const kept = drafts.textOf('reply', threadId);
  const [isReplying, setReplying] = useState(false);
  const card = useRef<HTMLElement>(null);
  // Also when the panel has only just come with it.
  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const reply = () => {
    onOpen();
    setReplying(true);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys of the card itself; boxes and buttons in it have their own.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'j' || key === 'arrowdown') onGo(1);
    else if (key === 'k' || key === 'arrowup') onGo(-1);
    else if (key === 'enter') onOpen();
    else if (key === 'r' && mayComment) reply();
    else if (key === 'escape') backToText();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <li>
      <article
        ref={card}
        className={styles.card}
        data-thread={threadId}
        data-active={isActive}
        aria-label={say('comments.by', { name: personOf(comment.authorId).name })}
        aria-current={isActive}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a stop of its own, so that one goes from thread to thread
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const isControl = event.target instanceof Element && event.target.closest('button, textarea, a, [role=menu]');
          if (!isControl) onOpen();
        }}
      >
        <RemarkView remark={comment} isBlocking={thread.isBlocking} about={<About where={where} onReveal={onOpen} />} />
        {replies.length > 0 && (
          <div className={styles.replies}>
            {replies.map((each) => (
              <RemarkView key={each.remarkId} remark={each} />
            ))}
          </div>
        )}
        {settled !== null && (
          <p className={styles.settled}>
            {say(isResolved ? 'comments.resolvedBy' : 'comments.reopenedBy', {
              name: personOf(settled.by).name,
              time: formatMomentShort(settled.atMs, now()),
            })}
          </p>
        )}
        {(isReplying || kept !== null) && mayComment ? (
          <CommentBox
            room={review}
            value={kept ?? ''}
            people={people}
            label={say('comments.replyBox')}
            hint={say('comments.replyHint')}
            sendLabel={say('comments.reply')}
            isFocused={isReplying}
            onChange={(text) => drafts.setText('reply', threadId, text === '' ? null : text)}
            onSend={() => {
              record({ type: 'reply', threadId, text: kept ?? '', mentions: [] });
              drafts.setText('reply', threadId, null);
              setReplying(false);
              focusCard(threadId);
            }}
            onLeave={() => focusCard(threadId)}
            onDiscard={() => {
              drafts.setText('reply', threadId, null);
              setReplying(false);
              focusCard(threadId);
            }}
          />
        ) : (
          <ThreadActs thread={thread} onReply={reply} />
        )}
      </article>
    </li>
  );
}

function ThreadActs({ thread, onReply }: { thread: Thread; onReply: () => void }) {
  const say = useWords();
  const { me, role, mayComment, record } = useCommenting();
  if (!mayComment) return null;
  const { threadId, comment, isResolved } = thread;
  const act = isResolved ? 'reopen' : 'resolve';
  const refusal = settleRefusal({ personId: me, role }, { ...thread, authorId: comment.authorId }, act);
  return (
    <div className={styles.acts}>
      <Button variant="subtle" size="compact-sm" onClick={onReply}>
        {say('comments.reply')}
      </Button>
      {refusal === null ? (
        <Button variant="subtle" size="compact-sm" onClick={() => record({ type: act, threadId })}>
          {say(`comments.${act}`)}
        </Button>
      ) : (
        <span className={styles.quiet}>
          {say(refusal === 'blocking' ? 'comments.onlyBlocking' : 'comments.onlyEditors')}
        </span>
      )}
    </div>
  );
}

/** Puts the focus on a thread's card. */
export function focusCard(threadId: string): void {
  document.querySelector<HTMLElement>(`[data-thread="${CSS.escape(threadId)}"]`)?.focus();
}
