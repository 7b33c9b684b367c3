/**
 * Numbers as lib0 writes them (seven bits to a byte, the lowest first), into memory that is there: for frames that are made many
 * times a second and whose size is known before. Whatever is not counted in thousands a second is written with an encoder of lib0.
 */

/** How many bytes a number takes. @param value a whole number from 0 on */
export function varUintBytes(value: number): number {
  let count = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) count++;
  return count;
}

/** @returns where the bytes behind the number begin */
export function putVarUint(bytes: Uint8Array, at: number, value: number): number {
  let end = at;
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128;
  bytes[end++] = rest;
  return end;
}
