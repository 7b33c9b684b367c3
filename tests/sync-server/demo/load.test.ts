import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { agencyInputSchema, personInputSchema } from '../../../shared/api.ts';
import { type Command, type CommandResult, commandSchema } from '../../../shared/commands.ts';
import { wageArrears } from '../../../shared/demo/wage-arrears.ts';
import { readEvents } from '../../../shared/events/event-log.ts';
import { taskEventSchema } from '../../../shared/events/task-events.ts';
import { taskStates } from '../../../shared/events/task-state.ts';
import { liveRecords, readRecords } from '../../../shared/fields/records.ts';
import { newestValue } from '../../../shared/fields/register.ts';
import { recordTexts } from '../../../shared/fields/text-cell.ts';
import { uuidSchema } from '../../../shared/ids.ts';
import { KINDS } from '../../../shared/kinds/all-kinds.ts';
import { isValueOfField } from '../../../shared/kinds/field-value.ts';
import { readTitle } from '../../../shared/kinds/title.ts';
import { canCommand, capability } from '../../../shared/permissions.ts';
import { blockToText, readProse } from '../../../shared/prose/read-prose.ts';
import { blockKeys, proseText } from '../../../shared/prose/roots.ts';
import type { InitialInline } from '../../../shared/prose/write-initial-prose.ts';
import { isRootAllowed, type RoomKind } from '../../../shared/rooms.ts';
import { type DemoDoors, loadDemo } from '../../../sync-server/demo/load.ts';
import { judgeUpdate } from '../../../sync-server/gate/judge.ts';

interface Append {
  documentId: string;
  personId: string;
  room: RoomKind;
  update: Uint8Array;
}

function recordingDoors() {
  const agencies: string[] = [];
  const people: string[] = [];
  const commands: { by: string; command: Command }[] = [];
  const appends: Append[] = [];
  const doors: DemoDoors = {
    async createAgency(agencyId, input) {
      agencyInputSchema.parse(input);
      agencies.push(uuidSchema.parse(agencyId));
    },
    async createPerson(personId, input) {
      personInputSchema.parse(input);
      people.push(uuidSchema.parse(personId));
    },
    async runAs(by, command): Promise<CommandResult> {
      commands.push({ by, command: commandSchema.parse(command) });
      return { outcome: 'done', version: 1 };
    },
    async appendBody(documentId, personId, room, update) {
      appends.push({ documentId, personId, room, update });
    },
    log: () => undefined,
  };
  return { doors, agencies, people, commands, appends };
}

async function loaded() {
  const world = recordingDoors();
  await loadDemo(world.doors);
  return world;
}

function roomOf(appends: readonly Append[], documentId: string, room: RoomKind): Y.Doc {
  const doc = new Y.Doc();
  for (const append of appends) {
    if (append.documentId === documentId && append.room === room) Y.applyUpdate(doc, append.update);
  }
  return doc;
}

function documentOfKind(kind: string) {
  const document = wageArrears.documents.find((each) => each.kind === kind);
  if (!document) throw new Error(`no ${kind}`);
  return document;
}
const roleOf = new Map(wageArrears.people.map((person) => [person.personId, person]));

describe('loading the demonstration', () => {
  it('makes every agency and person, and gives only commands that their role allows', async () => {
    const { agencies, people, commands } = await loaded();
    expect(agencies).toHaveLength(9);
    expect(people).toHaveLength(9);
    expect(new Set(commands.map(({ command }) => command.commandId)).size).toBe(commands.length);
    for (const { by, command } of commands) {
      if (command.type === 'createCase') continue;
      const role = roleOf.get(by)?.role;
      expect(role && canCommand(role, command.type), `${role} ${command.type}`).toBe(true);
    }
  });

  it('gives the same commands and the same bytes each time', async () => {
    const [first, second] = [await loaded(), await loaded()];
    expect(second.commands).toEqual(first.commands);
    expect(second.appends).toEqual(first.appends);
  });

  it('[R12] passes the gate the first time and has no effect the second', async () => {
    const { appends } = await loaded();
    const docs = new Map<string, Y.Doc>();
    const owners = new Map<string, string>();
    const verdicts: string[][] = [[], []];
    for (const round of verdicts) {
      for (const { documentId, room, personId, update } of appends) {
        const key = `${documentId}/${room}`;
        const doc = docs.get(key) ?? new Y.Doc();
        docs.set(key, doc);
        const ownerOf = (clientId: number) => owners.get(`${key}/${clientId}`);
        const verdict = judgeUpdate({ update, doc, room, personId, capability: 'write', isFrozen: false, ownerOf });
        round.push(verdict.type);
        if (verdict.type !== 'accepted') continue;
        for (const clientId of verdict.newClientIds) owners.set(`${key}/${clientId}`, personId);
        Y.applyUpdate(doc, update);
      }
    }
    expect(new Set(verdicts[0])).toEqual(new Set(['accepted']));
    expect(new Set(verdicts[1])).toEqual(new Set(['noEffect']));
  });

  it('[R10] lets everybody write under a clientID of their own, only where they may, and only into known roots', async () => {
    const { appends } = await loaded();
    const owners = new Map<string, string>();
    for (const { documentId, room, personId, update } of appends) {
      const person = roleOf.get(personId);
      if (!person) throw new Error(`stranger ${personId}`);
      const question = { audience: 'joint', audienceAgencyId: null, state: 'draft', room } as const;
      expect(capability({ ...question, role: person.role, actingAgencyId: person.agencyId })).toBe('write');
      for (const struct of Y.decodeUpdate(update).structs) {
        const client = `${documentId}/${room}/${struct.id.client}`;
        expect(owners.get(client) ?? personId).toBe(personId);
        owners.set(client, personId);
        expect(Number.isSafeInteger(struct.id.client)).toBe(true);
      }
    }
    for (const { documentId } of wageArrears.documents) {
      for (const room of ['body', 'work'] as const) {
        for (const name of roomOf(appends, documentId, room).share.keys()) expect(isRootAllowed(room, name)).toBe(true);
      }
    }
    const authors = new Set(appends.map((append) => append.personId));
    expect(authors.size).toBeGreaterThanOrEqual(6);
  });

  it('fills every field with a value that its kind can show', async () => {
    const { appends } = await loaded();
    for (const document of wageArrears.documents) {
      const body = roomOf(appends, document.documentId, 'body');
      const spec = KINDS[document.kind];
      expect(readTitle(body)).toBe(document.title);
      for (const [root, fields] of [
        ['fields', [...spec.fields, ...(spec.formerFields ?? [])]],
        ['tasks', spec.tasks ?? []],
      ] as const) {
        const reading = readRecords(body.getMap(root));
        expect(reading.invalid).toEqual([]);
        for (const record of reading.records.values()) {
          for (const [field, values] of record.fields) {
            if (field === 'order') continue;
            const fieldSpec = fields.find((each) => each.id === field);
            expect(values).toHaveLength(1);
            expect(fieldSpec && isValueOfField(fieldSpec, values[0]?.value ?? null), `${field}`).toBe(true);
          }
          for (const field of recordTexts(body, record.recordId).keys()) {
            expect(fields.find((each) => each.id === field)?.input).toBe('longText');
          }
        }
      }
    }
  });

  it('has each paragraph once, in order, although several people wrote them', async () => {
    const { appends } = await loaded();
    for (const document of wageArrears.documents) {
      const body = roomOf(appends, document.documentId, 'body');
      const blocks = readProse(proseText(body), blockKeys(body));
      const wanted = document.prose.map(({ kind, content }) => [
        kind,
        typeof content === 'string' ? content : wordsOf(content),
      ]);
      expect(blocks.map((block) => [block.kind, blockToText(block)])).toEqual(wanted);
      expect(blocks.filter((block) => block.stray)).toEqual([]);
    }
  });

  it('shows the plan as it stood on 22 November: seven tasks struck off, one under way, nothing ignored', async () => {
    const { appends } = await loaded();
    const { documentId } = documentOfKind('actionPlan');
    const rows = liveRecords(readRecords(roomOf(appends, documentId, 'body').getMap('tasks')));
    const leads = new Map(rows.map((row) => [row.recordId, newestValue(row.fields.get('leadAgency') ?? [])]));
    const log = readEvents(roomOf(appends, documentId, 'work').getMap('events'), taskEventSchema);
    expect(log.invalid).toEqual([]);
    const tasks = taskStates(log.events, {
      memberById: (personId) => roleOf.get(personId),
      leadAgencyByTask: (taskId) => [String(leads.get(taskId))],
    });
    const readings = rows.map((row) => tasks.get(row.recordId));
    expect(readings.map((task) => task?.state)).toEqual([...Array(7).fill('closed'), 'inProgress']);
    expect(readings.map((task) => task?.percent)).toEqual([100, 100, 100, 100, 100, 100, 100, 60]);
    expect(readings.flatMap((task) => task?.ignored)).toEqual([]);
    expect(readings[2]?.history.some(({ value }) => value.type === 'taskReturned')).toBe(true);
  });

  it('names no party', async () => {
    const names = [
      '罗大川',
      '蒋秀梅',
      '马成林',
      '吴兆丰',
      '杜衡',
      '颜青',
      '郭立本',
      '冯屿',
      '川禾',
      '江临第四',
      '云川安禾',
    ];
    const text = JSON.stringify(wageArrears);
    for (const name of names) expect(text).not.toContain(name);
  });

  it('stops with the reason when a command is refused', async () => {
    const { doors } = recordingDoors();
    doors.runAs = async () => ({ outcome: 'refused', reason: 'id-taken' });
    await expect(loadDemo(doors)).rejects.toThrow('createCase was refused: id-taken');
  });
});

function wordsOf(content: readonly InitialInline[]): string {
  return content
    .map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : part.mention.label))
    .join('');
}
