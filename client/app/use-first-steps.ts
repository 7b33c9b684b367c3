/**
 * Whether the guided start stands before the list of cases: in a house where nothing has been made yet, from its first
 * administrator's first sight of it until there is a case or they put it off. Remembered on this device, for this person.
 */
import { useEffect, useState } from 'react';
import type { PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { useEnvironment } from '../ui/environment.tsx';

export interface FirstStepsState {
  /** In place of the list of cases. */
  readonly isShown: boolean;
  /** Put off and not done: the list offers to go on. */
  readonly isLeft: boolean;
  leave(): void;
}

export function useFirstSteps(session: PersonSession): FirstStepsState {
  const { choices } = useEnvironment();
  const { person } = session.me;
  const key = `concord-first-steps-${person.personId}`;
  const cases = useObservable(session.catalogue.cases);
  const { people } = useObservable(session.catalogue.directory);
  const isFetched = useObservable(session.catalogue.fetchedAtMs) !== null;
  const [chosen, setChosen] = useState(() => choices.getItem(key));
  const isNewHouse = person.isAdministrator && isFetched && cases.length === 0 && people.length <= 1;
  const state = chosen ?? (isNewHouse ? 'open' : null);
  useEffect(() => {
    // From now on it stays, also when the first person has been added.
    if (chosen === null && isNewHouse) {
      choices.setItem(key, 'open');
      setChosen('open');
    }
  }, [chosen, isNewHouse, choices, key]);
  return {
    isShown: state === 'open' && cases.length === 0,
    isLeft: state === 'left' && cases.length === 0,
    leave: () => {
      choices.setItem(key, 'left');
      setChosen('left');
    },
  };
}
