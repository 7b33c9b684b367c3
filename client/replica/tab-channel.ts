/**
 * How tabs of one person tell each other of a room: entries put into the store, facts that changed, a room thrown away.
 * The name holds person and room, so nothing crosses users or rights (the stock provider's channel does, and is off).
 * A message that is lost costs nothing: the store has it, and marks show the gap.
 */
import { z } from 'zod';
import { type RoomAddress, roomKey } from '../../shared/rooms.ts';
import type { Channel, ReplicaEnvironment } from './environment.ts';

const tabMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('entry'),
    /** Of the log that `mark` speaks of. */
    logId: z.string(),
    mark: z.number().int().positive(),
    isLocal: z.boolean(),
    update: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  }),
  /** Facts changed: read them again. */
  z.object({ type: z.literal('facts') }),
  z.object({ type: z.literal('discarded') }),
]);
export type TabMessage = z.infer<typeof tabMessageSchema>;

export interface TabChannel {
  post(message: TabMessage): void;
  onMessage(listener: (message: TabMessage) => void): void;
  close(): void;
}

/** @param storeName the person's database name */
export function openTabChannel(
  environment: Pick<ReplicaEnvironment, 'openChannel' | 'log'>,
  storeName: string,
  address: RoomAddress,
): TabChannel {
  const channel: Channel = environment.openChannel(`${storeName}/${roomKey(address)}`);
  return {
    post: (message) => channel.post(message),
    onMessage: (listener) =>
      channel.onMessage((raw) => {
        const message = tabMessageSchema.safeParse(raw);
        if (message.success) listener(message.data);
        else environment.log('tab.unreadable', { room: address.room });
      }),
    close: () => channel.close(),
  };
}
