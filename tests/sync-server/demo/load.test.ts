import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DEMO_CASES } from '../../../shared/demo/demonstration.ts';
import { canCommand, capability } from '../../../shared/permissions.ts';
import { isRootAllowed, ROOM_KINDS } from '../../../shared/rooms.ts';
import { loadDemo } from '../../../sync-server/demo/load.ts';
import { judgeUpdate } from '../../../sync-server/gate/judge.ts';
import { demoLoadedOn, recordingDoors, roomOf } from '../../support/demo-doors.ts';

const DAY = '2026-11-26';
const caseOfDocument = new Map(
  DEMO_CASES.flatMap((demo) => demo.documents.map(({ documentId }) => [documentId, demo] as const)),
);

describe('loading the demonstration', () => {
  it('makes every agency and person, and gives only commands that their role allows', async () => {
    const { agencies, people, commands } = await demoLoadedOn(DAY);
    expect(agencies.size).toBe(DEMO_CASES.flatMap((demo) => demo.agencies).length);
    expect(people.size).toBe(DEMO_CASES.flatMap((demo) => demo.people).length);
    expect(new Set(commands.map(({ command }) => command.commandId)).size).toBe(commands.length);
    const roles = new Map(DEMO_CASES.flatMap((demo) => demo.people.map(({ personId, role }) => [personId, role])));
    for (const { by, command } of commands) {
      if (command.type === 'createCase') continue;
      const role = roles.get(by);
      expect(role && canCommand(role, command.type), `${role} ${command.type}`).toBe(true);
    }
  });

  it('gives the same commands and the same bytes each time', async () => {
    const [first, second] = [await demoLoadedOn(DAY), await demoLoadedOn(DAY)];
    expect(second.commands).toEqual(first.commands);
    expect(second.appends).toEqual(first.appends);
  });

  it('changes nothing when it is loaded again, the same day or later', async () => {
    const world = await demoLoadedOn(DAY);
    const [commands, appends] = [[...world.commands], [...world.appends]];
    for (const days of [0, 1, 400]) {
      world.clock.nowMs += days * 86_400_000;
      await loadDemo(world.doors);
    }
    expect(world.commands).toEqual(commands);
    expect(world.appends).toEqual(appends);
  });

  it('completes what was interrupted with the bytes of the day it began', async () => {
    const whole = await demoLoadedOn(DAY);
    const world = recordingDoors(Date.parse(`${DAY}T23:59:59+08:00`));
    const { append } = world.doors;
    world.doors.append = async () => {
      throw new Error('killed');
    };
    await expect(loadDemo(world.doors)).rejects.toThrow('killed');
    world.doors.append = append;
    world.clock.nowMs += 86_400_000;
    await loadDemo(world.doors);
    const first = DEMO_CASES[0]?.documents.map((document) => document.documentId) ?? [];
    const ofFirst = (each: { documentId: string }) => first.includes(each.documentId);
    expect(world.appends.filter(ofFirst)).toEqual(whole.appends.filter(ofFirst));
  });

  it('leaves a case alone that an earlier edition loaded', async () => {
    const world = recordingDoors(0);
    world.doors.hasCase = () => true;
    await loadDemo(world.doors);
    expect(world.commands).toEqual([]);
    expect(world.messages).toEqual(DEMO_CASES.map(() => 'demonstration of an earlier edition left as it is'));
  });

  it('[R12] passes the gate the first time and has no effect the second', async () => {
    const { appends } = await demoLoadedOn(DAY);
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
    const { appends } = await demoLoadedOn(DAY);
    const owners = new Map<string, string>();
    for (const { documentId, room, personId, update } of appends) {
      const person = caseOfDocument.get(documentId)?.people.find((each) => each.personId === personId);
      if (!person?.role) throw new Error(`${personId} is not on the case of ${documentId}`);
      const question = { audience: 'joint', audienceAgencyId: null, state: 'draft', room } as const;
      expect(capability({ ...question, role: person.role, actingAgencyId: person.agencyId })).toBe('write');
      for (const struct of Y.decodeUpdate(update).structs) {
        const client = `${documentId}/${room}/${struct.id.client}`;
        expect(owners.get(client) ?? personId).toBe(personId);
        owners.set(client, personId);
        expect(Number.isSafeInteger(struct.id.client)).toBe(true);
      }
    }
    for (const documentId of caseOfDocument.keys()) {
      for (const room of ROOM_KINDS) {
        for (const name of roomOf(appends, documentId, room).share.keys()) expect(isRootAllowed(room, name)).toBe(true);
      }
    }
  });

  it('stops with the reason when a command is refused', async () => {
    const { doors } = recordingDoors(0);
    doors.runAs = async () => ({ outcome: 'refused', reason: 'id-taken' });
    await expect(loadDemo(doors)).rejects.toThrow('createCase was refused: id-taken');
  });
});
