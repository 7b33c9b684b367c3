/** How much room the browser gives, how much is used, and whether it may take it back by itself. Estimates, said as such. */
import { formatBytes } from '../../language/sizes.ts';
import { useLanguage, useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import text from '../../ui/page-text.module.css';
import styles from './device-page.module.css';

export function StorageSection({ session }: { session: PersonSession }) {
  const say = useWords();
  const language = useLanguage();
  const { usageBytes, quotaBytes, isPersisted, isNearlyFull } = useObservable(session.storage);
  return (
    <section aria-labelledby="storage-heading">
      <div className={text.heading}>
        <h2 id="storage-heading">{say('device.storage')}</h2>
      </div>
      {usageBytes === null || quotaBytes === null ? (
        <p>{say('device.storageUnknown')}</p>
      ) : (
        <>
          <p>
            {say(isNearlyFull ? 'device.storageNearlyFull' : 'device.storageUsed', {
              used: formatBytes(usageBytes, language),
              quota: formatBytes(quotaBytes, language),
            })}
          </p>
          <meter
            className={styles.meter}
            aria-label={say('device.storage')}
            min={0}
            max={quotaBytes}
            high={quotaBytes * 0.8}
            value={usageBytes}
          />
        </>
      )}
      <p className={styles.note}>
        {say(
          isPersisted === true
            ? 'device.persisted'
            : isPersisted === false
              ? 'device.notPersisted'
              : 'device.persistedUnknown',
        )}
      </p>
    </section>
  );
}
