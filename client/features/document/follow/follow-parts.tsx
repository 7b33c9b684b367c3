/** What one sees of following: the lines of the document's menu, and a quiet note over the page while it lasts. */
import { Button, Menu } from '@mantine/core';
import { useWords } from '../../../language/use-words.ts';
import styles from './follow.module.css';
import type { Following } from './use-follow.ts';

/** The recorder first, then everybody else who is here. */
export function FollowMenu({ following, recorderId }: { following: Following; recorderId: string | null }) {
  const say = useWords();
  const { reading, follow } = following;
  const people = [...reading.present].sort(([a], [b]) => Number(b === recorderId) - Number(a === recorderId));
  if (people.length === 0) return null;
  return (
    <>
      {people.map(([personId, name]) => (
        <Menu.Item key={personId} onClick={() => follow(personId)}>
          {personId === recorderId ? say('follow.recorderNamed', { name }) : say('follow.person', { name })}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}

/** One click for what is wanted most, where there is room for it. */
export function FollowRecorder({ following, recorderId }: { following: Following; recorderId: string | null }) {
  const say = useWords();
  const { reading, personId, follow } = following;
  if (recorderId === null || personId !== null || !reading.present.has(recorderId)) return null;
  return (
    <Button variant="default" className={styles.wideOnly} onClick={() => follow(recorderId)}>
      {say('follow.recorder')}
    </Button>
  );
}

/** @param nameOf the name of somebody who may have left */
export function FollowNote({ following, nameOf }: { following: Following; nameOf: (personId: string) => string }) {
  const say = useWords();
  const { reading, personId, stop } = following;
  const isHere = personId !== null && reading.present.has(personId);
  const isFollowed = reading.followerCount > 0 || reading.isProjected;
  if (personId === null && !isFollowed) return null;
  return (
    <div className={styles.place}>
      <div className={styles.note} role="status">
        {personId !== null ? (
          <>
            <span>{say(isHere ? 'follow.following' : 'follow.away', { name: nameOf(personId) })}</span>
            <Button variant="subtle" size="compact-sm" onClick={stop}>
              {say('follow.stop')}
            </Button>
          </>
        ) : (
          <span className={styles.quiet}>
            {[
              ...(reading.isProjected ? [say('follow.projected')] : []),
              ...(reading.followerCount > 0 ? [say('follow.followers', { count: reading.followerCount })] : []),
            ].join(say('attendance.between'))}
          </span>
        )}
      </div>
    </div>
  );
}
