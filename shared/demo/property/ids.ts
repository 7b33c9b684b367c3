/** Ids of the documents about 观澜苑 and of records that point to each other. Never changed: they are in people's stores. */
import { idOf } from '../writing.ts';

export const ID = {
  case: idOf('5e2d0a20-0012', 1),
  meeting: idOf('5e2d0a20-0d00', 1),
  plan: idOf('5e2d0a20-0d00', 2),
} as const;

export const taskId = (n: number) => idOf('5e2d0a20-0e00', n);
export const decisionId = (n: number) => idOf('5e2d0a20-0c30', n);
