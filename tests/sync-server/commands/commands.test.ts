/** Commands on a real database: who may, once only, in order, with numbers that have no gap. */
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Command, type CommandResult, commandSchema } from '../../../shared/commands.ts';
import { readRecordState } from '../../../shared/events/record-state.ts';
import { EVENTS_ROOT } from '../../../shared/rooms.ts';
import { caseOf, casesOf } from '../../../sync-server/store/catalogue.ts';
import { AGENCIES, AT_MS, PEOPLE, populate, type StoreStage, stageStore, uuid } from '../store/store-stage.ts';

const CASE = uuid(3, 1);
type Input = Command extends infer C
  ? C extends Command
    ? Omit<C, 'commandId'> & { commandId?: string }
    : never
  : never;

describe('commands', () => {
  let stage: StoreStage;
  let made = 0;

  const give = (personId: string, input: Input, atMs = AT_MS): CommandResult => {
    const command = { commandId: uuid(9, ++made), ...input } as Command;
    const reply = stage.at(atMs, { kind: 'command', personId, command });
    if (reply.kind !== 'command') throw new Error(JSON.stringify(reply));
    return reply.result;
  };
  const register = (n: number, change: Partial<Extract<Command, { type: 'registerDocument' }>> = {}): Input => ({
    type: 'registerDocument',
    documentId: uuid(4, n),
    caseId: CASE,
    kind: 'jointMinutes',
    title: '纪要',
    audience: 'joint',
    ...change,
  });
  const createCase: Input = {
    type: 'createCase',
    caseId: CASE,
    title: '欠薪',
    category: 'wageArrears',
    agencyId: AGENCIES.justice,
  };
  const done = (version: number) => ({ outcome: 'done', version });
  const refused = (reason: string) => ({ outcome: 'refused', reason });

  beforeEach(() => {
    stage = stageStore();
    populate(stage);
    expect(give(PEOPLE.host, createCase)).toEqual(done(1));
    for (const role of ['mediator', 'recorder', 'observer'] as const) {
      const invite = { type: 'inviteMember', caseId: CASE, personId: PEOPLE[role], agencyId: AGENCIES.justice, role };
      expect(give(PEOPLE.host, invite as Input).outcome).toBe('done');
    }
    const participant = { personId: PEOPLE.participant, agencyId: AGENCIES.labour, role: 'participant' } as const;
    expect(give(PEOPLE.host, { type: 'inviteMember', caseId: CASE, ...participant }).outcome).toBe('done');
  });

  it('gives the same command the same answer, however often it comes', () => {
    const command = { ...register(1), commandId: uuid(8, 1) } as Input;
    const first = give(PEOPLE.host, command);
    expect(give(PEOPLE.host, command)).toEqual(first);
    expect(stage.reader.loadRoom(`${uuid(4, 1)}/record`).lastSeq).toBe(1);
    const late = { type: 'changeRole', caseId: CASE, personId: PEOPLE.mediator, role: 'observer' } as const;
    const refusedOnce = give(PEOPLE.observer, { ...late, commandId: uuid(8, 2) });
    expect(refusedOnce).toEqual(refused('not-allowed'));
    give(PEOPLE.host, { type: 'changeRole', caseId: CASE, personId: PEOPLE.observer, role: 'host' });
    expect(give(PEOPLE.observer, { ...late, commandId: uuid(8, 2) })).toEqual(refusedOnce);
  });

  it('refuses an id that stands for something else', () => {
    expect(give(PEOPLE.host, register(1))).toEqual(done(1));
    expect(give(PEOPLE.host, register(1))).toEqual(done(1));
    expect(give(PEOPLE.host, register(1, { kind: 'actionPlan' }))).toEqual(refused('id-taken'));
    expect(give(PEOPLE.mediator, register(1))).toEqual(refused('id-taken'));
    expect(give(PEOPLE.host, { ...createCase, category: 'other' } as Input)).toEqual(refused('id-taken'));
    const command = { ...register(2), commandId: uuid(8, 3) } as Input;
    give(PEOPLE.host, command);
    expect(give(PEOPLE.host, { ...command, title: '另一份' } as Input)).toEqual(refused('id-taken'));
  });

  it('makes the record of a case with the case, under the same id, for every agency on it', () => {
    expect(stage.reader.standing(CASE, PEOPLE.observer)).toMatchObject({
      caseId: CASE,
      audience: 'joint',
      audienceAgencyId: null,
      state: 'draft',
      member: { role: 'observer' },
    });
    const lines = new Y.Doc();
    for (const update of stage.reader.loadRoom(`${CASE}/record`).updates) Y.applyUpdate(lines, update);
    expect([...lines.getMap(EVENTS_ROOT).values()]).toMatchObject([{ type: 'registered', by: PEOPLE.host }]);
    // Neither the case nor a document can take an id that the other has.
    const detail = caseOf(stage.reader.db, PEOPLE.host, CASE);
    expect(detail?.record).toMatchObject({ documentId: CASE, kind: 'caseRecord', title: '欠薪' });
    expect(detail).toMatchObject({ documents: [], documentCount: 0 });
    expect(give(PEOPLE.host, register(1, { documentId: CASE }))).toEqual(refused('id-taken'));
    give(PEOPLE.host, register(1));
    expect(give(PEOPLE.host, { ...createCase, caseId: uuid(4, 1) } as Input)).toEqual(refused('id-taken'));
    const byHand = { commandId: uuid(8, 9), ...register(2), kind: 'caseRecord' };
    expect(commandSchema.safeParse(byHand).success).toBe(false);
  });

  it('neither freezes nor numbers the record of a case', () => {
    expect(give(PEOPLE.host, { type: 'freezeDocument', documentId: CASE })).toEqual(refused('not-allowed'));
    const number = { type: 'giveNumber', target: { of: 'document', documentId: CASE } } as const;
    expect(give(PEOPLE.host, number)).toEqual(refused('no-number-series'));
  });

  it('creates the same case again whatever its title is by now', () => {
    stage.at(AT_MS, { kind: 'project', documentId: CASE, title: '青禾家园工资纠纷' });
    expect(caseOf(stage.reader.db, PEOPLE.host, CASE)?.title).toBe('青禾家园工资纠纷');
    expect(casesOf(stage.reader.db, PEOPLE.observer)[0]?.title).toBe('青禾家园工资纠纷');
    expect(give(PEOPLE.host, createCase)).toEqual(done(5));
    stage.at(AT_MS, { kind: 'project', documentId: CASE, title: null });
    expect(caseOf(stage.reader.db, PEOPLE.host, CASE)?.title).toBe('青禾家园工资纠纷');
  });

  it('creates a case only for an agency of the person', () => {
    const other = { ...createCase, caseId: uuid(3, 2), agencyId: AGENCIES.labour } as Input;
    expect(give(PEOPLE.host, other)).toEqual(refused('not-in-agency'));
    expect(give(PEOPLE.participant, other)).toEqual(done(1));
  });

  it('keeps strangers out without telling them that there is a case', () => {
    expect(give(PEOPLE.stranger, register(1))).toEqual(refused('unknown-case'));
    const none = { ...register(1), caseId: uuid(3, 9) } as Input;
    expect(give(PEOPLE.host, none)).toEqual(refused('unknown-case'));
    expect(give(PEOPLE.host, { type: 'freezeDocument', documentId: uuid(4, 9) })).toEqual(refused('unknown-document'));
  });

  it('registers documents only for an audience one is in', () => {
    expect(give(PEOPLE.observer, register(1))).toEqual(refused('not-allowed'));
    expect(give(PEOPLE.participant, register(1, { audience: 'mediators' }))).toEqual(refused('not-allowed'));
    const own = register(2, { audience: 'agency', audienceAgencyId: AGENCIES.labour });
    expect(give(PEOPLE.mediator, own)).toEqual(refused('not-allowed'));
    expect(give(PEOPLE.participant, own)).toEqual(done(1));
    expect(give(PEOPLE.participant, register(3, { audience: 'agency' }))).toEqual(refused('not-allowed'));
    expect(give(PEOPLE.host, { type: 'freezeDocument', documentId: uuid(4, 2) })).toEqual(refused('unknown-document'));
  });

  it('invites, changes and removes members under a version', () => {
    const invite: Input = {
      type: 'inviteMember',
      caseId: CASE,
      personId: PEOPLE.stranger,
      agencyId: AGENCIES.labour,
      role: 'reviewer',
    };
    expect(give(PEOPLE.host, invite)).toEqual(refused('not-in-agency'));
    expect(give(PEOPLE.host, { ...invite, personId: uuid(2, 99) } as Input)).toEqual(refused('unknown-person'));
    const right = { ...invite, agencyId: AGENCIES.justice } as Input;
    expect(give(PEOPLE.host, { ...right, expectedVersion: 1 } as Input)).toEqual(refused('stale'));
    expect(give(PEOPLE.host, { ...right, expectedVersion: 5 } as Input)).toEqual(done(6));
    expect(give(PEOPLE.host, right)).toEqual(refused('already-member'));
    const remove: Input = { type: 'removeMember', caseId: CASE, personId: PEOPLE.stranger };
    expect(give(PEOPLE.mediator, remove)).toEqual(refused('not-allowed'));
    expect(give(PEOPLE.host, remove)).toEqual(done(7));
    expect(give(PEOPLE.host, remove)).toEqual(refused('not-member'));
    expect(give(PEOPLE.host, right)).toEqual(done(8));
  });

  it('never leaves a case without a host', () => {
    const demote: Input = { type: 'changeRole', caseId: CASE, personId: PEOPLE.host, role: 'observer' };
    expect(give(PEOPLE.host, demote)).toEqual(refused('last-host'));
    expect(give(PEOPLE.host, { type: 'removeMember', caseId: CASE, personId: PEOPLE.host })).toEqual(
      refused('last-host'),
    );
    expect(give(PEOPLE.host, { ...demote, role: 'host' } as Input).outcome).toBe('done');
    give(PEOPLE.host, { type: 'changeRole', caseId: CASE, personId: PEOPLE.mediator, role: 'host' });
    expect(give(PEOPLE.host, demote).outcome).toBe('done');
  });

  it('freezes and unfreezes, and writes both into the record', () => {
    const documentId = uuid(4, 1);
    give(PEOPLE.host, register(1));
    expect(give(PEOPLE.participant, { type: 'freezeDocument', documentId })).toEqual(refused('not-allowed'));
    expect(give(PEOPLE.host, { type: 'unfreezeDocument', documentId })).toEqual(refused('wrong-state'));
    expect(give(PEOPLE.mediator, { type: 'freezeDocument', documentId, expectedVersion: 9 })).toEqual(refused('stale'));
    expect(give(PEOPLE.mediator, { type: 'freezeDocument', documentId, expectedVersion: 1 })).toEqual(done(2));
    expect(give(PEOPLE.mediator, { type: 'freezeDocument', documentId })).toEqual(refused('wrong-state'));
    expect(readRecord(documentId)).toMatchObject({
      state: 'frozen',
      frozen: { by: PEOPLE.mediator, byName: 'mediator', agencyName: '司法局', atMs: AT_MS },
    });
    expect(give(PEOPLE.mediator, { type: 'unfreezeDocument', documentId })).toEqual(refused('not-allowed'));
    expect(give(PEOPLE.host, { type: 'unfreezeDocument', documentId }, AT_MS + 1)).toEqual(done(3));
    expect(readRecord(documentId)).toMatchObject({ state: 'draft', frozen: null });
  });

  it('announces a freeze without completing it, and completes it with the same command', () => {
    const documentId = uuid(4, 1);
    give(PEOPLE.host, register(1));
    const command: Command = { commandId: uuid(8, 1), type: 'freezeDocument', documentId, expectedVersion: 1 };
    const begin = { kind: 'beginFreeze', personId: PEOPLE.host, command } as const;
    expect(stage.at(AT_MS, begin)).toEqual({ kind: 'freezing' });
    expect(stage.reader.standing(documentId, PEOPLE.host)?.state).toBe('freezing');
    expect(give(PEOPLE.host, command)).toEqual(done(2));
    expect(stage.at(AT_MS, begin)).toMatchObject({ kind: 'command', result: done(2) });
    const other = { ...begin, personId: PEOPLE.observer } as const;
    expect(stage.at(AT_MS, other)).toMatchObject({ kind: 'command', result: refused('not-allowed') });
  });

  it('counts numbers per organisation, year in China, and series, and writes them into the record', () => {
    const number = (documentId: string): Input => ({ type: 'giveNumber', target: { of: 'document', documentId } });
    for (const n of [1, 2]) give(PEOPLE.host, register(n));
    give(PEOPLE.host, register(3, { kind: 'actionPlan' }));
    give(PEOPLE.host, register(4, { kind: 'caseNote' }));
    give(PEOPLE.host, register(5));
    expect(give(PEOPLE.recorder, number(uuid(4, 1)))).toMatchObject({ number: '云城联纪〔2026〕1号' });
    expect(give(PEOPLE.recorder, number(uuid(4, 2)))).toMatchObject({ number: '云城联纪〔2026〕2号' });
    expect(give(PEOPLE.recorder, number(uuid(4, 3)))).toMatchObject({ number: '云城联方〔2026〕1号' });
    expect(give(PEOPLE.recorder, number(uuid(4, 4)))).toEqual(refused('no-number-series'));
    expect(give(PEOPLE.recorder, number(uuid(4, 1)))).toEqual(refused('already-numbered'));
    expect(give(PEOPLE.mediator, number(uuid(4, 5)))).toEqual(refused('not-allowed'));
    // Half past midnight of new year's day in China is still the old year in London.
    const newYear = Date.UTC(2026, 11, 31, 16, 30);
    expect(give(PEOPLE.recorder, number(uuid(4, 5)), newYear)).toMatchObject({ number: '云城联纪〔2027〕1号' });
    const ofCase: Input = { type: 'giveNumber', target: { of: 'case', caseId: CASE } };
    expect(give(PEOPLE.host, ofCase)).toMatchObject({ number: '〔2026〕云城调字第1号' });
    expect(give(PEOPLE.host, ofCase)).toEqual(refused('already-numbered'));
    expect(readRecord(uuid(4, 2)).number).toBe('云城联纪〔2026〕2号');
  });

  it('gives 50 documents at once 50 numbers without a gap, also when some are refused or come twice', () => {
    const ids = Array.from({ length: 50 }, (_, n) => uuid(5, n));
    stage.run(
      ...ids.map((documentId, n) => ({
        kind: 'command' as const,
        personId: PEOPLE.host,
        command: { ...register(n), documentId, commandId: uuid(6, n) } as Command,
      })),
    );
    const number = (documentId: string, n: number, personId: string) => ({
      kind: 'command' as const,
      personId,
      command: { commandId: uuid(7, n), type: 'giveNumber', target: { of: 'document', documentId } } as Command,
    });
    const replies = stage.run(
      ...ids.flatMap((documentId, n) => [
        number(documentId, n, PEOPLE.observer),
        number(documentId, n, PEOPLE.host),
        number(documentId, n, PEOPLE.host),
      ]),
    );
    const given = replies.flatMap((reply) =>
      reply.kind === 'command' && reply.result.outcome === 'done' ? [reply.result.number] : [],
    );
    expect([...new Set(given)]).toEqual(ids.map((_, n) => `云城联纪〔2026〕${n + 1}号`));
  });

  function readRecord(documentId: string) {
    const doc = new Y.Doc();
    for (const update of stage.reader.loadRoom(`${documentId}/record`).updates) Y.applyUpdate(doc, update);
    return readRecordState(doc.getMap(EVENTS_ROOT));
  }
});
