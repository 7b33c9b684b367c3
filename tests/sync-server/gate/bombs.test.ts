/** A few bytes that ask for a million times as much: refused at once, and nothing is reserved for them. */
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { joinClient, stageRoom } from '../room/room-stage.ts';
import { any, handMade, length, text } from './hand-made.ts';

const HUGE = [10 ** 7, 2 ** 31, 2 ** 53 - 1];
const MAX_MS = 5;
const MAX_BYTES = 1024 * 1024;
/** Each is tried a few times: what a busy machine adds is not the same twice. */
const TRIES = 8;

const numbers = (...values: number[]) => {
  const encoder = encoding.createEncoder();
  for (const value of values) encoding.writeVarUint(encoder, value);
  return encoding.toUint8Array(encoder);
};
const declaring = (count: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, count);
const item = (reference: number, content: (encoder: encoding.Encoder) => void) =>
  handMade([{ client: 9, clock: 0, structs: [{ reference, content }] }]);
const nested = (depth: number) => (encoder: encoding.Encoder) => {
  encoding.writeUint8(encoder, 1);
  for (let n = 0; n < 2 * depth; n++) encoding.writeUint8(encoder, n % 2 === 0 ? 117 : 1);
  encoding.writeUint8(encoder, 126);
};

/** So long that lib0 multiplies nothing by infinity: it reads NaN, of which no comparison is true. */
const NO_NUMBER = Uint8Array.from([...Array<number>(160).fill(0x80), 0]);

const BOMBS: [name: string, update: Uint8Array][] = [
  ...HUGE.flatMap((count): [string, Uint8Array][] => [
    [`${count} sections`, numbers(count, 1, 9, 0)],
    [`${count} structs`, numbers(1, count, 9, 0, 0)],
    [`${count} clients with deletions`, numbers(0, count, 9, 1, 0, 1)],
    [`${count} deletions`, numbers(0, 1, 9, count, 0, 1)],
    [`${count} values`, item(8, declaring(count))],
    [`${count} old values`, item(2, declaring(count))],
    [`a string of ${count} bytes`, item(4, declaring(count))],
    [`${count} bytes`, item(3, declaring(count))],
    [
      `a list of ${count}`,
      item(8, (encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(1, 117, ...numbers(count)))),
    ],
    [`${count} emptied places`, item(0, length(count + 2 ** 26))],
  ]),
  ['lists in lists', item(8, nested(100_000))],
  ['JSON in JSON', item(5, text(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))],
  // Behind a character of the room whose clock is no number; under a clientID, and at a clock, that is none.
  ['a neighbour that is no number', Uint8Array.of(1, 1, 9, 0, 0x84, 1, ...NO_NUMBER, 1, 97, 0)],
  ['a clientID that is no number', Uint8Array.of(1, 1, ...NO_NUMBER, 0, 4, 1, 1, 112, 1, 97, 0)],
  ['a deletion of a clientID that is no number', Uint8Array.of(0, 1, ...NO_NUMBER, 1, 0, 1)],
  ['the second encoding', Y.convertUpdateFormatV1ToV2(item(8, any({ a: 1 })))],
];

describe('a bomb', () => {
  it.each(BOMBS)('[R5] [R17] of %s is refused in no time and takes no room', (_name, update) => {
    const took: { ms: number; bytes: number }[] = [];
    for (let n = 0; n < TRIES; n++) {
      const stage = stageRoom();
      const sender = joinClient(stage, 'sender');
      const heapBefore = process.memoryUsage().heapUsed;
      const startedAt = performance.now();
      sender.send({ type: 'update', update });
      took.push({ ms: performance.now() - startedAt, bytes: process.memoryUsage().heapUsed - heapBefore });
      expect(stage.closeOf('sender')).not.toBeNull();
      expect(stage.pending).toEqual([]);
    }
    expect(Math.min(...took.map(({ ms }) => ms))).toBeLessThan(MAX_MS);
    expect(Math.min(...took.map((each) => each.bytes))).toBeLessThan(MAX_BYTES);
  });
});
