/** One comment or reply: who, when, the words with the people they name, and what its author may still do with it. */
import { ActionIcon, Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Remark } from '../../shared/events/threads.ts';
import { formatMoment, formatMomentShort } from '../language/dates.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import { Chip } from '../ui/chip.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useEnvironment } from '../ui/environment.tsx';
import { Face } from '../ui/face.tsx';
import { MoreIcon } from '../ui/icons.tsx';
import { CommentBox } from './comment-box.tsx';
import { useCommenting } from './commenting-context.tsx';
import styles from './comments.module.css';
import { mentionPieces } from './mention-query.ts';

interface RemarkViewProps {
  remark: Remark;
  isBlocking?: boolean;
  /** What it is about, between its author and its words. */
  about?: ReactNode;
}

export function RemarkView({ remark, isBlocking = false, about }: RemarkViewProps) {
  const say = useWords();
  const language = useLanguage();
  const { now } = useEnvironment();
  const { me, mayComment, drafts, people, review, personOf, waiting, record } = useCommenting();
  const [isAsking, setAsking] = useState(false);
  const { remarkId, authorId, atMs, text, isEdited, isWithdrawn } = remark;
  const author = personOf(authorId);
  const isMine = authorId === me && mayComment && !isWithdrawn;
  const changed = isMine ? drafts.textOf('edit', remarkId) : null;

  return (
    <div className={styles.remark}>
      <div className={styles.who}>
        <Face person={{ personId: authorId, name: author.name }} size={24} />
        <span className={styles.name}>{author.name}</span>
        <span className={styles.note} title={author.note}>
          {author.note}
        </span>
        {isBlocking && <Chip tone="bad">{say('comments.blocking')}</Chip>}
        {isMine && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon className={styles.more} aria-label={say('comments.more')}>
                <MoreIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => drafts.setText('edit', remarkId, text)}>{say('comments.edit')}</Menu.Item>
              <Menu.Item color="bad" onClick={() => setAsking(true)}>
                {say('comments.withdraw')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {about}
      {changed !== null ? (
        <CommentBox
          room={review}
          value={changed}
          people={people}
          label={say('comments.box')}
          hint={say('comments.boxHint')}
          sendLabel={say('general.save')}
          onChange={(next) => drafts.setText('edit', remarkId, next)}
          onSend={() => {
            record({ type: 'edit', of: remarkId, text: changed, mentions: [] });
            drafts.setText('edit', remarkId, null);
          }}
          onLeave={() => {}}
          onDiscard={() => drafts.setText('edit', remarkId, null)}
        />
      ) : (
        <p className={isWithdrawn ? styles.quiet : styles.text}>
          {isWithdrawn ? say('comments.withdrawn') : <WithMentions remark={remark} />}
        </p>
      )}
      <div className={styles.when}>
        <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, language)}>
          {formatMomentShort(atMs, now())}
        </time>
        {isEdited && !isWithdrawn && <span>{say('comments.edited')}</span>}
        {waiting.has(remarkId) && <span className={styles.waiting}>{say('comments.waiting')}</span>}
      </div>
      <ConfirmDialog
        opened={isAsking}
        title={say('comments.withdrawTitle')}
        confirmLabel={say('comments.withdraw')}
        onConfirm={() => record({ type: 'withdraw', of: remarkId })}
        onClose={() => setAsking(false)}
      >
        {say('comments.withdrawExplanation')}
      </ConfirmDialog>
    </div>
  );
}

function WithMentions({ remark: { text, mentions } }: { remark: Remark }) {
  const { me, personOf } = useCommenting();
  const named = mentions.map((personId) => ({ personId, name: personOf(personId).name }));
  return mentionPieces(text, named).map((piece, n) =>
    piece.personIds.length === 0 ? (
      piece.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
      <span key={n} className={styles.named} data-me={piece.personIds.includes(me)}>
        {piece.text}
      </span>
    ),
  );
}
