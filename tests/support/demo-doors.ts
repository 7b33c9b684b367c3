/**
 * The demonstration loader's doors without a relay: they check what comes in and keep it, answer every command once,
 * and tell the time a test gives them.
 */
import * as Y from 'yjs';
import { agencyInputSchema, personInputSchema } from '../../shared/api.ts';
import { type Command, type CommandResult, commandSchema } from '../../shared/commands.ts';
import { uuidSchema } from '../../shared/ids.ts';
import type { RoomKind } from '../../shared/rooms.ts';
import { type DemoDoors, loadDemo } from '../../sync-server/demo/load.ts';

export interface Append {
  readonly documentId: string;
  readonly personId: string;
  readonly room: RoomKind;
  readonly update: Uint8Array;
}

export function recordingDoors(nowMs: number) {
  const clock = { nowMs };
  const agencies = new Set<string>();
  const people = new Set<string>();
  const commands: { by: string; command: Command }[] = [];
  const answeredAtMs = new Map<string, number>();
  const appends: Append[] = [];
  const messages: string[] = [];
  const doors: DemoDoors = {
    async createAgency(agencyId, input) {
      agencyInputSchema.parse(input);
      agencies.add(uuidSchema.parse(agencyId));
    },
    async createPerson(personId, input) {
      personInputSchema.parse(input);
      people.add(uuidSchema.parse(personId));
    },
    hasCase: (caseId) => commands.some(({ command }) => command.type === 'createCase' && command.caseId === caseId),
    commandAtMs: (personId, commandId) => answeredAtMs.get(`${personId}/${commandId}`) ?? null,
    async runAs(by, command): Promise<CommandResult> {
      const key = `${by}/${command.commandId}`;
      if (!answeredAtMs.has(key)) {
        commands.push({ by, command: commandSchema.parse(command) });
        answeredAtMs.set(key, clock.nowMs);
      }
      return { outcome: 'done', version: 1 };
    },
    async append(documentId, personId, room, update) {
      appends.push({ documentId, personId, room, update });
    },
    log: (message) => void messages.push(message),
  };
  return { doors, clock, agencies, people, commands, answeredAtMs, appends, messages };
}

/** The demonstration as loaded at noon of a day, `YYYY-MM-DD`. */
export async function demoLoadedOn(day: string) {
  const world = recordingDoors(Date.parse(`${day}T12:00:00+08:00`));
  await loadDemo(world.doors);
  return world;
}

/** What a room holds after these appends. */
export function roomOf(appends: readonly Append[], documentId: string, room: RoomKind): Y.Doc {
  const doc = new Y.Doc();
  for (const append of appends) {
    if (append.documentId === documentId && append.room === room) Y.applyUpdate(doc, append.update);
  }
  return doc;
}
