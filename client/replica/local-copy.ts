/**
 * The device's copy of a room as a whole, when it cannot go on as it is: gathered for the held-edits door, put under another
 * clientID, thrown away. Whoever shows a copy that was replaced or thrown away, in whichever tab, opens the document anew.
 * When any of it is due is decided by sync-session.ts.
 */
import * as Y from 'yjs';
import { freshClientId, withClientId } from './client-ids.ts';
import type { Observable } from './contract.ts';
import { observableOf } from './observable.ts';
import type { RoomKeeper } from './room-keeper.ts';
import type { RoomParts } from './room-parts.ts';
import type { DiscardConsent, StoredUpdate } from './room-store.ts';

/** Other tabs may write while the words are put under another clientID. */
const RENEWALS = 5;

export interface LocalCopy {
  /** True when this or another tab threw it away or put another in its place. */
  readonly isDiscarded: Observable<boolean>;
  /** Another tab did. */
  discardedElsewhere(): void;
  /** Throws it away (see RoomStore.discard). */
  discard(consent: DiscardConsent): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** Puts a fresh copy in its place, in which what stood under `clientId` stands under another; false when it could not. */
  renew(clientId: number): Promise<boolean>;
  /**
   * Everything of it beyond a state vector; all of it without one.
   * @returns also the newest local entry that is covered; null when the store could not be read
   */
  beyond(stateVector: Uint8Array | null): Promise<{ update: Uint8Array; mark: number | null }>;
}

export interface LocalCopyParts extends Pick<RoomParts, 'address' | 'store' | 'channel' | 'random' | 'log'> {
  /** What is in memory of it. */
  readonly doc: Y.Doc;
  readonly keeper: Pick<RoomKeeper, 'settled' | 'writer'>;
  readonly isClosed: () => boolean;
}

export function createLocalCopy(parts: LocalCopyParts): LocalCopy {
  const { address, store, channel, random, log, keeper, isClosed } = parts;
  const isDiscarded = observableOf(false);

  function gone() {
    channel.post({ type: 'discarded' });
    isDiscarded.set(true);
  }

  return {
    isDiscarded,
    discardedElsewhere: () => isDiscarded.set(true),
    discard: async (consent) => {
      await keeper.settled();
      const discarded = await store.discard(consent);
      if (!discarded.ok) return discarded;
      gone();
      return { ok: true };
    },
    renew: async (clientId) => {
      for (let attempt = 0; attempt < RENEWALS && !isClosed(); attempt++) {
        await keeper.settled();
        const read = await store.read(0);
        // What is in no store yet would be written behind, under the clientID of somebody else.
        if (!read.ok || keeper.writer().kind === 'failed') return false;
        const all = docOf(read.value.updates);
        const fresh = freshClientId(clientId, random);
        const update = withClientId(Y.encodeStateAsUpdate(all), clientId, fresh);
        all.destroy();
        const replaced = await store.replaceAll(update, read.value.facts.lastMark, fresh);
        if (!replaced.ok) return false;
        if (!replaced.value) continue;
        log('room.renewed', { room: address.room });
        gone();
        return true;
      }
      return false;
    },
    beyond: async (stateVector) => {
      await keeper.settled();
      // With what other tabs left in the store and this document has not merged; what is unreadable there is not covered.
      const read = await store.read(0);
      const all = docOf(read.ok ? read.value.updates : []);
      Y.applyUpdate(all, Y.encodeStateAsUpdate(parts.doc));
      const update = stateVector ? Y.encodeStateAsUpdate(all, stateVector) : Y.encodeStateAsUpdate(all);
      all.destroy();
      return { update, mark: read.ok ? read.value.facts.lastLocalMark : null };
    },
  };
}

function docOf(updates: readonly StoredUpdate[]): Y.Doc {
  const doc = new Y.Doc();
  for (const { update } of updates) Y.applyUpdate(doc, update);
  return doc;
}
