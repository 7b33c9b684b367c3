/** Refused edits on their way to the held-edits door: kept first, sent until the door has answered, never again after a no. */
import { describe, expect, it } from 'vitest';
import { type HandIn, openHeldDoor } from '../../../client/replica/held-edits.ts';
import type { HeldRecord, RoomStore } from '../../../client/replica/room-store.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const EDITS = { reason: 'frozen', update: Uint8Array.of(0, 0), mark: 3 };

function openDoor(answers: Awaited<ReturnType<HandIn>>[]) {
  const kept: HeldRecord[] = [];
  const sent: string[] = [];
  const clock = createFakeClock();
  const door = openHeldDoor({
    address: { documentId: 'd', room: 'body' },
    store: {
      keepHeld: async (held: HeldRecord) => {
        kept.push(held);
        return { ok: true, value: undefined };
      },
    } as unknown as RoomStore,
    handIn: async (_address, held) => {
      // In the store before anything is sent.
      expect(kept.some(({ heldId }) => heldId === held.heldId)).toBe(true);
      sent.push(held.heldId);
      return answers.shift() ?? 'later';
    },
    clock,
    random: { uuid: () => 'held-1', bytes: (count) => new Uint8Array(count) },
    log: () => {},
    changed: () => {},
  });
  const passTime = async () => {
    clock.advance(10_000);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { door, kept, sent, passTime };
}

describe('the held-edits door', () => {
  it('[C6] is tried again under the same id until it has taken them', async () => {
    const { door, kept, sent, passTime } = openDoor(['later', 'later', 'kept']);
    await door.keep(EDITS);
    expect(door.state()).toEqual({ reason: 'frozen', handedIn: false, isTurnedAway: false });
    await passTime();
    await passTime();
    expect(sent).toEqual(['held-1', 'held-1', 'held-1']);
    expect(door.state()).toEqual({ reason: 'frozen', handedIn: true, isTurnedAway: false });
    expect(kept.at(-1)).toMatchObject({ heldId: 'held-1', handedIn: true });
    await passTime();
    expect(sent).toHaveLength(3);
  });

  it('[C6] says that they were turned away, keeps them and does not knock again', async () => {
    const { door, kept, sent, passTime } = openDoor(['refused', 'kept']);
    await door.keep(EDITS);
    expect(door.state()).toEqual({ reason: 'frozen', handedIn: false, isTurnedAway: true });
    await passTime();
    expect(sent).toHaveLength(1);
    expect(kept.at(-1)).toMatchObject({ handedIn: false });
  });
});
