/**
 * The structs of a document by clientID, of which Yjs may be shown a few for a while. Every transaction of Yjs writes down how
 * far each clientID has come, before and after: in a room of thousands that costs a hundred times what one keystroke
 * does. While it applies an update, only the clientIDs the update speaks of can come further, so only they are told of.
 */
import type * as Y from 'yjs';

type Structs = (Y.Item | Y.GC)[];

/** A set of clientIDs, or a map by them. */
interface ClientIds {
  keys(): Iterable<number>;
}

export class TouchedClients extends Map<number, Structs> {
  #shown: ClientIds | null = null;

  /** Does something with a document in which no clientID but these comes further. */
  showing<T>(clientIds: ClientIds, act: () => T): T {
    this.#shown = clientIds;
    try {
      return act();
    } finally {
      this.#shown = null;
    }
  }

  override forEach(callback: (structs: Structs, clientId: number, map: Map<number, Structs>) => void): void {
    if (this.#shown === null) {
      super.forEach(callback);
      return;
    }
    for (const clientId of this.#shown.keys()) {
      const structs = this.get(clientId);
      if (structs !== undefined) callback(structs, clientId, this);
    }
  }
}
