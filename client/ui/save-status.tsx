/**
 * The status beside every title. Its width is that of the longest thing it ever says, so that nothing beside it moves
 * when the words change; a screen reader hears changes politely.
 */
import { useWords } from '../language/use-words.ts';
import { Chip } from './chip.tsx';
import styles from './save-status.module.css';
import { type ShownStatus, statusToWords } from './status-words.ts';

const EVERY: readonly ShownStatus[] = [
  { kind: 'savedOnServer' },
  { kind: 'savedOnDevice' },
  { kind: 'offline', waitingDocuments: 0 },
  { kind: 'offline', waitingDocuments: 8 },
  { kind: 'needsAttention' },
];

export function SaveStatusChip({ status }: { status: ShownStatus }) {
  const say = useWords();
  const shown = statusToWords(status);
  return (
    <span className={styles.place}>
      {EVERY.map((each) => {
        const { key, params } = statusToWords(each);
        return (
          <span key={key} className={styles.measure} aria-hidden="true">
            <Chip dot>{say(key, params)}</Chip>
          </span>
        );
      })}
      <span className={styles.shown} role="status" aria-live="polite">
        <Chip tone={shown.tone} dot>
          {say(shown.key, shown.params)}
        </Chip>
      </span>
    </span>
  );
}
