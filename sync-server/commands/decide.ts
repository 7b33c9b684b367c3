/**
 * Whether a command may be carried out, from facts alone. Pure: the writer thread gathers the facts inside the
 * transaction, asks here, and writes. Each answer is the reason of a refusal, or null for yes.
 */
import type { Command, CommandRefusal, CommandType } from '../../shared/commands.ts';
import {
  type Audience,
  type CaseCommand,
  canCommand,
  canEnter,
  canSettleHeld,
  capability,
  type DocumentState,
  type Role,
} from '../../shared/permissions.ts';
import type { RoomKind } from '../../shared/rooms.ts';

/** Somebody's place in the case; null in the facts when they have none now. */
export interface Membership {
  readonly role: Role;
  readonly agencyId: string;
}

export interface CommandFacts {
  /** Agencies of the person who gives the command. */
  readonly actorAgencyIds: readonly string[];
  /** The actor's place in the case the command is about. */
  readonly membership: Membership | null;
  /** The case the command is about (for a document, its case); null when there is none. */
  readonly case: { readonly version: number; readonly number: string | null; readonly createdBy: string } | null;
  /** The document the command is about; null when there is none or the command is about none. */
  readonly document: {
    readonly caseId: string;
    readonly kind: string;
    readonly audience: Audience;
    readonly audienceAgencyId: string | null;
    readonly state: DocumentState;
    readonly version: number;
    readonly number: string | null;
    readonly hasSeries: boolean;
  } | null;
  /** The person a membership command is about. */
  readonly subject: { readonly agencyIds: readonly string[]; readonly membership: Membership | null } | null;
  /** The held edit a settlement is about; null when the document has no such one. */
  readonly held: { readonly room: RoomKind; readonly isSettled: boolean } | null;
  /** Hosts of the case. */
  readonly hostCount: number;
}

type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/** The refusal of a command, or null when it may be done. Ids that exist already are for the caller to look at first. */
export function commandRefusal(command: Command, facts: CommandFacts): CommandRefusal | null {
  switch (command.type) {
    case 'createCase':
      return facts.actorAgencyIds.includes(command.agencyId) ? null : 'not-in-agency';
    case 'registerDocument':
      return caseRefusal(command.type, facts) ?? registerRefusal(command, facts);
    case 'inviteMember':
      return caseRefusal(command.type, facts) ?? staleCase(command, facts) ?? inviteRefusal(command, facts);
    case 'changeRole':
      return (
        caseRefusal(command.type, facts) ?? staleCase(command, facts) ?? subjectRefusal(facts, command.role !== 'host')
      );
    case 'removeMember':
      return caseRefusal(command.type, facts) ?? staleCase(command, facts) ?? subjectRefusal(facts, true);
    case 'freezeDocument':
      return documentRefusal(command, facts) ?? freezeRefusal(facts);
    case 'unfreezeDocument':
      return documentRefusal(command, facts) ?? (facts.document?.state !== 'frozen' ? 'wrong-state' : null);
    case 'giveNumber':
      return numberRefusal(command, facts);
    case 'settleHeld':
      return documentRefusal(command, facts) ?? settleRefusal(command, facts);
  }
}

function caseRefusal(type: CaseCommand, facts: CommandFacts): CommandRefusal | null {
  // A case one is no member of and a case that is not there look the same from outside.
  if (facts.case === null || facts.membership === null) return 'unknown-case';
  return canCommand(facts.membership.role, type) ? null : 'not-allowed';
}

function staleCase(command: { expectedVersion?: number | undefined }, facts: CommandFacts): CommandRefusal | null {
  const { expectedVersion } = command;
  return expectedVersion === undefined || expectedVersion === facts.case?.version ? null : 'stale';
}

function registerRefusal(command: CommandOf<'registerDocument'>, facts: CommandFacts): CommandRefusal | null {
  if (facts.membership === null) return 'unknown-case';
  const { role, agencyId } = facts.membership;
  const audienceAgencyId = command.audienceAgencyId ?? null;
  if ((command.audience === 'agency') !== (audienceAgencyId !== null)) return 'not-allowed';
  // Nobody makes a document they could not open.
  return canEnter({ role, actingAgencyId: agencyId, audience: command.audience, audienceAgencyId })
    ? null
    : 'not-allowed';
}

function inviteRefusal(command: CommandOf<'inviteMember'>, facts: CommandFacts): CommandRefusal | null {
  if (facts.subject === null) return 'unknown-person';
  if (facts.subject.membership !== null) return 'already-member';
  return facts.subject.agencyIds.includes(command.agencyId) ? null : 'not-in-agency';
}

function subjectRefusal(facts: CommandFacts, takesHostAway: boolean): CommandRefusal | null {
  if (facts.subject === null) return 'unknown-person';
  if (facts.subject.membership === null) return 'not-member';
  const isLastHost = facts.subject.membership.role === 'host' && facts.hostCount === 1;
  return takesHostAway && isLastHost ? 'last-host' : null;
}

function documentRefusal(
  command: { readonly type: CaseCommand; readonly expectedVersion?: number | undefined },
  facts: CommandFacts,
): CommandRefusal | null {
  const { document, membership } = facts;
  if (document === null || membership === null || !canSee(document, membership)) return 'unknown-document';
  if (!canCommand(membership.role, command.type)) return 'not-allowed';
  const { expectedVersion } = command;
  return expectedVersion === undefined || expectedVersion === document.version ? null : 'stale';
}

function freezeRefusal({ document }: CommandFacts): CommandRefusal | null {
  // A case stays open to what happens in it: its record is not signed and has no final wording.
  if (document?.kind === 'caseRecord') return 'not-allowed';
  return document?.state === 'frozen' ? 'wrong-state' : null;
}

function settleRefusal(
  { settlement }: CommandOf<'settleHeld'>,
  { document, membership, held }: CommandFacts,
): CommandRefusal | null {
  if (document === null || membership === null) return 'unknown-document';
  if (!canSettleHeld(membership.role, document.audience)) return 'not-allowed';
  if (held === null) return 'unknown-held';
  if (held.isSettled) return 'already-settled';
  const may = (room: RoomKind) =>
    capability({ ...document, role: membership.role, actingAgencyId: membership.agencyId, room });
  switch (settlement.outcome) {
    case 'addedToText':
      // Only words of the text come into the text, and only while it is being written.
      if (held.room !== 'body') return 'not-allowed';
      return document.state === 'draft' && may('body') === 'write' ? null : 'wrong-state';
    case 'addedAsComment':
      return may('review') === 'write' ? null : 'not-allowed';
    // What was done by hand may have been done before the document was frozen again.
    case 'doneByHand':
    case 'discarded':
      return null;
  }
}

function canSee(document: NonNullable<CommandFacts['document']>, membership: Membership): boolean {
  const { audience, audienceAgencyId } = document;
  return canEnter({ role: membership.role, actingAgencyId: membership.agencyId, audience, audienceAgencyId });
}

function numberRefusal(command: CommandOf<'giveNumber'>, facts: CommandFacts): CommandRefusal | null {
  if (command.target.of === 'case') {
    return caseRefusal(command.type, facts) ?? (facts.case?.number != null ? 'already-numbered' : null);
  }
  const refusal = documentRefusal({ type: command.type }, facts);
  if (refusal !== null || facts.document === null) return refusal;
  if (facts.document.number !== null) return 'already-numbered';
  return facts.document.hasSeries ? null : 'no-number-series';
}
