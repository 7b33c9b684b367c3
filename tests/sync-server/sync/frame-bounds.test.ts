/** How large a frame of each kind may be. */
import { expect, it } from 'vitest';
import { encodeMessage, type Message } from '../../../shared/wire/messages.ts';
import { LIMITS } from '../../../sync-server/limits.ts';
import { isQuestion, mostBytes } from '../../../sync-server/sync/frame-bounds.ts';

const room = new Uint8Array(40);
const kinds: [Message, number][] = [
  [{ type: 'syncStep1', stateVector: room }, LIMITS.stateVectorBytes + 8],
  [{ type: 'syncStep2', update: room }, LIMITS.socketPayloadBytes],
  [{ type: 'update', update: room }, LIMITS.socketPayloadBytes],
  [{ type: 'awareness', update: room }, LIMITS.awarenessBytes + 8],
  [{ type: 'queryAwareness' }, LIMITS.controlFrameBytes],
  [{ type: 'barrier', number: Number.MAX_SAFE_INTEGER }, LIMITS.controlFrameBytes],
];

it.each(kinds)('[R18] only what carries edits may be large: %o', (message, most) => {
  const frame = encodeMessage(message);
  expect(mostBytes(frame, LIMITS)).toBe(most);
  expect(frame.length).toBeLessThanOrEqual(most);
});

it('[R18] what is nothing of these may not be large either', () => {
  for (const first of [2, 4, 99, 101, 255]) expect(mostBytes(Uint8Array.of(first), LIMITS)).toBe(16);
  expect(mostBytes(new Uint8Array(), LIMITS)).toBe(16);
});

it('[R21] what only asks for something is told from what brings something', () => {
  const questions = kinds.filter(([message]) => isQuestion(encodeMessage(message))).map(([{ type }]) => type);
  expect(questions).toEqual(['syncStep1', 'queryAwareness']);
  expect([isQuestion(new Uint8Array()), isQuestion(Uint8Array.of(0))]).toEqual([false, false]);
});
