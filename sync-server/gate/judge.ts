/**
 * The gate: decides what becomes of one update before it is applied, stored or forwarded. Pure: it reads the scanned
 * update, the live document and who sent it, and returns a verdict; the room core acts on it. The update is reduced to
 * its effect first, so that what changes nothing is welcome from anyone (a reader's sync carries the whole delete set).
 */
import type * as Y from 'yjs';
import type { Capability } from '../../shared/permissions.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import type { RefusalReason } from '../../shared/wire/messages.ts';
import { bodyRefusal, eventsRefusal, type ObservableRule } from './content-rules.ts';
import { type Effect, effectOf } from './effect.ts';
import { judgeRecovered, type RecoveredVerdict, type RecoveryKnowledge } from './recovery.ts';
import { contradictedClient } from './retold.ts';
import { type ScannedUpdate, scanUpdate } from './scan.ts';
import { WorkMeter } from './work.ts';

export interface GateQuestion {
  readonly update: Uint8Array;
  readonly doc: Y.Doc;
  readonly room: RoomKind;
  readonly personId: string;
  readonly capability: Capability;
  /** Whether the document is frozen (its body is read-only for everybody). */
  readonly isFrozen: boolean;
  /** Which person owns a clientID in this room; undefined when nobody does yet. */
  readonly ownerOf: (clientId: number) => string | undefined;
  /** What is known about authors after a backup was put back; without it nobody says anything in another's name. */
  readonly recovery?: RecoveryKnowledge;
  /** What is against one of these is taken and noted; none when left out. */
  readonly observedRules?: ReadonlySet<ObservableRule>;
  /** Counts what judging costs, and bounds it; without it nothing is bounded (what is not from a session). */
  readonly work?: WorkMeter;
}

export type Verdict =
  /** Not an update, or one that asks for more than its bytes can hold. */
  | { readonly type: 'malformed' }
  /** Builds on something the relay does not hold: ask for a resync. */
  | { readonly type: 'missing' }
  /** Takes more work than the sender has left. */
  | { readonly type: 'tooCostly' }
  /** Changes nothing: fine from anyone. */
  | { readonly type: 'noEffect' }
  /** Removes formatting marks only, from somebody who may not write: what Yjs does by itself when it tidies. */
  | { readonly type: 'dropped' }
  /** `isTooLate`: an honest race (frozen, role changed), not an offence. */
  | {
      readonly type: 'refused';
      readonly reason: RefusalReason;
      readonly isTooLate: boolean;
      /** A clientID that two people took by accident: its first words here are another's. */
      readonly clashingId?: number;
    }
  | {
      readonly type: 'accepted';
      /** clientIDs that this person owns from now on. */
      readonly newClientIds: readonly number[];
      /** clientIDs that come further by it. */
      readonly clientIds: readonly number[];
      /** What it changes is the update itself, byte for byte. */
      readonly isItsOwnEffect: boolean;
      /** Rules it is against that are only watched. */
      readonly against: readonly ObservableRule[];
    }
  | RecoveredVerdict;

/** Judges one update. */
export function judgeUpdate(question: GateQuestion): Verdict {
  const scanned = scanUpdate(question.update);
  if (scanned === null) return { type: 'malformed' };
  const work = question.work ?? new WorkMeter();
  const effect = effectOf(scanned, question.doc, work);
  if (effect.type !== 'known') return effect;
  // Somebody else's words, or one's own from a replica that forked, under an id that stands for something else here.
  const contradicted = effect.isRetelling ? contradictedClient(question.update, question.doc, work) : null;
  if (contradicted !== null) {
    const verdict = refused('client-id-of-another', false);
    return isClash(contradicted, scanned, question) ? { ...verdict, clashingId: contradicted } : verdict;
  }
  if (work.isOver) return { type: 'tooCostly' };
  if (effect.newStructs.length === 0 && effect.newDeletions.length === 0) return { type: 'noEffect' };
  const recovered = judgeRecovered(question, scanned, effect, work);
  const verdict = recovered ?? judgeEffect(question, effect, work);
  return work.isOver ? { type: 'tooCostly' } : verdict;
}

/** Who says everything of a clientID from its first word on takes it for their own, and it is somebody else's. */
function isClash(clientId: number, { sections }: ScannedUpdate, { ownerOf, personId }: GateQuestion): boolean {
  const owner = ownerOf(clientId);
  const isFromTheFirst = sections.some(({ client, clock }) => client === clientId && clock === 0);
  return isFromTheFirst && owner !== undefined && owner !== personId;
}

function judgeEffect(question: GateQuestion, effect: Extract<Effect, { type: 'known' }>, work: WorkMeter): Verdict {
  const { newStructs, newDeletions, isTyping } = effect;
  if (question.capability !== 'write') {
    if (newStructs.length === 0 && newDeletions.every((deletion) => deletion.isFormatting)) return { type: 'dropped' };
    return question.isFrozen && question.room === 'body' ? refused('frozen', true) : refused('may-not-write', false);
  }
  const clientIds = [...new Set(newStructs.map(({ client }) => client))];
  const owners = clientIds.map(question.ownerOf);
  if (owners.some((owner) => owner !== undefined && owner !== question.personId)) {
    return refused('client-id-of-another', false);
  }
  const against: ObservableRule[] = [];
  const observes = (rule: ObservableRule) => {
    const isObserved = question.observedRules?.has(rule) ?? false;
    if (isObserved) against.push(rule);
    return isObserved;
  };
  const { room, update, doc, personId } = question;
  const refusal =
    room !== 'body'
      ? eventsRefusal(room, newStructs, newDeletions.length > 0, personId, doc)
      : isTyping
        ? null
        : bodyRefusal(newStructs, update, doc, work, observes);
  if (refusal !== null) return refused(refusal, false);
  const newClientIds = clientIds.filter((_, at) => owners[at] === undefined);
  return { type: 'accepted', clientIds, newClientIds, isItsOwnEffect: isTyping, against };
}

function refused(reason: RefusalReason, isTooLate: boolean): Extract<Verdict, { type: 'refused' }> {
  return { type: 'refused', reason, isTooLate };
}
