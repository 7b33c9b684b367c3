/** Under the sign-in form: what a person may count on here without a network, said before they rely on it. */
import { useWords } from '../language/use-words.ts';
import type { OfflineStart, Program } from '../offline/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import styles from './program.module.css';

const WORDS = {
  impossible: 'program.impossible',
  preparing: 'program.firstNeedsNetwork',
  failed: 'program.firstNeedsNetwork',
  ready: 'program.readyToSignIn',
} as const satisfies Record<OfflineStart, string>;

export function OfflineStartNote({ program, isSecureOrigin }: { program: Program; isSecureOrigin: boolean }) {
  const say = useWords();
  const offlineStart = useObservable(program.offlineStart);
  return isSecureOrigin ? (
    <p className={styles.note}>{say(WORDS[offlineStart])}</p>
  ) : (
    <p className={styles.insecure}>{say('signIn.insecure')}</p>
  );
}
