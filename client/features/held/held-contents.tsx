/**
 * What is in a held change, for a person to read: the words it writes, those it deletes, struck through where they stand, what
 * else it changes, and how much of it has no words. Headings only where there is more than the words written.
 */
import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { DeletedSince } from '../../../shared/held.ts';
import { useWords } from '../../language/use-words.ts';
import type { DeletionWords, EffectWords } from './effect-words.ts';
import styles from './held-page.module.css';

interface HeldContentsProps {
  words: EffectWords | 'unreadable';
  deletedSince: readonly DeletedSince[];
  /** Whether the reader is to decide: then what will not be done is said here already. */
  isToSettle: boolean;
  /** Why nothing is told beside the words, when it is not. */
  withoutDocument: 'held.notCompared' | 'held.ownCopy';
}

/** So many places are shown before one asks for all. */
const SHOWN_AT_FIRST = 20;

export function HeldContents({ words, deletedSince, isToSettle, withoutDocument }: HeldContentsProps) {
  const say = useWords();
  if (words === 'unreadable') return <p className={styles.said}>{say('held.unreadable')}</p>;
  const { lines, deletions, changes, unnamed, isCompared } = words;
  const isMore = deletions.length + changes.length > 0;
  const isAnything = isMore || lines.length > 0;
  return (
    <>
      {lines.length > 0 && (
        <section aria-label={say('held.part.written')}>
          {isMore && <h3 className={styles.part}>{say('held.part.written')}</h3>}
          <blockquote className={styles.words}>{lines.join('\n')}</blockquote>
        </section>
      )}
      {deletions.length > 0 && (
        <section aria-label={say('held.part.deleted')}>
          <h3 className={styles.part}>{say('held.part.deleted')}</h3>
          <Places items={deletions}>{(deletion) => <Deletion deletion={deletion} />}</Places>
        </section>
      )}
      {changes.length > 0 && (
        <section aria-label={say('held.part.changes')}>
          <h3 className={styles.part}>{say('held.part.changes')}</h3>
          <Places items={changes}>{(sentence) => sentence}</Places>
        </section>
      )}
      {unnamed > 0 && (
        <p className={styles.said}>{say(isAnything ? 'held.unnamed' : 'held.onlyUnnamed', { count: unnamed })}</p>
      )}
      {isCompared && deletedSince.length > 0 && (
        <p className={styles.said}>
          {say('held.deletedSince', {
            count: deletedSince.reduce((sum, { places }) => sum + places, 0),
            names: deletedSince.map(({ name }) => name).join(say('general.separator')),
          })}
        </p>
      )}
      {!isCompared && lines.length === 0 && <p className={styles.said}>{say('held.noWords')}</p>}
      {!isCompared && <p className={styles.said}>{say(withoutDocument)}</p>}
      {isCompared && !isAnything && unnamed === 0 && <p className={styles.said}>{say('held.nothingLeft')}</p>}
      {isToSettle && (isMore || unnamed > 0) && <p className={styles.said}>{say('held.notCarriedOut')}</p>}
    </>
  );
}

function Places<T>({ items, children }: { items: readonly T[]; children: (item: T) => React.ReactNode }) {
  const say = useWords();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <ul className={styles.places}>
        {shown.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places in one text, in its order; nothing in them has a state
          <li key={index}>{children(item)}</li>
        ))}
      </ul>
      {shown.length < items.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          {say('held.showAll', { count: items.length })}
        </Button>
      )}
    </>
  );
}

/** Also for whoever hears it: struck words are announced by a word and not by the line alone. */
function Deletion({ deletion: { place, before, words, after, instead } }: { deletion: DeletionWords }) {
  const say = useWords();
  return (
    <>
      {place !== null && <span className={styles.place}>{place}</span>}
      {instead !== null && <span className={styles.place}>{instead}</span>}
      <span className={styles.around}>{before}</span>
      {words === '' ? (
        instead !== null && before + after !== '' && <span className={styles.between}> ⏎ </span>
      ) : (
        <>
          <VisuallyHidden>{say('held.delete')}</VisuallyHidden>
          <del className={styles.deleted}>{words}</del>
        </>
      )}
      <span className={styles.around}>{after}</span>
    </>
  );
}
