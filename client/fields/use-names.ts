/** The names of people and agencies as one case sees them, made anew only when the directory or the members say something else. */
import { useMemo } from 'react';
import type { Member } from '../../shared/api.ts';
import { useWords } from '../language/use-words.ts';
import type { PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { useSame } from '../ui/use-same.ts';
import { createNames, type Names } from './names.ts';

export function useNames(session: PersonSession, membersNow: readonly Member[]): Names {
  const say = useWords();
  // Fetched again whenever something in the case changes; seldom do they say anything else.
  const directory = useSame(useObservable(session.catalogue.directory));
  const members = useSame(membersNow);
  return useMemo(() => createNames(directory, members, say('author.unknown')), [directory, members, say]);
}
