/**
 * What a room replica shows of itself, as pure functions of what it knows: to the pages (`RoomView`: may one write here, is
 * it connected) and to the document's status line (`RoomSituation`).
 */
import type { RoomView } from './contract.ts';
import type { RoomSituation } from './room-parts.ts';
import type { SyncState } from './sync-words.ts';

export interface RoomKnowledge
  extends Pick<RoomSituation, 'load' | 'connection' | 'writer' | 'isUnacknowledged' | 'held'> {
  readonly sync: SyncState;
}

export function viewOf({ load, sync, isUnacknowledged }: RoomKnowledge): RoomView {
  const isStopped = sync.stopped !== null && sync.stopped !== 'signIn';
  return {
    load,
    mayWrite: load.kind === 'ready' && sync.mayWrite && !isStopped && !sync.isHandingIn,
    documentState: sync.documentState,
    connected: sync.link === 'joined',
    synced: sync.isSynced,
    heldChanges: sync.held.length,
    isUnacknowledged,
  };
}

export function situationOf({ sync, ...known }: RoomKnowledge): RoomSituation {
  return { ...known, isSynced: sync.isSynced, isLooking: sync.isReading, stopped: sync.stopped };
}
