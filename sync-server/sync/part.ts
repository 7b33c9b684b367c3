/**
 * One of several parts of all rooms, or of all sockets. Who looks after thousands every few seconds does so a part at a time: all
 * at once they would keep everybody waiting for as long as three thousand pings take. What belongs to which part goes by a number
 * that it keeps, so that each is met in the same rhythm whoever comes and goes.
 */
export interface Part {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Part = { index: 0, of: 1 };

export function isIn(number: number, { index, of }: Part): boolean {
  return number % of === index;
}
