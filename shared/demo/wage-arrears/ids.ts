/** Ids of the wage dispute's documents and of records that point to each other. Never changed: they are in people's stores. */
import { idOf } from '../writing.ts';

export const ID = {
  case: idOf('5e2d0a10-0047', 1),
  interview: idOf('5e2d0a10-0d00', 1),
  meeting: idOf('5e2d0a10-0d00', 2),
  plan: idOf('5e2d0a10-0d00', 3),
  factFinding: idOf('5e2d0a10-0d00', 4),
  mediation: idOf('5e2d0a10-0d00', 5),
  agreement: idOf('5e2d0a10-0d00', 6),
  followUp: idOf('5e2d0a10-0d00', 7),
} as const;

export const taskId = (n: number) => idOf('5e2d0a10-0e00', n);
export const decisionId = (n: number) => idOf('5e2d0a10-0c30', n);
