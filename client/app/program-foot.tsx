/** At the foot of the navigation: whether the program itself opens here without a network, and a newer version that was put away. */
import { useWords } from '../language/use-words.ts';
import type { Program } from '../offline/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import styles from './program.module.css';

export function ProgramFoot({ program, isSecureOrigin }: { program: Program; isSecureOrigin: boolean }) {
  const say = useWords();
  const offlineStart = useObservable(program.offlineStart);
  const isOffered = useObservable(program.reloadState).kind === 'offered';
  if (!isSecureOrigin) return <p className={styles.insecure}>{say('signIn.insecure')}</p>;
  // One in the place of the other, so that nothing moves.
  return (
    <div className={styles.foot}>
      {isOffered ? (
        <button type="button" className={styles.link} onClick={() => void program.reload()}>
          {say('program.newVersionReload')}
        </button>
      ) : (
        say(`program.${offlineStart}`)
      )}
    </div>
  );
}
