/**
 * One of a closed list, or `unknown`: a word that a newer relay has put into the list must not make all of its answer
 * unreadable. For what the relay answers; what it is asked is checked strictly.
 */
import { z } from 'zod';

export function knownOf<T extends string>(known: readonly T[]) {
  return z.string().transform((said): T | 'unknown' => known.find((each) => each === said) ?? 'unknown');
}
