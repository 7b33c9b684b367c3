/** What happened in a case: noted as it is written, told only to who may see it, the same when noted afterwards. */
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Command } from '../../../shared/commands.ts';
import { appendEvent } from '../../../shared/events/event-log.ts';
import { makeUlid } from '../../../shared/ids.ts';
import { AUDIENCES, type Audience, canEnter, type Role } from '../../../shared/permissions.ts';
import { EVENTS_ROOT, type RoomKind } from '../../../shared/rooms.ts';
import { noteEverything } from '../../../sync-server/store/activity.ts';
import { activityOf } from '../../../sync-server/store/activity-reading.ts';
import { caseOf } from '../../../sync-server/store/catalogue.ts';
import { AGENCIES, AT_MS, PEOPLE, populate, type StoreStage, stageStore, uuid } from './store-stage.ts';

const CASE = uuid(3, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Input = Command extends infer C ? (C extends Command ? Omit<C, 'commandId'> : never) : never;

describe('the activity of a case', () => {
  let stage: StoreStage;
  let made = 0;

  const give = (personId: string, input: Input, atMs = AT_MS) =>
    stage.at(atMs, { kind: 'command', personId, command: { commandId: uuid(9, ++made), ...input } as Command });
  const register = (personId: string, n: number, audience: Audience = 'joint') =>
    give(personId, {
      type: 'registerDocument',
      documentId: uuid(4, n),
      caseId: CASE,
      kind: 'caseNote',
      title: `记录${n}`,
      audience,
      ...(audience === 'agency' ? { audienceAgencyId: AGENCIES.justice } : {}),
    });
  const write = (personId: string, documentId: string, room: RoomKind, update: Uint8Array, atMs = AT_MS) =>
    stage.at(atMs, {
      kind: 'append',
      room: `${documentId}/${room}`,
      update,
      author: personId,
      agencyId: AGENCIES.justice,
      role: 'host',
      connection: null,
      newClientIds: [],
    });
  const type = (personId: string, documentId: string, atMs = AT_MS) => {
    const doc = new Y.Doc();
    doc.getText('prose').insert(0, 'x');
    return write(personId, documentId, 'body', Y.encodeStateAsUpdate(doc), atMs);
  };
  const say = (personId: string, room: 'review' | 'work', types: readonly string[], saidAtMs: number, atMs = AT_MS) => {
    const doc = new Y.Doc();
    for (const [n, each] of types.entries()) {
      const ulid = makeUlid(saidAtMs, (count) => new Uint8Array(count).fill(n));
      appendEvent(doc.getMap(EVENTS_ROOT), personId, ulid, { type: each, taskId: 't' });
    }
    return write(personId, uuid(4, 1), room, Y.encodeStateAsUpdate(doc), atMs);
  };
  const read = (personId: string = PEOPLE.host, before: string | null = null, limit = 100) =>
    activityOf(stage.reader.db, personId, CASE, { before, limit });
  const told = (personId?: string) => read(personId)?.items.map(({ what, times }) => [what, times]);

  beforeEach(() => {
    stage = stageStore();
    populate(stage);
    give(PEOPLE.host, {
      type: 'createCase',
      caseId: CASE,
      title: '欠薪',
      category: 'wageArrears',
      agencyId: AGENCIES.justice,
    });
    for (const role of ['mediator', 'recorder', 'observer'] as const) {
      give(PEOPLE.host, {
        type: 'inviteMember',
        caseId: CASE,
        personId: PEOPLE[role],
        agencyId: AGENCIES.justice,
        role,
      });
    }
    give(PEOPLE.host, {
      type: 'inviteMember',
      caseId: CASE,
      personId: PEOPLE.participant,
      agencyId: AGENCIES.labour,
      role: 'participant',
    });
  });

  it('[P2] tells nobody of a document whose audience they are not in', () => {
    for (const [n, audience] of AUDIENCES.entries()) {
      // Whoever may enter it makes it, writes in it, comments on it and has it frozen and numbered.
      expect(register(PEOPLE.mediator, n + 1, audience)).toMatchObject({ result: { outcome: 'done' } });
      type(PEOPLE.mediator, uuid(4, n + 1));
      give(PEOPLE.mediator, { type: 'freezeDocument', documentId: uuid(4, n + 1) });
    }
    say(PEOPLE.mediator, 'review', ['comment'], AT_MS);
    const places: [string, Role, string][] = [
      [PEOPLE.host, 'host', AGENCIES.justice],
      [PEOPLE.mediator, 'mediator', AGENCIES.justice],
      [PEOPLE.recorder, 'recorder', AGENCIES.justice],
      [PEOPLE.observer, 'observer', AGENCIES.justice],
      [PEOPLE.participant, 'participant', AGENCIES.labour],
    ];
    for (const [personId, role, actingAgencyId] of places) {
      const seen = new Set(read(personId)?.items.flatMap(({ document }) => document?.documentId ?? []));
      for (const [n, audience] of AUDIENCES.entries()) {
        const audienceAgencyId = audience === 'agency' ? AGENCIES.justice : null;
        const may = canEnter({ role, actingAgencyId, audience, audienceAgencyId });
        expect([role, audience, seen.has(uuid(4, n + 1))]).toEqual([role, audience, may]);
      }
      // Nor by anything else in the answer, nor by the time at which the case last changed.
      const hidden = AUDIENCES.flatMap((audience, n) =>
        canEnter({
          role,
          actingAgencyId,
          audience,
          audienceAgencyId: audience === 'agency' ? AGENCIES.justice : null,
        })
          ? []
          : [`记录${n + 1}`],
      );
      for (const title of hidden) expect(JSON.stringify(read(personId))).not.toContain(title);
    }
    const before = caseOf(stage.reader.db, PEOPLE.participant, CASE)?.changedAtMs;
    stage.at(AT_MS + DAY, { kind: 'project', documentId: uuid(4, AUDIENCES.indexOf('mediators') + 1), title: '改' });
    expect(caseOf(stage.reader.db, PEOPLE.participant, CASE)?.changedAtMs).toBe(before);
    expect(caseOf(stage.reader.db, PEOPLE.mediator, CASE)?.changedAtMs).toBe(AT_MS + DAY);
    expect(read(PEOPLE.stranger)).toBeNull();
  });

  it('has every command once, with who, for which agency, and about whom', () => {
    register(PEOPLE.host, 1);
    give(PEOPLE.host, { type: 'giveNumber', target: { of: 'case', caseId: CASE } }, AT_MS + 1);
    give(PEOPLE.observer, { type: 'giveNumber', target: { of: 'case', caseId: CASE } }, AT_MS + 1);
    register(PEOPLE.host, 1);
    give(PEOPLE.host, { type: 'changeRole', caseId: CASE, personId: PEOPLE.observer, role: 'reviewer' }, AT_MS + 2);
    const items = read()?.items ?? [];
    expect(items.map(({ what }) => what)).toEqual([
      'roleChanged',
      'caseNumbered',
      'documentRegistered',
      'memberInvited',
      'memberInvited',
      'memberInvited',
      'memberInvited',
      'caseCreated',
    ]);
    expect(items[0]).toMatchObject({
      subjectName: 'observer',
      role: 'reviewer',
      personName: 'host',
      agencyName: '司法局',
    });
    expect(items[1]).toMatchObject({ number: '〔2026〕云城调字第1号', document: null });
    expect(items[2]?.document).toEqual({ documentId: uuid(4, 1), kind: 'caseNote', title: '记录1' });
  });

  it('has a day of typing once for each person and document, at the last time', () => {
    register(PEOPLE.host, 1);
    const before = told()?.length ?? 0;
    for (const atMs of [0, 5_000, 30_000, 2 * MINUTE, 3 * MINUTE]) type(PEOPLE.host, uuid(4, 1), AT_MS + atMs);
    type(PEOPLE.participant, uuid(4, 1), AT_MS + 4 * MINUTE);
    type(PEOPLE.host, CASE, AT_MS + 5 * MINUTE);
    type(PEOPLE.host, uuid(4, 1), AT_MS + DAY);
    const items = read()?.items ?? [];
    expect(items.length - before).toBe(4);
    expect(
      items.slice(0, 4).map(({ personName, document, atMs }) => [personName, document?.kind, atMs - AT_MS]),
    ).toEqual([
      ['host', 'caseNote', DAY],
      ['host', 'caseRecord', 5 * MINUTE],
      ['participant', 'caseNote', 4 * MINUTE],
      ['host', 'caseNote', 3 * MINUTE],
    ]);
    expect(caseOf(stage.reader.db, PEOPLE.host, CASE)?.documents[0]?.changedBy).toBe(PEOPLE.host);
  });

  it('counts comments and task events by the day they were said, also when they come from offline', () => {
    register(PEOPLE.host, 1);
    const yesterday = AT_MS - DAY;
    say(PEOPLE.host, 'work', ['taskProgress', 'taskProgress', 'taskClosed', 'unheardOf'], yesterday);
    say(PEOPLE.host, 'review', ['comment', 'edit', 'reanchor', 'resolve'], AT_MS + 9 * DAY);
    const items = read()?.items ?? [];
    expect(items.filter(({ atMs }) => atMs === yesterday).map(({ what, times }) => [what, times])).toEqual([
      ['taskClosed', 1],
      ['taskProgress', 2],
    ]);
    expect(items.slice(0, 2).map(({ what, atMs }) => [what, atMs])).toEqual([
      ['resolve', AT_MS],
      ['comment', AT_MS],
    ]);
  });

  it('comes in pages without a gap and without doubles', () => {
    for (let n = 1; n <= 23; n++) register(PEOPLE.host, n);
    const whole = read()?.items.map(({ activityId }) => activityId);
    const inPages: number[] = [];
    let before: string | null = null;
    let pages = 0;
    do {
      const page = read(PEOPLE.host, before, 5);
      inPages.push(...(page?.items.map(({ activityId }) => activityId) ?? []));
      before = page?.before ?? null;
      pages++;
    } while (before !== null && pages < 20);
    expect(inPages).toEqual(whole);
    expect(pages).toBe(6);
  });

  it('says the same when it is noted afterwards, as for a store from before there were notes', () => {
    register(PEOPLE.host, 1);
    register(PEOPLE.mediator, 2, 'mediators');
    give(PEOPLE.host, { type: 'giveNumber', target: { of: 'case', caseId: CASE } }, AT_MS + 1);
    give(PEOPLE.host, { type: 'freezeDocument', documentId: uuid(4, 1) }, AT_MS + 2);
    for (const minutes of [0, 1, 2, 3]) type(PEOPLE.host, uuid(4, 1), AT_MS + minutes * MINUTE);
    type(PEOPLE.mediator, uuid(4, 2), AT_MS + DAY);
    say(PEOPLE.host, 'work', ['taskAccepted', 'taskProgress', 'taskProgress'], AT_MS - DAY);
    const live = read()?.items.map(({ activityId: _, ...item }) => item);
    stage.db.exec('DELETE FROM activity');
    expect(read()?.items).toEqual([]);
    noteEverything(stage.db);
    const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(
      read()
        ?.items.map(({ activityId: _, ...item }) => item)
        .sort(byText),
    ).toEqual(live?.sort(byText));
  });

  it('notes again what was rolled back with its transaction', () => {
    register(PEOPLE.host, 1);
    const before = told()?.length ?? 0;
    stage.db.exec("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    expect(type(PEOPLE.host, uuid(4, 1))).toMatchObject({ kind: 'failed' });
    stage.db.exec('DROP TRIGGER full');
    expect(told()?.length).toBe(before);
    stage.at(AT_MS, {
      kind: 'append',
      room: `${uuid(4, 1)}/body`,

      update: Y.encodeStateAsUpdate(new Y.Doc()),
      author: PEOPLE.host,
      agencyId: AGENCIES.justice,
      role: 'host',
      connection: null,
      newClientIds: [],
    });
    expect(told()?.[0]).toEqual(['wrote', 1]);
  });
});
