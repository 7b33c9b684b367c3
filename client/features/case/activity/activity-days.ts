/**
 * The activity of a case as the page lists it: what waits on this device laid over what the server told, what says nothing
 * new left out, day by day, newest first. Pure.
 */
import type { ActivityItem, CaseDetail, Directory, Me } from '../../../../shared/api.ts';
import type { Command } from '../../../../shared/commands.ts';
import { dayOf } from '../../../language/dates.ts';

export interface ShownActivity extends Omit<ActivityItem, 'activityId'> {
  readonly key: string;
  /** Asked for on this device and not carried out yet: it has no time of its own. */
  readonly isWaiting: boolean;
}

export interface ActivityDay {
  /** `YYYY-MM-DD` where the person is; null for what waits. */
  readonly day: string | null;
  readonly items: readonly ShownActivity[];
}

/** Writing within this time after making a document is the making of it. */
const MAKING_MS = 60_000;

export function activityDays(
  items: readonly ActivityItem[],
  waiting: readonly Command[],
  context: { readonly detail: CaseDetail; readonly me: Me; readonly directory: Directory },
): ActivityDay[] {
  const days = new Map<string | null, ShownActivity[]>();
  const add = (day: string | null, item: ShownActivity) => {
    const there = days.get(day);
    if (there === undefined) days.set(day, [item]);
    else there.push(item);
  };
  for (const command of [...waiting].reverse()) {
    const item = waitingActivity(command, context);
    if (item !== null) add(null, item);
  }
  for (const { activityId, ...item } of withoutMaking(items)) {
    add(dayOf(item.atMs), { ...item, key: String(activityId), isWaiting: false });
  }
  return [...days].map(([day, shown]) => ({ day, items: shown }));
}

/** A new document's first words are written as it is made: one happening, not two. */
function withoutMaking(items: readonly ActivityItem[]): readonly ActivityItem[] {
  const made = items.filter(({ what }) => what === 'documentRegistered' || what === 'caseCreated');
  return items.filter(({ what, personId, document, atMs }) => {
    if (what !== 'wrote') return true;
    return !made.some(
      (making) =>
        making.personId === personId &&
        (making.what === 'caseCreated'
          ? document?.kind === 'caseRecord'
          : making.document?.documentId === document?.documentId) &&
        atMs - making.atMs < MAKING_MS,
    );
  });
}

function waitingActivity(
  command: Command,
  { detail, me, directory }: { detail: CaseDetail; me: Me; directory: Directory },
): ShownActivity | null {
  const { caseId } = detail;
  const base = {
    key: command.commandId,
    atMs: 0,
    times: 1,
    personId: me.person.personId,
    personName: me.person.name,
    agencyName: me.agencies.find(({ agencyId }) => agencyId === detail.myAgencyId)?.name ?? null,
    document: null,
    subjectName: null,
    role: null,
    number: null,
    isWaiting: true,
  };
  const documentOf = (documentId: string) => {
    const found = detail.documents.find((each) => each.documentId === documentId);
    return found === undefined ? null : { documentId, kind: found.kind, title: found.title };
  };
  const nameOf = (personId: string) =>
    [...directory.people, ...detail.members].find((person) => person.personId === personId)?.name ?? null;
  switch (command.type) {
    case 'createCase':
      return command.caseId === caseId ? { ...base, what: 'caseCreated' } : null;
    case 'registerDocument': {
      const { documentId, kind, title } = command;
      return command.caseId === caseId
        ? { ...base, what: 'documentRegistered', document: { documentId, kind, title } }
        : null;
    }
    case 'inviteMember':
      return command.caseId === caseId
        ? { ...base, what: 'memberInvited', subjectName: nameOf(command.personId), role: command.role }
        : null;
    case 'changeRole':
      return command.caseId === caseId
        ? { ...base, what: 'roleChanged', subjectName: nameOf(command.personId), role: command.role }
        : null;
    case 'removeMember':
      return command.caseId === caseId
        ? { ...base, what: 'memberRemoved', subjectName: nameOf(command.personId) }
        : null;
    case 'freezeDocument':
    case 'unfreezeDocument': {
      const document = documentOf(command.documentId);
      return document === null
        ? null
        : { ...base, what: command.type === 'freezeDocument' ? 'documentFrozen' : 'documentReopened', document };
    }
    case 'giveNumber':
      // There is no number before the server gives one.
      return null;
    case 'settleHeld':
      // Whose it was is the server's to say.
      return null;
  }
}
