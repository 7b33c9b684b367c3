/**
 * The gate after a backup was put back. The relay has forgotten who owns the clientIDs that came later, and everybody who
 * comes back brings what others wrote as well. A struct is its author's, whoever carries it: by the relay's own word from
 * before (which any session may show), or because the session that brings it says that it is its own and nobody's word is
 * against it. What is neither is not refused and not taken: it waits for its author, and what builds on it with it.
 */
import * as Y from 'yjs';
import { RELAY_AUTHOR } from '../../shared/rooms.ts';
import { bodyRefusal, eventsRefusal } from './content-rules.ts';
import type { Effect } from './effect.ts';
import type { GateQuestion, Verdict } from './judge.ts';
import type { ScannedUpdate } from './scan.ts';
import { encodeDeletions, type Slice, sliceByAuthor } from './slices.ts';
import type { WorkMeter } from './work.ts';

export interface RecoveryKnowledge {
  /** Whose a clientID is by the relay's word from before the backup was put back; undefined when nobody showed that. */
  readonly provenOwner: (clientId: number) => string | undefined;
  /** Whether the person of this session said that the clientID is theirs. */
  readonly isClaimed: (clientId: number) => boolean;
  /** Others' structs may still be brought, with proof. */
  readonly mayCarry: boolean;
  /** The update may hold what others did, also deletions: they do not say whose they are. */
  readonly isCarrying: boolean;
}

export interface RecoveredVerdict {
  readonly type: 'recovered';
  /** To be taken in this order, each as an update of its own. */
  readonly parts: readonly RecoveredPart[];
  /** Nothing of the update waits for somebody else. */
  readonly isWhole: boolean;
}

interface RecoveredPart {
  readonly author: string;
  readonly update: Uint8Array;
  /** clientIDs that the author owns from now on. */
  readonly newClientIds: readonly number[];
}

type KnownEffect = Extract<Effect, { type: 'known' }>;

/** The verdict where it is another one than at other times; null where the gate judges as always. */
export function judgeRecovered(
  question: GateQuestion,
  scanned: ScannedUpdate,
  effect: KnownEffect,
  work: WorkMeter,
): Verdict | null {
  const { recovery, room, personId, capability, doc } = question;
  if (recovery === undefined) return null;
  const isFrozen = question.isFrozen && room === 'body';
  const mayWrite = capability === 'write';
  const isProven = (client: number) => recovery.provenOwner(client) !== undefined;
  const authorOf = (client: number) => authorIn(question, recovery, client);
  const isOwn = (client: number) => authorOf(client) === personId && isOwnable(question, client);
  const { newStructs, newDeletions } = effect;
  const isOrdinary =
    newStructs.every(({ client }) => isOwn(client)) && (newDeletions.length === 0 || !recovery.isCarrying);
  // The rights of the session are for what it says itself; what the relay took before needs none.
  const saysItself = ({ client }: { client: number }) => authorOf(client) === personId && !isProven(client);
  if (isOrdinary ? mayWrite || newStructs.every(saysItself) : !mayWrite && newStructs.some(saysItself)) return null;

  const mayTake = (client: number) => {
    const author = authorOf(client);
    return author === null || author === RELAY_AUTHOR || room === 'record' || (isFrozen && isProven(client))
      ? null
      : author;
  };
  const heldClock = (client: number) => Y.getState(doc.store, client);
  const { slices, reach, isWhole } = sliceByAuthor(question.update, scanned.sections, heldClock, mayTake);
  if (!work.spend(newStructs.length)) return { type: 'tooCostly' };
  const reason = contentRefusal(question, slices, work);
  if (reason !== null) return { type: 'refused', reason, isTooLate: false };

  const owned = new Set<number>();
  const parts = slices.map(({ author, update, structs }): RecoveredPart => {
    const newClientIds = [...new Set(structs.map(({ client }) => client))].filter(
      (client) => question.ownerOf(client) === undefined && !owned.has(client),
    );
    for (const client of newClientIds) owned.add(client);
    return { author, update, newClientIds };
  });
  if (newDeletions.length === 0) return { type: 'recovered', parts, isWhole };
  if (!mayWrite || room !== 'body') return { type: 'recovered', parts, isWhole: false };
  const deletions = scanned.deletes
    .map((range) => ({ ...range, length: Math.min(range.length, reach(range.client) - range.clock) }))
    .filter(({ length }) => length > 0);
  // Whoever carries what others did carries their deletions too: whose they were nobody can say any more.
  const author = recovery.isCarrying ? RELAY_AUTHOR : personId;
  parts.push({ author, update: encodeDeletions(deletions), newClientIds: [] });
  return { type: 'recovered', parts, isWhole };
}

/** Whose a new struct of this client is; null when that is not known, or may not be said by this session. */
function authorIn({ personId, ownerOf }: GateQuestion, recovery: RecoveryKnowledge, client: number): string | null {
  const proven = recovery.provenOwner(client);
  if (proven !== undefined) return proven === personId || recovery.mayCarry ? proven : null;
  const owner = ownerOf(client);
  if (owner !== undefined) return owner === personId ? personId : null;
  return recovery.isClaimed(client) ? personId : null;
}

/** Nobody else is noted as the owner. */
function isOwnable({ personId, ownerOf }: GateQuestion, client: number): boolean {
  const owner = ownerOf(client);
  return owner === undefined || owner === personId;
}

function contentRefusal({ room, doc, update }: GateQuestion, slices: readonly Slice[], work: WorkMeter) {
  const structs = slices.flatMap((slice) => slice.structs);
  if (room === 'body') return bodyRefusal(structs, update, doc, work, () => false);
  for (const author of new Set(slices.map((slice) => slice.author))) {
    const own = slices.filter((slice) => slice.author === author).flatMap((slice) => slice.structs);
    const reason = eventsRefusal(room, own, false, author, doc);
    if (reason !== null) return reason;
  }
  return null;
}
