/**
 * A newer version of the program, offered at the corner of the page: over it, so that nothing moves under anybody's hands, and
 * put away with one click. Once asked for, it says what the page still waits for. Stands outside of the page's own boundary.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../language/use-words.ts';
import type { Program, ReloadState } from '../offline/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import styles from './program.module.css';

export function ProgramNotice({ program }: { program: Program }) {
  const state = useObservable(program.reloadState);
  const [isPutAway, setPutAway] = useState(false);
  const isShown = state.kind !== 'current' && !(state.kind === 'offered' && isPutAway);
  return (
    <div role="status" aria-live="polite" className={styles.place}>
      {isShown && <Shown program={program} state={state} onPutAway={() => setPutAway(true)} />}
    </div>
  );
}

function Shown({ program, state, onPutAway }: { program: Program; state: ReloadState; onPutAway: () => void }) {
  const say = useWords();
  switch (state.kind) {
    case 'current':
      return null;
    case 'reloading':
      return <div className={styles.notice}>{say('program.reloading')}</div>;
    case 'offered':
      return (
        <div className={styles.notice}>
          <span className={styles.words}>{say('program.newVersion')}</span>
          <Button variant="subtle" onClick={() => void program.reload()}>
            {say('general.reload')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onPutAway}>
            {say('program.later')}
          </Button>
        </div>
      );
    case 'waiting': {
      const { obstacle } = state;
      const isLosable = obstacle === 'looseWords' || obstacle === 'unstored';
      return (
        <div className={styles.notice}>
          <span className={styles.words}>{say(`program.obstacle.${obstacle}`)}</span>
          {isLosable && (
            <Button variant="subtle" color="bad" onClick={() => void program.reload({ givesUp: obstacle })}>
              {say('program.reloadAnyway')}
            </Button>
          )}
          <Button variant="subtle" color="gray" onClick={program.cancelReload}>
            {say('general.cancel')}
          </Button>
        </div>
      );
    }
  }
}
