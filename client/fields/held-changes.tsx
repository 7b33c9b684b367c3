/**
 * How many changes of others wait until the word that is being composed is there. Said only once they have waited a while,
 * for most words are composed faster; hangs over the page, so that nothing moves when it comes and goes.
 */
import { useEffect, useState } from 'react';
import { useWords } from '../language/use-words.ts';
import type { RoomReplica } from '../replica/contract.ts';
import { useObserved } from '../replica/hooks.ts';
import { Chip } from '../ui/chip.tsx';
import styles from './held-changes.module.css';

const SAID_AFTER_MS = 2_000;

export function HeldChanges({ room }: { room: Pick<RoomReplica, 'view'> }) {
  const say = useWords();
  const count = useObserved(room.view, ({ heldChanges }) => heldChanges);
  const isWaiting = count > 0;
  const [isSaid, setSaid] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = window.setTimeout(() => setSaid(true), SAID_AFTER_MS);
    return () => {
      window.clearTimeout(timer);
      setSaid(false);
    };
  }, [isWaiting]);
  return (
    <div className={styles.place} role="status">
      {isWaiting && isSaid && (
        <span className={styles.note}>
          <Chip tone="warn">{say('problem.heldChanges', { count })}</Chip>
        </span>
      )}
    </div>
  );
}
