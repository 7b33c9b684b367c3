/**
 * Edits that the relay refused, on their way to the held-edits door: kept in the device store under an id before anything is
 * sent, sent under that id until the door has acknowledged it, and only then may the local copy be thrown away. The id
 * makes sending twice harmless.
 */
import type { RoomAddress } from '../../shared/rooms.ts';
import type { Clock, Log, Randomness } from './environment.ts';
import type { HeldRecord, RoomStore } from './room-store.ts';

/** Posts one record to the door: `kept` when the relay has it, `later` to try again, `refused` when it never will. */
export type HandIn = (address: RoomAddress, held: HeldRecord) => Promise<'kept' | 'later' | 'refused'>;

export interface HeldState {
  readonly reason: string;
  readonly handedIn: boolean;
  /** The door will not take them: the person can only take them out as a file. */
  readonly isTurnedAway: boolean;
}

export interface HeldDoor {
  state(): HeldState | null;
  /** Keeps and hands in what the relay does not hold. */
  keep(edits: Pick<HeldRecord, 'reason' | 'update' | 'mark'>): Promise<void>;
  /** Goes on with a record that was kept before. */
  resume(held: HeldRecord): void;
  /** The store was lost: what is known of them is put into it again. */
  rewrite(): void;
  close(): void;
}

interface DoorParts {
  readonly address: RoomAddress;
  readonly store: RoomStore;
  readonly handIn: HandIn;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  readonly changed: () => void;
}

const RETRY_MS = 10_000;

export function openHeldDoor(parts: DoorParts): HeldDoor {
  const { address, store, clock, log } = parts;
  let current: HeldRecord | null = null;
  let isTurnedAway = false;
  let cancelRetry = () => {};
  let isClosed = false;

  async function send() {
    if (current === null || current.handedIn || isClosed) return;
    const outcome = await parts.handIn(address, current);
    log('held.sent', { room: address.room, outcome });
    if (isClosed) return;
    if (outcome === 'kept') {
      const acknowledged = { ...current, handedIn: true };
      const kept = await store.keepHeld(acknowledged);
      // Not noted as handed in: it is sent again under the same id.
      if (kept.ok) current = acknowledged;
    }
    isTurnedAway = outcome === 'refused';
    if (!current.handedIn && !isTurnedAway) cancelRetry = clock.after(RETRY_MS, () => void send());
    parts.changed();
  }

  async function keepCurrent(held: HeldRecord) {
    const kept = await store.keepHeld(held);
    if (!kept.ok) log('held.not-kept', { room: address.room });
  }

  return {
    state: () => current && { reason: current.reason, handedIn: current.handedIn, isTurnedAway },
    keep: async (edits) => {
      current = { ...edits, heldId: parts.random.uuid(), handedIn: false };
      parts.changed();
      await keepCurrent(current);
      await send();
    },
    resume: (held) => {
      current = held;
      void send();
    },
    rewrite: () => {
      if (current !== null) void keepCurrent(current);
    },
    close: () => {
      isClosed = true;
      cancelRetry();
    },
  };
}
