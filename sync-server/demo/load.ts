/**
 * Loads the demonstration: accounts, cases, members and documents, through the doors everybody uses. May be run again at
 * every start: a case that was loaded stays as people left it, one that was interrupted is completed with the same ids,
 * commands and bytes, and one of an earlier edition is left alone.
 */
import type { AgencyInput, PersonInput } from '../../shared/api.ts';
import type { Command, CommandResult } from '../../shared/commands.ts';
import { anchoredAt } from '../../shared/demo/anchored.ts';
import type { DemoCase, DemoDocument } from '../../shared/demo/demo-types.ts';
import { DEMO_CASES } from '../../shared/demo/demonstration.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import { demoUpdates } from './demo-updates.ts';

/** The relay's doors as the loader needs them. */
export interface DemoDoors {
  /** Creates the agency or leaves the existing one alone. */
  createAgency(agencyId: string, input: AgencyInput): Promise<void>;
  /** Creates the account with the demonstration's password or leaves the existing one alone (its password too). */
  createPerson(personId: string, input: Omit<PersonInput, 'password'>): Promise<void>;
  hasCase(caseId: string): boolean;
  /** When this person's command was first answered, by the relay's clock; null when it never was. */
  commandAtMs(personId: string, commandId: string): number | null;
  runAs(personId: string, command: Command): Promise<CommandResult>;
  /** Gives the relay one update of a room as this person's; resolves when it is durable. */
  append(documentId: string, personId: string, room: RoomKind, update: Uint8Array): Promise<void>;
  log(message: string, facts: Readonly<Record<string, string | number>>): void;
}

/** Loads every demonstration case. Throws when a door refuses what it must not (a bug or another store's ids). */
export async function loadDemo(doors: DemoDoors): Promise<void> {
  for (const demo of DEMO_CASES) await loadCase(doors, demo);
}

async function loadCase(doors: DemoDoors, demo: DemoCase): Promise<void> {
  const { caseId, host } = demo;
  const { first, others, last } = commandsOf(demo);
  if (doors.commandAtMs(host, last.command.commandId) !== null) return;
  if (doors.hasCase(caseId) && doors.commandAtMs(host, first.command.commandId) === null) {
    doors.log('demonstration of an earlier edition left as it is', { caseId });
    return;
  }
  await Promise.all(demo.agencies.map(({ agencyId, ...input }) => doors.createAgency(agencyId, input)));
  await Promise.all(
    demo.people.map(({ personId, name, agencyId, isAdministrator }) =>
      doors.createPerson(personId, { name, agencyIds: [agencyId], isAdministrator }),
    ),
  );
  await give(doors, first);
  const beganAtMs = doors.commandAtMs(host, first.command.commandId);
  if (beganAtMs === null) throw new Error(`demonstration: the store forgot its first command for ${caseId}`);
  // Asked in order, so carried out in order; the writer settles many in one commit.
  await Promise.all(others.map((each) => give(doors, each)));
  const updates = anchoredAt(demo, dayInChina(beganAtMs), demo.language).documents.flatMap((document) =>
    demoUpdates(document).map((update) => ({ documentId: document.documentId, ...update })),
  );
  await Promise.all(
    updates.map(({ documentId, room, personId, update }) => doors.append(documentId, personId, room, update)),
  );
  // Last: its answer says that the case was loaded whole.
  await give(doors, last);
  doors.log('demonstration loaded', { caseId, commands: others.length + 2, updates: updates.length });
}

interface GivenCommand {
  readonly by: string;
  readonly command: Command;
}

async function give(doors: DemoDoors, { by, command }: GivenCommand): Promise<void> {
  const result = await doors.runAs(by, command);
  if (result.outcome === 'refused') throw new Error(`demonstration: ${command.type} was refused: ${result.reason}`);
}

/** Everything that is not document content, in order; the n-th command always has the same id. */
function commandsOf(demo: DemoCase): { first: GivenCommand; others: GivenCommand[]; last: GivenCommand } {
  const { caseId, host, title, category } = demo;
  const agencyOf = (personId: string) => demo.people.find((person) => person.personId === personId)?.agencyId ?? '';
  const commandId = (n: number) => `${caseId.slice(0, 14)}4c01-8000-${String(n).padStart(12, '0')}`;
  const others: GivenCommand[] = [];
  const next = () => ({ commandId: commandId(others.length + 2) });

  for (const { personId, agencyId, role } of demo.people) {
    if (personId === host || role === null) continue;
    others.push({ by: host, command: { ...next(), type: 'inviteMember', caseId, personId, agencyId, role } });
  }
  for (const document of demo.documents) {
    const { documentId, kind, by } = document;
    // The relay makes it with the case.
    if (kind === 'caseRecord') continue;
    const register = { documentId, caseId, kind, title: document.title, audience: 'joint' } as const;
    others.push({ by, command: { ...next(), type: 'registerDocument', ...register } });
  }
  for (const { documentId, by } of demo.documents.filter(isNumbered)) {
    others.push({ by, command: { ...next(), type: 'giveNumber', target: { of: 'document', documentId } } });
  }
  return {
    first: {
      by: host,
      command: { commandId: commandId(1), type: 'createCase', caseId, title, category, agencyId: agencyOf(host) },
    },
    others,
    last: {
      by: host,
      command: { commandId: commandId(999_999), type: 'giveNumber', target: { of: 'case', caseId } },
    },
  };
}

const isNumbered = (document: DemoDocument) => document.isNumbered;

/** The calendar day of a moment where the demonstration happens. */
function dayInChina(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Asia/Shanghai' }).format(ms);
}
