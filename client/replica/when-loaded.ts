/** Waits for the local store: a document's first words may be written only when what this device has of it has been read. */
import type { RoomReplica } from './contract.ts';

/** Resolves when the room has been read from the local store; to false when that failed. */
export function whenLoaded({ view }: Pick<RoomReplica, 'view'>): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = () => {
      const { kind } = view.get().load;
      if (kind === 'loading') return false;
      resolve(kind === 'ready');
      return true;
    };
    if (settle()) return;
    const stop = view.subscribe(() => {
      if (settle()) stop();
    });
  });
}
