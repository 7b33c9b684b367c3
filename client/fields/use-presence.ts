/** Who else is here, as React reads it: anew whenever awareness changes, the same object while it says the same. */
import { useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { NOBODY, type Presence, readPresence } from './presence.ts';

export function usePresence(awareness: Awareness, ownPersonId: string): Presence {
  const [presence, setPresence] = useState<Presence>(NOBODY);
  useEffect(() => {
    const read = () =>
      setPresence((before) => {
        const next = readPresence(awareness.getStates(), ownPersonId);
        return isSame(before, next) ? before : next;
      });
    read();
    awareness.on('change', read);
    return () => awareness.off('change', read);
  }, [awareness, ownPersonId]);
  return presence;
}

const shape = ({ people, peopleByCell }: Presence) =>
  JSON.stringify([people, [...peopleByCell].map(([key, here]) => [key, here.map((person) => person.personId)])]);

function isSame(a: Presence, b: Presence): boolean {
  return shape(a) === shape(b);
}
