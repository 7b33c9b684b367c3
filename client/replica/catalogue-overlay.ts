/**
 * Lays commands, and titles as open documents say them, over what the server last said of cases and documents, so that a case
 * made offline is in the list at once, and a new title in every list.
 * Pure and total: a command that no longer fits (the case is gone) changes nothing, one that is done already neither.
 */
import type { CaseDetail, CaseSummary, Directory, DocumentSummary, Me, Member } from '../../shared/api.ts';
import type { Command } from '../../shared/commands.ts';

export interface CatalogueSnapshot {
  readonly cases: readonly CaseSummary[];
  /** Details by case id, only of the cases that were looked at. */
  readonly details: Readonly<Record<string, CaseDetail>>;
}

export interface OverlayContext {
  readonly me: Me;
  readonly directory: Directory;
  readonly nowMs: number;
}

export function layCommandsOver(
  snapshot: CatalogueSnapshot,
  commands: readonly Command[],
  context: OverlayContext,
): CatalogueSnapshot {
  return commands.reduce((laid, command) => layOver(laid, command, context), snapshot);
}

function layOver(snapshot: CatalogueSnapshot, command: Command, context: OverlayContext): CatalogueSnapshot {
  switch (command.type) {
    case 'createCase':
      return withCase(snapshot, command, context);
    case 'registerDocument': {
      const document: DocumentSummary = {
        documentId: command.documentId,
        caseId: command.caseId,
        kind: command.kind,
        title: command.title,
        audience: command.audience,
        audienceAgencyId: command.audienceAgencyId ?? null,
        state: 'draft',
        number: null,
        version: 0,
        createdBy: context.me.person.personId,
        changedAtMs: context.nowMs,
      };
      return withDetail(snapshot, command.caseId, (detail) =>
        detail.documents.some(({ documentId }) => documentId === command.documentId)
          ? detail
          : { ...detail, documents: [...detail.documents, document], documentCount: detail.documentCount + 1 },
      );
    }
    case 'inviteMember': {
      const person = context.directory.people.find(({ personId }) => personId === command.personId);
      const agency = context.directory.agencies.find(({ agencyId }) => agencyId === command.agencyId);
      if (person === undefined || agency === undefined) return snapshot;
      return withDetail(snapshot, command.caseId, (detail) =>
        detail.members.some(({ personId }) => personId === command.personId)
          ? detail
          : withMembers(detail, [
              ...detail.members,
              {
                personId: person.personId,
                name: person.name,
                agencyId: agency.agencyId,
                agencyName: agency.name,
                role: command.role,
              },
            ]),
      );
    }
    case 'changeRole':
      return withDetail(snapshot, command.caseId, (detail) =>
        withMembers(
          detail,
          detail.members.map((member) =>
            member.personId === command.personId ? { ...member, role: command.role } : member,
          ),
        ),
      );
    case 'removeMember':
      return withDetail(snapshot, command.caseId, (detail) =>
        withMembers(
          detail,
          detail.members.filter(({ personId }) => personId !== command.personId),
        ),
      );
    case 'freezeDocument':
    case 'unfreezeDocument':
    case 'giveNumber':
    case 'settleHeld':
      // Only the relay can say when these have come true.
      return snapshot;
  }
}

function withCase(
  snapshot: CatalogueSnapshot,
  command: Extract<Command, { type: 'createCase' }>,
  { me, nowMs }: OverlayContext,
): CatalogueSnapshot {
  if (snapshot.cases.some(({ caseId }) => caseId === command.caseId)) return snapshot;
  const agency = me.agencies.find(({ agencyId }) => agencyId === command.agencyId);
  const summary: CaseSummary = {
    caseId: command.caseId,
    title: command.title,
    category: command.category,
    number: null,
    leadAgencyId: command.agencyId,
    leadAgencyName: agency?.name ?? '',
    myRole: 'host',
    myAgencyId: command.agencyId,
    memberCount: 1,
    documentCount: 0,
    version: 0,
    changedAtMs: nowMs,
  };
  const creator: Member = {
    personId: me.person.personId,
    name: me.person.name,
    agencyId: command.agencyId,
    agencyName: summary.leadAgencyName,
    role: 'host',
  };
  const record: DocumentSummary = {
    documentId: command.caseId,
    caseId: command.caseId,
    kind: 'caseRecord',
    title: command.title,
    audience: 'joint',
    audienceAgencyId: null,
    state: 'draft',
    number: null,
    version: 0,
    createdBy: me.person.personId,
    changedAtMs: nowMs,
  };
  return {
    cases: [summary, ...snapshot.cases],
    details: { ...snapshot.details, [command.caseId]: { ...summary, members: [creator], documents: [], record } },
  };
}

/** A title read on this device, and what the server called the document then. */
export interface NotedTitle {
  readonly title: string;
  readonly insteadOf: string;
}

/** The title by the server's word and what is noted here: the server's own news goes before. */
function titleOver(said: string, noted: NotedTitle | undefined): string {
  return noted !== undefined && noted.insteadOf === said ? noted.title : said;
}

/** @param notedById by document; a case goes by its own id, which is its record's */
export function layTitlesOver(
  snapshot: CatalogueSnapshot,
  notedById: ReadonlyMap<string, NotedTitle>,
): CatalogueSnapshot {
  if (notedById.size === 0) return snapshot;
  const over = <T extends { readonly title: string }>(row: T, documentId: string): T => {
    const title = titleOver(row.title, notedById.get(documentId));
    return title === row.title ? row : { ...row, title };
  };
  return {
    cases: snapshot.cases.map((row) => over(row, row.caseId)),
    details: Object.fromEntries(
      Object.entries(snapshot.details).map(([caseId, detail]) => {
        const documents = detail.documents.map((each) => over(each, each.documentId));
        const record = detail.record && { record: over(detail.record, caseId) };
        return [caseId, { ...over(detail, caseId), documents, ...record }];
      }),
    ),
  };
}

/** Changes a case's detail; its row in the list follows. */
function withDetail(
  snapshot: CatalogueSnapshot,
  caseId: string,
  change: (detail: CaseDetail) => CaseDetail,
): CatalogueSnapshot {
  const detail = snapshot.details[caseId];
  if (detail === undefined) return snapshot;
  const changed = change(detail);
  if (changed === detail) return snapshot;
  const { members: _members, documents: _documents, record: _record, ...summary } = changed;
  return {
    cases: snapshot.cases.map((row) => (row.caseId === caseId ? summary : row)),
    details: { ...snapshot.details, [caseId]: changed },
  };
}

function withMembers(detail: CaseDetail, members: readonly Member[]): CaseDetail {
  return { ...detail, members: [...members], memberCount: members.length };
}
