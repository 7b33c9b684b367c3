/**
 * Who else is here, as React reads it: anew whenever awareness changes, the same object while it says the same; so are the
 * people of each cell, so that a colleague's step from one cell to another draws these two and no other.
 */
import { useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { FacePerson } from '../ui/face.tsx';
import { NOBODY, type Presence, readPresence } from './presence.ts';

export function usePresence(awareness: Awareness, ownPersonId: string): Presence {
  const [presence, setPresence] = useState<Presence>(NOBODY);
  useEffect(() => {
    const read = () => setPresence((before) => keepSame(before, readPresence(awareness.getStates(), ownPersonId)));
    read();
    awareness.on('change', read);
    return () => awareness.off('change', read);
  }, [awareness, ownPersonId]);
  return presence;
}

/** The newer presence, of the earlier one's parts wherever they say the same. */
function keepSame(before: Presence, next: Presence): Presence {
  const people = isSamePeople(before.people, next.people) ? before.people : next.people;
  const peopleByCell = new Map(
    [...next.peopleByCell].map(([key, here]) => {
      const earlier = before.peopleByCell.get(key);
      return [key, earlier !== undefined && isSamePeople(earlier, here) ? earlier : here];
    }),
  );
  const areCellsSame =
    peopleByCell.size === before.peopleByCell.size &&
    [...peopleByCell].every(([key, here]) => before.peopleByCell.get(key) === here);
  return people === before.people && areCellsSame ? before : { people, peopleByCell };
}

function isSamePeople(a: readonly FacePerson[], b: readonly FacePerson[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ personId, name, note }, i) => {
      const other = b[i];
      return personId === other?.personId && name === other.name && note === other.note;
    })
  );
}
