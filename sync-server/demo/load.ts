/**
 * Loads the demonstration: accounts, the case, its members and its documents, through the doors everybody uses. May be run
 * again at every start: ids, commands and updates are always the same, so what is there already stays as people left it.
 */
import type { AgencyInput, PersonInput } from '../../shared/api.ts';
import type { Command, CommandResult } from '../../shared/commands.ts';
import type { DemoCase, DemoDocument } from '../../shared/demo/demo-types.ts';
import { DEMO_PASSWORD, wageArrears } from '../../shared/demo/wage-arrears.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import { demoUpdates } from './demo-updates.ts';

/** The relay's doors as the loader needs them. */
export interface DemoDoors {
  /** Creates the agency or leaves the existing one alone. */
  createAgency(agencyId: string, input: AgencyInput): Promise<void>;
  /** Creates the account or leaves the existing one alone (its password too). */
  createPerson(personId: string, input: PersonInput & { readonly password: string }): Promise<void>;
  runAs(personId: string, command: Command): Promise<CommandResult>;
  /** Gives the relay one update of a room as this person's; resolves when it is durable. */
  appendBody(documentId: string, personId: string, room: RoomKind, update: Uint8Array): Promise<void>;
  log(message: string, facts: Readonly<Record<string, string | number>>): void;
}

/** Loads every demonstration case. Throws when a door refuses what it must not (a bug or another store's ids). */
export async function loadDemo(doors: DemoDoors): Promise<void> {
  await loadCase(doors, wageArrears);
}

async function loadCase(doors: DemoDoors, demo: DemoCase): Promise<void> {
  for (const { agencyId, ...input } of demo.agencies) await doors.createAgency(agencyId, input);
  for (const { personId, name, agencyId, isAdministrator } of demo.people) {
    await doors.createPerson(personId, { name, password: DEMO_PASSWORD, agencyIds: [agencyId], isAdministrator });
  }
  const commands = commandsOf(demo);
  for (const { by, command } of commands) {
    const result = await doors.runAs(by, command);
    if (result.outcome === 'refused') {
      throw new Error(`demonstration: ${command.type} was refused: ${result.reason}`);
    }
  }
  let updates = 0;
  for (const document of demo.documents) {
    for (const { room, personId, update } of demoUpdates(document)) {
      await doors.appendBody(document.documentId, personId, room, update);
      updates++;
    }
  }
  doors.log('demonstration loaded', { caseId: demo.caseId, commands: commands.length, updates });
}

/** Everything that is not document content, in order; the n-th command always has the same id. */
function commandsOf(demo: DemoCase): { by: string; command: Command }[] {
  const { caseId, host } = demo;
  const agencyOf = (personId: string) => demo.people.find((person) => person.personId === personId)?.agencyId ?? '';
  let made = 0;
  const commandId = () => `${caseId.slice(0, 14)}4c00-8000-${String(++made).padStart(12, '0')}`;
  const commands: { by: string; command: Command }[] = [];
  const give = (by: string, command: Command) => commands.push({ by, command });

  const { title, category } = demo;
  give(host, { commandId: commandId(), type: 'createCase', caseId, title, category, agencyId: agencyOf(host) });
  for (const { personId, agencyId, role } of demo.people) {
    if (personId === host) continue;
    give(host, { commandId: commandId(), type: 'inviteMember', caseId, personId, agencyId, role });
  }
  give(host, { commandId: commandId(), type: 'giveNumber', target: { of: 'case', caseId } });
  for (const document of demo.documents) {
    const { documentId, kind } = document;
    const register = { documentId, caseId, kind, title: document.title, audience: 'joint' } as const;
    give(document.by, { commandId: commandId(), type: 'registerDocument', ...register });
  }
  for (const document of demo.documents.filter(isNumbered)) {
    const target = { of: 'document', documentId: document.documentId } as const;
    give(document.by, { commandId: commandId(), type: 'giveNumber', target });
  }
  return commands;
}

const isNumbered = (document: DemoDocument) => document.isNumbered;
