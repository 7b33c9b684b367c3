/**
 * Who may do what: the one table, used by the relay at admission, by the HTTP API, by reducers and by the interface
 * (which says what a person may do before they try). Pure data and pure functions; hiding a button is never the control.
 */
import type { RoomKind } from './rooms.ts';

/** Roles in a case: 主持人, 调解员, 记录人, 参会单位, 审阅人, 列席. */
export const ROLES = ['host', 'mediator', 'recorder', 'participant', 'reviewer', 'observer'] as const;
export type Role = (typeof ROLES)[number];
/** As another version may say it: `unknown` is a role that came after this version. It gives no rights here. */
export type SaidRole = Role | 'unknown';

/** Who may enter a document: every agency on the case, one agency, the mediators, or the few who hold identities. */
export const AUDIENCES = ['joint', 'agency', 'mediators', 'restricted'] as const;
export type Audience = (typeof AUDIENCES)[number];
/** `unknown`: one that came after this version; who is in it cannot be said here. */
export type SaidAudience = Audience | 'unknown';

/** `freezing` is announced: clients flush what they have and stop writing the body; then it is `frozen`. */
export const DOCUMENT_STATES = ['draft', 'freezing', 'frozen'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

export type Capability = 'none' | 'read' | 'write';

export interface CapabilityQuestion {
  readonly role: SaidRole;
  /** The agency the person acts for in this case. */
  readonly actingAgencyId: string;
  readonly audience: SaidAudience;
  /** The one agency of an `agency` document; null for the others. */
  readonly audienceAgencyId: string | null;
  readonly state: DocumentState;
  readonly room: RoomKind;
}

const ENTRANTS: Record<Exclude<SaidAudience, 'agency'>, readonly SaidRole[]> = {
  joint: [...ROLES, 'unknown'],
  mediators: ['mediator', 'recorder'],
  restricted: ['host', 'mediator', 'recorder'],
  unknown: [],
};

const WRITERS: Record<RoomKind, readonly SaidRole[]> = {
  body: ['host', 'mediator', 'recorder', 'participant'],
  review: ['host', 'mediator', 'recorder', 'participant', 'reviewer'],
  work: ['host', 'mediator', 'recorder', 'participant'],
  record: [],
};

/** Whether the person is in the document's audience at all. */
export function canEnter(question: Omit<CapabilityQuestion, 'state' | 'room'>): boolean {
  if (question.audience === 'agency') return question.actingAgencyId === question.audienceAgencyId;
  return ENTRANTS[question.audience].includes(question.role);
}

/** What a person may do in one room. While freezing, what is under way may still arrive; when frozen the body is read-only. */
export function capability(question: CapabilityQuestion): Capability {
  if (!canEnter(question)) return 'none';
  if (question.room === 'body' && question.state === 'frozen') return 'read';
  return WRITERS[question.room].includes(question.role) ? 'write' : 'read';
}

/**
 * Whether somebody who may enter a document also reads the edits held for it and says what becomes of them: whoever acts as its host. The mediators'
 * own documents have no host of the case in them, and an agency's own may have none: there its editors do.
 */
export function canSettleHeld(role: SaidRole, audience: SaidAudience): boolean {
  if (audience === 'mediators') return role === 'mediator';
  return role === 'host' || (audience === 'agency' && WRITERS.body.includes(role));
}

/** Commands that need a role in the case (creating a case needs only an account and an agency). */
export const CASE_COMMANDS = [
  'registerDocument',
  'inviteMember',
  'changeRole',
  'removeMember',
  'freezeDocument',
  'unfreezeDocument',
  'giveNumber',
  'settleHeld',
] as const;
export type CaseCommand = (typeof CASE_COMMANDS)[number];

const COMMANDERS: Record<CaseCommand, readonly SaidRole[]> = {
  registerDocument: ['host', 'mediator', 'recorder', 'participant'],
  inviteMember: ['host'],
  changeRole: ['host'],
  removeMember: ['host'],
  freezeDocument: ['host', 'mediator'],
  unfreezeDocument: ['host'],
  giveNumber: ['host', 'recorder'],
  // In the documents in which they act as host: `canSettleHeld`.
  settleHeld: ['host', 'mediator', 'recorder', 'participant'],
};

/** Whether a role may give a command in its case. */
export function canCommand(role: SaidRole, command: CaseCommand): boolean {
  return COMMANDERS[command].includes(role);
}
