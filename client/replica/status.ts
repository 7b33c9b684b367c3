/**
 * What the status line says, as a pure function of what is known of the rooms, the outbox and the connection. Honest
 * before reassuring: whatever needs a person comes first, and "saved on the server" only when nothing is left to say.
 */

import { heldReason } from '../../shared/held.ts';
import type { OutboxEntry, Problem, SaveStatus, StoreFailure } from './contract.ts';
import type { RoomSituation } from './room-parts.ts';

/** A write that takes longer is worth a word. */
export const SAVING_AFTER_MS = 400;

export interface DocumentSituation {
  readonly nowMs: number;
  readonly rooms: readonly RoomSituation[];
  /** Commands that name this document. */
  readonly commands: readonly OutboxEntry[];
  readonly isOnline: boolean;
  /** The browser's session belongs to somebody else. */
  readonly isOtherPerson: boolean;
  /** The browser's session has ended; what is typed stays here until the person signs in again. */
  readonly isSignedOut: boolean;
}

export function documentStatus(situation: DocumentSituation): SaveStatus {
  const { rooms, commands, nowMs } = situation;
  if (situation.isOtherPerson) return attention({ kind: 'otherPerson' });
  const problem = roomProblem(rooms) ?? refusedCommand(commands);
  if (problem !== null) return attention(problem);
  if (situation.isSignedOut) return attention({ kind: 'closed', close: 'signIn' });
  if (rooms.some(({ load }) => load.kind !== 'ready')) return { kind: 'opening' };
  if (rooms.some((room) => nowMs - (savingSinceMs(room) ?? nowMs) >= SAVING_AFTER_MS)) return { kind: 'saving' };
  const isWaiting = commands.length > 0 || rooms.some(({ isUnacknowledged }) => isUnacknowledged);
  if (!situation.isOnline || rooms.some(({ connection }) => connection === 'offline')) {
    return { kind: 'offline', waitingDocuments: isWaiting ? 1 : 0 };
  }
  const isJoined = rooms.every(({ connection }) => connection === 'joined');
  const isLooking = rooms.some((room) => room.isLooking);
  return isJoined && !isWaiting && !isLooking ? { kind: 'savedOnServer' } : { kind: 'savedOnDevice' };
}

/** When the oldest edit was made that is being put into the store; null for none: what the relay sends is not "saved" here. */
export function savingSinceMs({ writer }: Pick<RoomSituation, 'writer'>): number | null {
  return writer.kind === 'writing' ? writer.localSinceMs : null;
}

export interface DeviceSituation {
  /** Statuses of the documents that are open. */
  readonly open: readonly SaveStatus[];
  /** Documents, open or not, with edits or commands that the relay has not acknowledged. */
  readonly waitingDocuments: number;
  readonly outbox: readonly OutboxEntry[];
  readonly isOnline: boolean;
  readonly isOtherPerson: boolean;
  readonly isSignedOut: boolean;
  /** Why the store cannot be opened, or the outbox could not be written to it, if so. */
  readonly storeProblem: StoreFailure | null;
}

export function deviceStatus(situation: DeviceSituation): SaveStatus {
  const { open, outbox, waitingDocuments } = situation;
  if (situation.isOtherPerson) return attention({ kind: 'otherPerson' });
  if (situation.storeProblem !== null) return attention({ kind: 'storeFailed', ...situation.storeProblem });
  const worst = open.find((status) => status.kind === 'needsAttention');
  if (worst !== undefined) return worst;
  const refused = refusedCommand(outbox);
  if (refused !== null) return attention(refused);
  if (situation.isSignedOut) return attention({ kind: 'closed', close: 'signIn' });
  if (open.some(({ kind }) => kind === 'saving')) return { kind: 'saving' };
  const isOffline = !situation.isOnline || open.some(({ kind }) => kind === 'offline');
  if (isOffline) return { kind: 'offline', waitingDocuments };
  return waitingDocuments === 0 && outbox.length === 0 ? { kind: 'savedOnServer' } : { kind: 'savedOnDevice' };
}

function roomProblem(rooms: readonly RoomSituation[]): Problem | null {
  for (const { load, writer } of rooms) {
    if (load.kind === 'failed') return { kind: 'storeFailed', why: load.why, message: load.message };
    if (writer.kind === 'failed') return { kind: 'storeFailed', ...writer.failure };
  }
  for (const { held } of rooms) {
    if (held !== null)
      return {
        kind: 'editsHeld',
        reason: heldReason(held.reason),
        handedIn: held.handedIn,
        isTurnedAway: held.isTurnedAway,
      };
  }
  for (const { stopped } of rooms) {
    if (stopped === 'otherPerson') return { kind: 'otherPerson' };
    if (stopped !== null) return { kind: 'closed', close: stopped };
  }
  return null;
}

function refusedCommand(commands: readonly OutboxEntry[]): Problem | null {
  const refused = commands.find(({ state }) => state === 'refused');
  return refused?.reason === undefined ? null : { kind: 'commandRefused', reason: refused.reason };
}

function attention(problem: Problem): SaveStatus {
  return { kind: 'needsAttention', problem };
}
