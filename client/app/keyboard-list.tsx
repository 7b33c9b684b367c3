/** The list of keys. It only tells: what keys do is bound where they act. */
import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useWords } from '../language/use-words.ts';
import styles from './keyboard-list.module.css';
import { KEY_GROUPS, type KeyRow } from './keys.ts';

interface KeyboardListProps {
  opened: boolean;
  isApple: boolean;
  onClose: () => void;
}

export function KeyboardList({ opened, isApple, onClose }: KeyboardListProps) {
  const say = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={say('keys.title')}
      closeButtonProps={{ 'aria-label': say('general.close') }}
    >
      <div className={styles.groups}>
        {KEY_GROUPS.map(({ title, rows }) => (
          <section key={title}>
            <h3 className={styles.heading}>{say(title)}</h3>
            <dl className={styles.rows}>
              {rows.map((row) => (
                <div key={row.word} className={styles.row}>
                  <dt>{say(row.word)}</dt>
                  <dd>
                    <Keys row={row} isApple={isApple} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const APPLE_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };

function Keys({ row, isApple }: { row: KeyRow; isApple: boolean }) {
  const say = useWords();
  const name = (key: string) => (isApple ? (APPLE_NAMES[key] ?? key) : key === 'Mod' ? 'Ctrl' : key);
  return row.keys.map((together, index) => (
    <Fragment key={together.join('-')}>
      {index > 0 && <span className={styles.or}> {say('keys.or')} </span>}
      {together.map((key) => (
        <kbd key={key} className={styles.key}>
          {name(key)}
        </kbd>
      ))}
    </Fragment>
  ));
}
