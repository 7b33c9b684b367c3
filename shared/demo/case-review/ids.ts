/** Ids of the case review's documents and of records that point to each other. Never changed: they are in people's stores. */
import { idOf } from '../writing.ts';

export const ID = {
  case: idOf('5e2d0a30-0014', 1),
  note: idOf('5e2d0a30-0d00', 1),
  meeting: idOf('5e2d0a30-0d00', 2),
  plan: idOf('5e2d0a30-0d00', 3),
} as const;

export const taskId = (n: number) => idOf('5e2d0a30-0e00', n);
export const decisionId = (n: number) => idOf('5e2d0a30-0c30', n);
